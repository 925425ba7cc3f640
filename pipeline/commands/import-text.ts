import type { DraftImage } from '../domain/draft-content.ts';
import type { DraftDocument } from '../domain/draft-document.ts';
import { InvalidInput } from '../domain/errors.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import { replaceImages } from '../domain/replace-images.ts';
import type { FileReader } from '../extract/file-reader.ts';
import type { ImportedDocument } from '../extract/html-document.ts';
import { documentProblem } from '../extract/read-document.ts';
import type { PictureSource } from '../ports/wechat-drafts.ts';
import { assertTypedText } from './assert-typed-text.ts';
import { acceptFile, type UploadPorts } from './draft-uploads.ts';

export interface ImportPorts extends UploadPorts {
  files: UploadPorts['files'] & Pick<FileReader, 'readDocument'>;
  /** Where there is no way out, pictures by address are left out, and told. */
  pictures?: PictureSource | undefined;
}

export interface ImportedDraft {
  title: string | null;
  document: DraftDocument;
  images: DraftImage[];
  notes: string[];
}

/** More than any layout has. */
const mostPictures = 100;

type Picture = ImportedDocument['images'][number];

/** The bytes that are there, or that its address gives; null where neither can be had. */
async function fetchPicture({ bytes, url }: Picture, { pictures }: ImportPorts): Promise<Uint8Array | null> {
  if (bytes !== null) return bytes;
  return url === null || pictures === undefined ? null : pictures.fetch(url);
}

async function keepPicture(picture: Picture, ports: ImportPorts): Promise<DraftImage | string> {
  const bytes = await fetchPicture(picture, ports);
  if (bytes === null) return `图片“${picture.name}”没有带过来，请另行上传。`;
  try {
    const { image } = await acceptFile({ use: 'image', name: picture.name, bytes }, ports);
    return image ?? `图片“${picture.name}”没有带过来，请另行上传。`;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return `图片“${picture.name}”没有带过来：${error.message}`;
  }
}

/**
 * Pictures are kept as brought files; one that cannot be had goes from the text, and is told.
 * @throws InvalidInput for a text that bears a secrecy mark: then nothing was kept
 */
async function keepImported(imported: ImportedDocument, ports: ImportPorts): Promise<ImportedDraft> {
  const { title, document, images, notes } = imported;
  const { text } = flattenDocument(document);
  await assertTypedText(
    [
      { field: 'file', called: '标题', text: title ?? '' },
      { field: 'file', called: '正文', text },
    ],
    ports.stores,
  );
  const found = new Map<string, string | null>();
  const kept = new Map<string, DraftImage>();
  const told = [...notes];
  for (const picture of images.slice(0, mostPictures)) {
    const one = await keepPicture(picture, ports);
    if (typeof one === 'string') told.push(one);
    else kept.set(one.hash, one);
    found.set(picture.placeholder, typeof one === 'string' ? null : one.hash);
  }
  for (const { placeholder } of images.slice(mostPictures)) found.set(placeholder, null);
  if (images.length > mostPictures) told.push(`图片超过 ${mostPictures} 张，后面的没有带过来。`);
  return { title, document: replaceImages(document, found), images: [...kept.values()], notes: told };
}

/**
 * A file, or pasted HTML, as a draft's text. It is read in a process apart.
 * @param source `title`: as its platform has it, instead of the one in the text
 * @throws InvalidInput (`file`) saying what to do with it; what the signal was aborted with
 */
export async function importText(
  { bytes, as, title }: { bytes: Uint8Array; as: 'file' | 'html'; title?: string },
  ports: ImportPorts,
  signal?: AbortSignal,
): Promise<ImportedDraft> {
  if (bytes.length === 0) throw new InvalidInput('file', '没有收到内容。');
  // Heads of pages, boxes, remarks are not taken over, and it is there that marks stand.
  if (as === 'file') {
    const { text } = await ports.files.read(bytes, {}, signal);
    await assertTypedText([{ field: 'file', called: '文件', text }], ports.stores);
  }
  const read = await ports.files.readDocument(bytes, as, signal);
  if (read.imported === null) throw new InvalidInput('file', `${documentProblem(read.problem)}。`);
  return keepImported(title === undefined ? read.imported : { ...read.imported, title }, ports);
}
