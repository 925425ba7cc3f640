import type { CheckInput, ReadAttachment, ReadImage } from './check.ts';
import type { DraftContent } from './draft-content.ts';
import { InvalidInput } from './errors.ts';
import { flattenDocument } from './flatten-document.ts';
import type { LinkReport } from './link-report.ts';

/** What was read out of the files of a draft, by hash. One that is missing was not read, and the input says so. */
export interface ReadFiles {
  images: ReadonlyMap<string, Pick<ReadImage, 'codes' | 'text' | 'notes' | 'facts'>>;
  attachments: ReadonlyMap<string, Pick<ReadAttachment, 'text' | 'notes' | 'unread' | 'facts'>>;
  /** What came of asking for its links; left out where nobody has asked. */
  links?: readonly LinkReport[];
}

/**
 * Pictures in the order of their first place; one that is listed and stands nowhere is not published, and not checked.
 * @param day for which it is judged, YYYY-MM-DD in Shanghai
 * @throws InvalidInput where the text shows a picture of which nothing is known
 */
export function buildCheckInput(content: DraftContent, readFiles: ReadFiles, day: string): CheckInput {
  const flat = flattenDocument(content.document);
  const { title, genre, source, declarations } = content;
  return {
    title,
    body: flat.text,
    links: flat.links,
    linkReports: [...(readFiles.links ?? [])],
    genre,
    day,
    source,
    declarations,
    images: buildImages(content, readFiles, flat.images),
    attachments: content.attachments.map((file) => ({
      file,
      ...(readFiles.attachments.get(file.hash) ?? {
        text: '',
        notes: [],
        unread: ['附件还没有读取'],
        facts: [],
      }),
    })),
  };
}

function buildImages(
  content: DraftContent,
  readFiles: ReadFiles,
  places: readonly { hash: string; alt: string | null; at: number }[],
): ReadImage[] {
  const firsts = new Map<string, { alt: string | null; at: number }>();
  for (const { hash, alt, at } of places) if (!firsts.has(hash)) firsts.set(hash, { alt, at });
  return [...firsts].map(([hash, { alt, at }]) => {
    const image = content.images.find((one) => one.hash === hash);
    if (image === undefined) throw new InvalidInput('images', '正文里有一张图片没有登记，请重新插入这张图片');
    const read = readFiles.images.get(hash) ?? {
      codes: [],
      text: null,
      notes: ['图片还没有读取'],
      facts: [],
    };
    return { image, alt, at, ...read };
  });
}
