import { DraftDocument, type DraftNode } from '../domain/draft-document.ts';
import { readStyle, writeStyle } from '../domain/layout-style.ts';
import { type BuildParagraph, buildParagraph, Flow, filled } from './html-flow.ts';
import { Losses } from './html-losses.ts';
import { readTable } from './html-table.ts';
import { type HtmlChild, type HtmlElement, readHtmlTree, textWithin } from './html-tree.ts';
import { type ImportedImage, PictureList } from './import-pictures.ts';
import { type InlineMarks, marksInside, noMarks, styleAttribute, writeMarks } from './inline-marks.ts';

/** A text from outside as a draft's document. */
export interface ImportedDocument {
  /** As the file names it; null where it does not. */
  title: string | null;
  document: DraftDocument;
  images: ImportedImage[];
  /** In Chinese: what was left out or changed on the way. */
  notes: string[];
}

interface Place {
  marks: InlineMarks;
  isPre: boolean;
}

const boxes = new Set([
  ...[
    'section',
    'div',
    'article',
    'main',
    'header',
    'footer',
    'figure',
    'figcaption',
    'center',
    'aside',
    'nav',
  ],
  ...[
    'address',
    'fieldset',
    'form',
    'details',
    'summary',
    'dl',
    'dt',
    'dd',
    'body',
    'html',
    'hgroup',
    'caption',
  ],
]);
const textAligns = new Set(['left', 'center', 'right', 'justify']);

/** Of a paragraph or heading: where its lines stand is an attribute, not a look. */
function blockAttrs(element: HtmlElement): { textAlign: string | null; style: string | null } {
  const { style } = readStyle(styleAttribute(element));
  const align = style.get('text-align') ?? '';
  style.delete('text-align');
  return { textAlign: textAligns.has(align) ? align : null, style: writeStyle(style) };
}

const styleOf = (element: HtmlElement) => writeStyle(readStyle(styleAttribute(element)).style);
/** Looks that are seen though nothing stands in them: a line, a patch of colour. */
const isSeenEmpty = (style: string) => /\b(?:border|background|height|box-shadow)/.test(style);

function imageWidth({ attributes }: HtmlElement): string | null {
  const styled = readStyle(attributes.style ?? '').style.get('width') ?? attributes.width ?? '';
  const found = /^(\d{1,4}(?:\.\d{1,4})?)(px|%)?$/.exec(styled.trim());
  return found === null || Number(found[1]) === 0 ? null : `${found[1]}${found[2] ?? 'px'}`;
}

