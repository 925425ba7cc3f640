import { type Element, isElement, isSilent, isText } from './tree.ts';

const blocks = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'dir',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'legend',
  'li',
  'main',
  'menu',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'ul',
  'caption',
]);

/** What stands between two pieces of text; the strongest seen between them wins. A cell outweighs the paragraphs in it. */
const gaps = { none: 0, blank: 1, line: 2, cell: 3, row: 4 } as const;
const written = ['', ' ', '\n', '\t', '\n'];

/**
 * The text a reader sees: one line a block, cells of a row separated by a tab, blanks collapsed, nothing hidden.
 * `skip` leaves out whole elements. Never throws, whatever the depth.
 */
export function textOf(root: Element, skip: (element: Element) => boolean = nothing): string {
  const out = new TextWriter();
  const open: { element: Element; index: number }[] = [{ element: root, index: 0 }];
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const child = last.element.children[last.index];
    last.index += 1;
    if (child === undefined) {
      out.widen(gapAround(last.element.name, 'after'));
      open.pop();
    } else if (isText(child)) out.write(child.data);
    else if (isElement(child) && !isSilent(child) && !skip(child)) {
      out.widen(gapAround(child.name, 'before'));
      open.push({ element: child, index: 0 });
    }
  }
  return out.text();
}

function nothing(): boolean {
  return false;
}

/** Pieces of text with the widest gap seen between them. */
class TextWriter {
  readonly #pieces: string[] = [];
  #gap = 0;

  widen(gap: number): void {
    this.#gap = Math.max(this.#gap, gap);
  }

  write(data: string): void {
    const text = data
      .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
      .replace(/\s+/g, ' ')
      .replace(/\p{Cc}/gu, '');
    if (text.startsWith(' ')) this.widen(gaps.blank);
    const bare = text.trim();
    if (bare === '') return;
    if (this.#pieces.length > 0) this.#pieces.push(written[this.#gap] ?? '');
    this.#pieces.push(bare);
    this.#gap = text.endsWith(' ') ? gaps.blank : gaps.none;
  }

  text(): string {
    return this.#pieces.join('');
  }
}

function gapAround(name: string, side: 'before' | 'after'): number {
  if (name === 'tr') return gaps.row;
  if (name === 'td' || name === 'th') return side === 'after' ? gaps.cell : gaps.none;
  if (name === 'br') return gaps.line;
  return blocks.has(name) ? gaps.line : gaps.none;
}

/** The same on one line: for titles and names. */
export function lineOf(root: Element, skip?: (element: Element) => boolean): string {
  return textOf(root, skip).replace(/\s+/g, ' ').trim();
}
