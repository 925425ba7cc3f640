import type { DraftDocument, DraftNode } from './draft-document.ts';

/**
 * The text of a document in one string, and the way back. Offsets are UTF-16 code units of `text`; positions are ProseMirror's, as
 * the editor counts them.
 */
export interface FlatDocument {
  /** Paragraphs and headings end with \n, cells of a row are separated by \t, a hard break is \n, a picture takes no character. */
  text: string;
  /** One entry a stretch; of a linked picture without text, `start` is `end`. */
  links: { href: string; start: number; end: number }[];
  images: { hash: string; alt: string | null; at: number }[];
  /**
   * Where the character at `offset` begins; with `before`, where the one before it ends (what differs where a picture, or the border
   * of a paragraph, stands between the two). Always a place in text where there is any.
   */
  positionAt(offset: number, side?: 'after' | 'before'): number;
  /** The offset of the first character at or after `position`. */
  offsetAt(position: number): number;
}

/** A stretch in which offsets and positions run alike. Pictures have none of the text, and `length` 0. */
interface Stretch {
  offset: number;
  position: number;
  length: number;
  is: 'text' | 'break' | 'end';
}

const leaves = new Set(['image', 'hardBreak', 'horizontalRule']);
const textBlocks = new Set(['paragraph', 'heading']);

/** As prosemirror-model's `Node.nodeSize`. */
export function nodeSize(node: DraftNode): number {
  if (node.text !== undefined) return node.text.length;
  if (leaves.has(node.type)) return 1;
  return 2 + contentSize(node.content);
}

function contentSize(content: readonly DraftNode[] | undefined): number {
  return (content ?? []).reduce((size, node) => size + nodeSize(node), 0);
}

const hrefOf = (node: DraftNode): string | null => {
  const link = node.marks?.find((mark) => mark.type === 'link');
  return link?.type === 'link' ? link.attrs.href : null;
};

class Flattener {
  readonly pieces: string[] = [];
  readonly stretches: Stretch[] = [];
  readonly links: FlatDocument['links'] = [];
  readonly images: FlatDocument['images'] = [];
  #length = 0;
  #openLink: FlatDocument['links'][number] | null = null;

  get length(): number {
    return this.#length;
  }

  /** @param position before the first of the nodes */
  addAll(nodes: readonly DraftNode[], position: number): void {
    let at = position;
    for (const node of nodes) {
      this.#add(node, at);
      at += nodeSize(node);
    }
  }

  #add(node: DraftNode, position: number): void {
    if (node.text !== undefined) this.#addInline(node, { text: node.text, is: 'text', position });
    else if (node.type === 'hardBreak') this.#addInline(node, { text: '\n', is: 'break', position });
    else if (node.type === 'image') this.#addImage(node, position);
    else if (node.type === 'tableRow') this.#addRow(node.content ?? [], position + 1);
    else if (!leaves.has(node.type)) this.#addBlock(node, position);
  }

  #addBlock(node: DraftNode, position: number): void {
    this.addAll(node.content ?? [], position + 1);
    if (!textBlocks.has(node.type)) return;
    this.#openLink = null;
    this.#put('\n', 'end', position + 1 + contentSize(node.content));
  }

  #addInline(node: DraftNode, { text, is, position }: { text: string; is: Stretch['is']; position: number }) {
    const start = this.#length;
    this.#put(text, is, position);
    this.#link(hrefOf(node), start);
  }

  #addImage(node: DraftNode, position: number): void {
    const { hash, alt } = node.attrs ?? {};
    this.images.push({ hash: String(hash), alt: typeof alt === 'string' ? alt : null, at: this.#length });
    this.stretches.push({ offset: this.#length, position, length: 0, is: 'break' });
    this.#link(hrefOf(node), this.#length);
  }

  #link(href: string | null, start: number): void {
    if (href === null) {
      this.#openLink = null;
    } else if (this.#openLink?.href === href) {
      this.#openLink.end = this.#length;
    } else {
      this.#openLink = { href, start, end: this.#length };
      this.links.push(this.#openLink);
    }
  }

  /** The last line end of a cell gives way to what separates it from the next. */
  #addRow(cells: readonly DraftNode[], position: number): void {
    let at = position;
    cells.forEach((cell, i) => {
      this.addAll(cell.content ?? [], at + 1);
      at += nodeSize(cell);
      const separator = i === cells.length - 1 ? '\n' : '\t';
      const last = this.stretches.at(-1);
      const endsLine = last?.is === 'end' && last.position > at - nodeSize(cell);
      if (endsLine) this.pieces[this.pieces.length - 1] = separator;
      else this.#put(separator, 'end', at - 1);
    });
  }

  #put(text: string, is: Stretch['is'], position: number): void {
    this.stretches.push({ offset: this.#length, position, length: text.length, is });
    this.pieces.push(text);
    this.#length += text.length;
  }
}

/** The last one for which `isAtOrBefore` holds; the list is in order. */
function findLast(
  stretches: readonly Stretch[],
  isAtOrBefore: (stretch: Stretch) => boolean,
): Stretch | null {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const stretch = stretches[middle];
    if (stretch !== undefined && isAtOrBefore(stretch)) low = middle + 1;
    else high = middle;
  }
  return stretches[low - 1] ?? null;
}

export function flattenDocument(document: DraftDocument): FlatDocument {
  const flattener = new Flattener();
  flattener.addAll(document.content, 0);
  const { stretches, links, images, length } = flattener;
  const withText = stretches.filter((stretch) => stretch.length > 0);
  const stretchAt = (offset: number) => findLast(withText, (stretch) => stretch.offset <= offset);

  const after = (offset: number): number => {
    const stretch = stretchAt(Math.max(0, Math.min(offset, length - 1)));
    if (stretch === null) return 0;
    return stretch.position + Math.max(0, Math.min(offset - stretch.offset, stretch.length));
  };
  const positionAt = (offset: number, side: 'after' | 'before' = 'after'): number => {
    if (offset >= length) return withText.at(-1)?.position ?? 0;
    if (side === 'after' || offset <= 0) return after(offset);
    const stretch = stretchAt(offset - 1);
    if (stretch === null || stretch.is === 'end') return after(offset);
    return stretch.position + (offset - stretch.offset);
  };
  const offsetAt = (position: number): number => {
    const stretch = findLast(stretches, (one) => one.position <= position);
    return stretch === null ? 0 : stretch.offset + Math.min(position - stretch.position, stretch.length);
  };
  return { text: flattener.pieces.join(''), links, images, positionAt, offsetAt };
}