class DocumentReader {
  readonly pictures: PictureList;
  readonly losses = new Losses();

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.pictures = new PictureList(files);
  }

  readBlocks(
    children: readonly HtmlChild[],
    place: Place,
    build: BuildParagraph = buildParagraph,
  ): DraftNode[] {
    const flow = new Flow(build);
    this.#readInto(flow, children, place);
    return flow.finish();
  }

  #readInto(flow: Flow, children: readonly HtmlChild[], place: Place): void {
    for (const child of children) {
      if (typeof child !== 'string') this.#readElement(flow, child, place);
      else if (place.isPre) flow.addLines(child, place.marks);
      else flow.addText(child, place.marks);
    }
  }

  #readElement(flow: Flow, element: HtmlElement, place: Place): void {
    if (this.losses.drops(element)) return;
    if (element.name === 'br') flow.addInline({ type: 'hardBreak' });
    else if (element.name === 'img') this.#readImage(flow, element, place);
    else {
      const blocks = this.#readBlock(element, place);
      if (blocks === null) {
        this.#readInto(flow, element.children, { ...place, marks: marksInside(element, place.marks) });
      } else {
        flow.endParagraph();
        flow.addBlocks(blocks);
      }
    }
  }

  /** Null for what stands within a line. */
  #readBlock(element: HtmlElement, place: Place): DraftNode[] | null {
    const { name, children } = element;
    if (name === 'hr') return [{ type: 'horizontalRule', attrs: { style: styleOf(element) } }];
    if (name === 'p' || name === 'pre')
      return this.#readParagraph(element, { ...place, isPre: name === 'pre' });
    if (/^h[1-6]$/.test(name)) return this.#readHeading(element, place);
    if (name === 'blockquote')
      return [
        { type: name, attrs: { style: styleOf(element) }, content: filled(this.readBlocks(children, place)) },
      ];
    if (name === 'ul' || name === 'ol' || name === 'menu') return this.#readList(element, place);
    if (name === 'li') return this.#readList({ name: 'ul', attributes: {}, children: [element] }, place);
    if (name === 'table') return readTable(element, (cell) => this.#readCell(cell, place));
    // Rows and cells outside of any table, as half a selection leaves them.
    if (['tr', 'td', 'th', 'tbody', 'thead', 'tfoot'].includes(name)) return this.readBlocks(children, place);
    return boxes.has(name) ? this.#readBox(element, place) : null;
  }

  #readParagraph(element: HtmlElement, place: Place): DraftNode[] {
    const attrs = blockAttrs(element);
    const isPlain = attrs.textAlign === null && attrs.style === null;
    const build = (inline: DraftNode[]): DraftNode => ({
      ...buildParagraph(inline),
      ...(isPlain ? {} : { attrs }),
    });
    const blocks = this.readBlocks(element.children, place, build);
    return blocks.length === 0 ? [build([])] : blocks;
  }

  #readHeading(element: HtmlElement, place: Place): DraftNode[] {
    const attrs = { level: Number(element.name.slice(1)), ...blockAttrs(element) };
    return this.readBlocks(element.children, place, (content) =>
      content.length === 0 ? null : { type: 'heading', attrs, content },
    );
  }

  #readBox(element: HtmlElement, place: Place): DraftNode[] {
    const inner = this.readBlocks(element.children, place);
    const style = styleOf(element);
    if (style === null) return inner;
    const [first] = inner;
    if (first === undefined) return isSeenEmpty(style) ? [{ type: 'section', attrs: { style } }] : [];
    if (inner.length === 1 && first.type === 'paragraph' && first.attrs === undefined)
      return [{ ...first, attrs: blockAttrs(element) }];
    return [{ type: 'section', attrs: { style }, content: inner }];
  }

  /** What stands in a list and in no item of it joins the item before. */
  #readList(list: HtmlElement, place: Place): DraftNode[] {
    const items: DraftNode[] = [];
    for (const child of list.children) {
      if (typeof child === 'string' && child.trim() === '') continue;
      const isItem = typeof child !== 'string' && child.name === 'li';
      const blocks = isItem ? this.#readItem(child, place) : this.readBlocks([child], place);
      const last = items.at(-1);
      if (isItem || last === undefined) items.push({ type: 'listItem', content: filled(blocks) });
      else last.content = [...(last.content ?? []), ...blocks];
    }
    if (items.length === 0) return [];
    const start = Number.parseInt(list.attributes.start ?? '1', 10) || 1;
    const style = styleOf(list);
    return list.name === 'ol'
      ? [{ type: 'orderedList', attrs: { start, style }, content: items }]
      : [{ type: 'bulletList', attrs: { style }, content: items }];
  }

  #readCell(cell: HtmlElement, place: Place): DraftNode[] {
    this.losses.drops(cell);
    return filled(this.readBlocks(cell.children, place));
  }

  #readItem(item: HtmlElement, place: Place): DraftNode[] {
    this.losses.drops(item);
    return this.#readParagraph({ ...item, name: 'p', attributes: { ...item.attributes } }, place);
  }

  #readImage(flow: Flow, element: HtmlElement, { marks }: Place): void {
    const hash = this.pictures.add(element);
    if (hash === null) return;
    const style = readStyle(element.attributes.style ?? '').style;
    const width = imageWidth(element);
    if (width !== null) style.delete('width');
    const alt = element.attributes.alt?.trim().slice(0, 300);
    const attrs = {
      hash,
      alt: alt === undefined || alt === '' ? null : alt,
      width,
      style: writeStyle(style),
    };
    const written = writeMarks({ ...marks, plain: new Set(), style: new Map() });
    flow.addInline({ type: 'image', attrs, ...(written.length > 0 ? { marks: written } : {}) });
  }
}

function findElement(element: HtmlElement, name: string): HtmlElement | null {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const found = child.name === name ? child : findElement(child, name);
    if (found !== null) return found;
  }
  return null;
}

/**
 * HTML as layout tools (秀米, 135), Word, WeChat's editor and web pages write it, with its layout: boxes are sections, looks are kept
 * as far as `layout-style.ts` allows, whatever a draft cannot hold is left out and told in `notes`.
 * @param files pictures that came along, by the address that stands for them
 * @throws Unreadable `too-large`, `too-deep`
 */
export function readHtmlDocument(
  html: string,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): ImportedDocument {
  const tree = readHtmlTree(html);
  const reader = new DocumentReader(files);
  const content = reader.readBlocks(tree.children, { marks: noMarks, isPre: false });
  const titled = findElement(tree, 'title');
  const title = titled === null ? '' : textWithin(titled).replace(/\s+/g, ' ').trim().slice(0, 200);
  return {
    title: title === '' ? null : title,
    document: DraftDocument.parse({ type: 'doc', content: filled(content) }),
    images: reader.pictures.images,
    notes: reader.losses.notes(reader.pictures.unreachable),
  };
}
