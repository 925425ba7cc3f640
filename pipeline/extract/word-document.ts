import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { type ImportedDocument, readHtmlDocument } from './html-document.ts';
import { markLooks, WordStyles } from './word-looks.ts';
import { tellWordLosses } from './word-losses.ts';
import type { ZipContainer } from './zip-container.ts';

/** All that is needed of a file; what else is in it is not handed to the library. */
const needed =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:document\d*|styles|numbering|footnotes|endnotes)\.xml|word\/_rels\/[^/]+\.rels|word\/media\/[^/]+)$/i;
const looked = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/i;

/** As WordprocessingML names them; what is not here is as lines stand by themselves. */
const alignments: Record<string, string> = {
  center: 'center',
  right: 'right',
  end: 'right',
  both: 'justify',
  distribute: 'justify',
};
const aligns = ['none', ...new Set(Object.values(alignments))];
const levels = [0, 1, 2, 3, 4, 5, 6];

const lookName = (level: number, align: string, isIndented: boolean) =>
  `draft ${level} ${align} ${isIndented ? 'indented' : 'flush'}`;
const className = (align: string, isIndented: boolean) =>
  `draft-${align}-${isIndented ? 'indented' : 'flush'}`;

const paragraphStyles = levels.flatMap((level) =>
  aligns.flatMap((align) =>
    [true, false].map(
      (isIndented) =>
        `p[style-name='${lookName(level, align, isIndented)}'] => ${level === 0 ? 'p' : `h${level}`}.${className(align, isIndented)}:fresh`,
    ),
  ),
);

/** Of what the library hands over, as far as it is used here. */
interface WordParagraph {
  styleId: string | null;
  styleName: string | null;
  alignment: string | null | undefined;
  numbering: unknown;
  indent: { firstLine?: string | undefined };
}

/** The name under which the style map finds a paragraph says how it stands. Items of lists keep theirs. */
function nameLooks(paragraph: WordParagraph, styles: WordStyles): WordParagraph {
  const level = styles.headingLevel(paragraph.styleId);
  if (paragraph.numbering && level === null) return paragraph;
  const jc = paragraph.alignment ?? styles.alignment(paragraph.styleId) ?? '';
  const isIndented = Number(paragraph.indent.firstLine ?? 0) > 0;
  const styleName = lookName(level ?? 0, alignments[jc] ?? 'none', isIndented);
  return { ...paragraph, numbering: null, styleId: null, styleName };
}

function styleOf(name: string, looks: ReadonlyMap<string, string>): string {
  const look = looks.get(name);
  if (look !== undefined) return look;
  const [, align, indent] = /^draft-([a-z]+)-([a-z]+)$/.exec(name) ?? [];
  return [
    ...(align === undefined || align === 'none' ? [] : [`text-align:${align}`]),
    ...(indent === 'indented' ? ['text-indent:2em'] : []),
  ].join(';');
}

/** A package of the needed parts alone, unpacked under the limits of this reader, with its looks made visible. */
function repack(zip: ZipContainer): { bytes: Uint8Array; looks: Map<string, string> } {
  const parts: Record<string, Uint8Array> = {};
  const looks = new Map<string, string>();
  for (const member of zip.members.filter(({ name }) => needed.test(name))) {
    const bytes = zip.read(member);
    if (!looked.test(member.name)) {
      parts[member.name] = bytes;
      continue;
    }
    const prefix = member.name.replace(/\W/g, '');
    const marked = markLooks(new TextDecoder().decode(bytes));
    for (const [name, css] of marked.looks) looks.set(`${prefix}-${name}`, css);
    const xml = marked.xml.replaceAll('<w:highlight w:val="look-', `<w:highlight w:val="${prefix}-look-`);
    parts[member.name] = new TextEncoder().encode(xml);
  }
  return { bytes: zipSync(parts, { level: 0 }), looks };
}

/**
 * A DOCX with what its paragraphs and words look like. Tracked changes count as accepted.
 * @throws Unreadable; anything else means that the file is damaged
 */
export async function readWordDocument(zip: ZipContainer): Promise<ImportedDocument> {
  const losses = tellWordLosses(zip);
  const styles = new WordStyles(zip);
  const { bytes, looks } = repack(zip);
  const pictures = new Map<string, Uint8Array>();
  const options = {
    styleMap: [
      ...paragraphStyles,
      ...[...looks.keys()].map((name) => `highlight[color='${name}'] => span.${name}`),
      'u => u',
      'comment-reference =>',
    ],
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    ignoreEmptyParagraphs: false,
    convertImage: mammoth.images.imgElement(async (image) => {
      const src = `picture:${pictures.size}`;
      pictures.set(src, new Uint8Array(await image.readAsArrayBuffer()));
      return { src };
    }),
    transformDocument: eachParagraph((paragraph) => nameLooks(paragraph, styles)),
  };
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, options);
  const html = value
    // The way back from a note leads nowhere once it is in another text.
    .replace(/ ?<a href="#[^"]*">↑<\/a>/g, '')
    .replace(
      /<(\w+) class="([\w-]+)"/g,
      (_, tag: string, name: string) => `<${tag} style="${styleOf(name, looks)}"`,
    );
  const read = readHtmlDocument(html, pictures);
  return { ...read, notes: [...losses, ...read.notes] };
}

interface WordElement {
  type: string;
  children?: WordElement[];
}

/** The library's own walk (`transforms.paragraph`) is not in its types. */
function eachParagraph(change: (paragraph: WordParagraph) => WordParagraph) {
  const walk = (element: WordElement): WordElement => {
    const children = element.children?.map(walk);
    const copy = children === undefined ? element : { ...element, children };
    return copy.type === 'paragraph' ? { ...copy, ...change(copy as unknown as WordParagraph) } : copy;
  };
  return walk;
}
