import { z } from 'zod';
import type { DraftContent } from './draft-content.ts';
import { type DraftDocument, type DraftNode, FileHash } from './draft-document.ts';
import { maskMentions } from './mentions.ts';
import { normaliseText } from './normal-text.ts';

export const normalFormVersion = 'v1';

/**
 * What a reader is told, without its layout: what the seal covers and what is compared with the live page. Places (`at`, `start`,
 * `end`) count UTF-16 code units of `text`.
 */
export const NormalForm = z.strictObject({
  version: z.literal(normalFormVersion),
  title: z.string(),
  text: z.string(),
  /** Where items of lists begin, and by which number a reader sees them; null for a bullet. */
  items: z.array(z.strictObject({ at: z.int().nonnegative(), number: z.int().nullable() })),
  images: z.array(z.strictObject({ hash: FileHash, alt: z.string().nullable(), at: z.int().nonnegative() })),
  links: z.array(
    z.strictObject({ href: z.string(), start: z.int().nonnegative(), end: z.int().nonnegative() }),
  ),
  attachments: z.array(z.strictObject({ hash: FileHash, name: z.string() })),
});
export type NormalForm = z.infer<typeof NormalForm>;

/**
 * @param as `published`: names behind an @ are masked, as parsers mask them (R2), so that both sides can be compared; the seal
 * covers them as `written`
 */
export function normaliseDraft(
  content: Pick<DraftContent, 'title' | 'document' | 'attachments'>,
  as: 'written' | 'published' = 'written',
): NormalForm {
  const said = as === 'published' ? maskMentions : (text: string) => text;
  const read = readDocument(content.document);
  /** Everything before a place, normalised: how far that reaches in the whole. */
  const placeOf = (rawPlace: number) => normaliseText(said(read.text.slice(0, rawPlace))).length;
  return {
    version: normalFormVersion,
    title: normaliseText(said(content.title)),
    text: normaliseText(said(read.text)),
    items: read.items.map(({ at, number }) => ({ at: placeOf(at), number })),
    images: read.images.map(({ hash, alt, at }) => ({
      ...{ hash, alt: alt === null ? null : normaliseText(alt), at: placeOf(at) },
    })),
    links: read.links.map(({ href, start, end }) => ({
      ...{ href: href.trim(), start: placeOf(start), end: placeOf(end) },
    })),
    attachments: content.attachments.map(({ hash, name }) => ({ hash, name: normaliseText(name) })),
  };
}

interface ReadDocument {
  text: string;
  items: { at: number; number: number | null }[];
  images: { hash: string; alt: string | null; at: number }[];
  links: { href: string; start: number; end: number }[];
}

/** Between two pieces of text the strongest gap wins, as the crawler's parsers write it: a cell outweighs the paragraphs in it. */
const gaps = { none: 0, blank: 1, line: 2, cell: 3, row: 4 } as const;
const written = ['', ' ', '\n', '\t', '\n'];
type Gap = (typeof gaps)[keyof typeof gaps];
const inline = new Set(['text', 'image']);

class DocumentReader {
  text = '';
  readonly items: ReadDocument['items'] = [];
  readonly images: ReadDocument['images'] = [];
  readonly links: ReadDocument['links'] = [];
  #gap: Gap = gaps.none;
  /** Items whose text has not begun. */
  #waiting: (number | null)[] = [];

  read(nodes: readonly DraftNode[]): void {
    for (const node of nodes) this.#readNode(node);
  }

  #readNode(node: DraftNode): void {
    if (node.text !== undefined) this.#write(node, node.text);
    else if (node.type === 'image') this.#addImage(node);
    else if (node.type === 'hardBreak' || node.type === 'horizontalRule') this.#widen(gaps.line);
    else this.#readBlock(node);
  }

  #readBlock(node: DraftNode): void {
    const gap = node.type === 'tableRow' ? gaps.row : isCell(node) ? gaps.none : gaps.line;
    this.#widen(gap);
    if (node.type === 'bulletList' || node.type === 'orderedList') this.#readItems(node);
    else this.read(node.content ?? []);
    this.#widen(isCell(node) ? gaps.cell : gap);
  }

  #readItems(list: DraftNode): void {
    const start = typeof list.attrs?.start === 'number' ? list.attrs.start : 1;
    (list.content ?? []).forEach((item, i) => {
      this.#waiting.push(list.type === 'orderedList' ? start + i : null);
      this.#readNode(item);
      this.#waiting = [];
    });
  }

  #widen(gap: Gap): void {
    if (gap > this.#gap) this.#gap = gap;
  }

  #write(node: DraftNode, data: string): void {
    const text = data.replace(/\s+/g, ' ');
    if (text.startsWith(' ')) this.#widen(gaps.blank);
    const bare = text.trim();
    if (bare !== '') {
      this.text += this.text === '' ? '' : (written[this.#gap] ?? '');
      const at = this.text.length;
      for (const number of this.#waiting) this.items.push({ at, number });
      this.#waiting = [];
      this.text += bare;
      this.#link(node, at);
    }
    this.#gap = bare === '' ? this.#gap : gaps.none;
    if (text.endsWith(' ')) this.#widen(gaps.blank);
  }

  #addImage(node: DraftNode): void {
    const { hash, alt } = node.attrs ?? {};
    const at = this.text.length;
    this.images.push({ hash: String(hash), alt: typeof alt === 'string' ? alt : null, at });
    this.#link(node, at);
  }

  /** Pieces of one link that follow each other are one link. */
  #link(node: DraftNode, start: number): void {
    const href = hrefOf(node);
    if (href === null) return;
    const last = this.links.at(-1);
    if (last?.href === href && normaliseText(this.text.slice(last.end, start)) === '')
      last.end = this.text.length;
    else this.links.push({ href, start, end: this.text.length });
  }
}

function isCell({ type }: DraftNode): boolean {
  return type === 'tableCell' || type === 'tableHeader';
}

function hrefOf(node: DraftNode): string | null {
  if (!inline.has(node.type)) return null;
  const link = node.marks?.find((mark) => mark.type === 'link');
  return link?.type === 'link' ? link.attrs.href : null;
}

function readDocument(document: DraftDocument): ReadDocument {
  const reader = new DocumentReader();
  reader.read(document.content);
  const { text, items, images, links } = reader;
  return { text, items, images, links };
}
