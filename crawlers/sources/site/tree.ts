import type { CheerioAPI } from 'cheerio';
import { loadBounded } from './bounded-html.ts';

export type Element = NonNullable<ReturnType<ReturnType<CheerioAPI['root']>['children']>[number]>;
export type PageNode = Element['children'][number];
type TextNode = Extract<PageNode, { data: string }>;

/** Where an element stands: `start` up to `end` in document order over elements and texts, and the same over elements alone. */
interface Span {
  start: number;
  end: number;
  first: number;
  last: number;
}

export interface PageText {
  at: number;
  parent: Element;
  data: string;
  hidden: boolean;
}

/** A parsed page with the order of its elements and of its visible text, computed once. */
export interface PageTree {
  $: CheerioAPI;
  elements: readonly Element[];
  /** What scripts and forms hold is left out; what is styled away in place is marked `hidden`. */
  texts: readonly PageText[];
  spanOf(element: Element): Span;
}

const silent = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'select',
  'textarea',
  'button',
  'svg',
  'title',
  'object',
  'head',
  'option',
]);
const nowhere: Span = { start: 0, end: 0, first: 0, last: 0 };

export function isElement(node: PageNode): node is Element {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

export function isText(node: PageNode): node is TextNode {
  return node.type === 'text';
}

export function parentOf(element: Element): Element | null {
  const parent = element.parent;
  return parent !== null && parent.type === 'tag' ? parent : null;
}

/** Is the element, or what it holds, not shown: scripts, forms' own texts, and what is styled away in place? */
export function isSilent(element: Element): boolean {
  return silent.has(element.name) || isHidden(element);
}

function isHidden(element: Element): boolean {
  const { style, hidden } = element.attribs;
  return hidden !== undefined || (style !== undefined && /display\s{0,3}:\s{0,3}none/i.test(style));
}

export function classAndId(element: Element): string {
  return `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`.trim();
}

/**
 * Parses HTML as a browser does and numbers it. Walks without recursion: depth is the page's business, not the stack's.
 * @param ignored selector of what is left out, as if it were not there; nothing where it is not valid CSS
 * @throws PageTooComplex
 */
export function parseTree(html: string, ignored?: string): PageTree {
  const $ = loadBounded(html);
  if (ignored !== undefined) removeFrom($, ignored);
  const elements: Element[] = [];
  const texts: PageText[] = [];
  const spans = new Map<Element, Span>();
  const open: { element: Element; index: number; silent: boolean; hidden: boolean }[] = [];
  let place = 0;
  const enter = (element: Element, above: { silent: boolean; hidden: boolean }) => {
    spans.set(element, { start: place, end: place, first: elements.length, last: elements.length });
    place += 1;
    elements.push(element);
    open.push({
      element,
      index: 0,
      silent: above.silent || silent.has(element.name),
      hidden: above.hidden || isHidden(element),
    });
  };
  for (const top of $.root().children().toArray()) {
    enter(top, { silent: false, hidden: false });
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const child = last.element.children[last.index];
      last.index += 1;
      if (child === undefined) {
        const span = spans.get(last.element);
        if (span !== undefined) Object.assign(span, { end: place, last: elements.length });
        open.pop();
      } else if (isElement(child)) enter(child, last);
      else if (isText(child) && !last.silent) {
        texts.push({ at: place, parent: last.element, data: child.data, hidden: last.hidden });
        place += 1;
      }
    }
  }
  return { $, elements, texts, spanOf: (element) => spans.get(element) ?? nowhere };
}

function removeFrom($: CheerioAPI, selector: string): void {
  try {
    $(selector).not('html, head, body').remove();
  } catch {
    // Checked when the channel was brought in; a page is not to fail for it.
  }
}

/** Does `outer` hold `inner`, or are they the same? */
export function holds(tree: PageTree, outer: Element, inner: Element): boolean {
  const a = tree.spanOf(outer);
  const b = tree.spanOf(inner);
  return a.start <= b.start && b.end <= a.end;
}

/** What a selector of the site's keeper finds, in document order; nothing where the selector is not valid CSS. */
export function select(tree: PageTree, selector: string): Element[] {
  try {
    const found = new Set<unknown>(tree.$(selector).toArray());
    return tree.elements.filter((element) => found.has(element));
  } catch {
    return [];
  }
}

/** The elements inside `root`, itself first, in document order. */
export function within(tree: PageTree, root: Element): readonly Element[] {
  const { first, last } = tree.spanOf(root);
  return tree.elements.slice(first, last);
}

/** The visible text from one place up to another, as in `Span`, with a blank at each boundary and without. */
export function textBetween(tree: PageTree, from: number, to: number): { spaced: string; glued: string } {
  const parts: string[] = [];
  for (let i = firstTextAt(tree, from); i < tree.texts.length; i += 1) {
    const text = tree.texts[i];
    if (text === undefined || text.at >= to) break;
    if (text.hidden) continue;
    const data = text.data.replace(/\s+/g, ' ');
    if (data.trim() !== '') parts.push(data);
  }
  return { spaced: parts.map((part) => part.trim()).join(' '), glued: parts.join('') };
}

/** The place in `texts` of the first text at or after a place of the page. */
export function firstTextAt(tree: PageTree, at: number): number {
  let low = 0;
  let high = tree.texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tree.texts[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tells whether a place lies in one of the elements. */
export function insideOf(tree: PageTree, elements: readonly Element[]): (at: number) => boolean {
  const spans = elements.map((element) => tree.spanOf(element)).sort((a, b) => a.start - b.start);
  const starts = spans.map((span) => span.start);
  let reach = 0;
  const reaches = spans.map((span) => {
    reach = Math.max(reach, span.end);
    return reach;
  });
  return (at) => at < (reaches[lowerBound(starts, at + 1) - 1] ?? 0);
}

/** How many of the sorted numbers are below `value`. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
