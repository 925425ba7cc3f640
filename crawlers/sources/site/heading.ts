import { blockOf } from './caption.ts';
import { lineOf } from './text-of.ts';
import { type Element, firstTextAt, isElement, type PageTree, parentOf, within } from './tree.ts';

const notInHeading = /^(?:div|p|table|ul|ol|dl|form|section|article|center|blockquote|pre)$/;

/** What a heading says itself: up to the first block in it, which an unclosed tag has swallowed. */
export function ownWords(tree: PageTree, element: Element): { text: string; end: number } {
  const { start, end } = tree.spanOf(element);
  if (!/^h[1-6]$/.test(element.name)) return { text: lineOf(element), end };
  const block = element.children.filter(isElement).find((child) => notInHeading.test(child.name));
  const from = block === undefined ? end : tree.spanOf(block).start;
  const before = tree.texts.slice(firstTextAt(tree, start), firstTextAt(tree, from));
  if (block === undefined || !before.some((text) => text.data.trim().length >= 2))
    return { text: lineOf(element), end };
  return { text: lineOf(element, (inner) => tree.spanOf(inner).start >= from), end: from };
}

/** Is a line set like a heading, whatever its tag: large, or centred and bold? */
export function isProminent(tree: PageTree, element: Element): boolean {
  const chain = [...within(tree, element).slice(0, 12)];
  for (let at = parentOf(element), level = 0; at !== null && level < 2; at = parentOf(at), level += 1) {
    if (lineOf(at).length > lineOf(element).length + 2) break;
    chain.push(at);
  }
  chain.push(blockOf(element));
  const bold = chain.some((at) => /^(?:b|strong|h[1-6])$/.test(at.name) || /bold|[6-9]00/.test(fontOf(at)));
  const centred = chain.some(
    (at) =>
      at.name === 'center' ||
      at.attribs.align?.toLowerCase() === 'center' ||
      /text-align\s?:\s?center/i.test(at.attribs.style ?? ''),
  );
  return chain.some(isLarge) || (bold && centred);
}

function fontOf(element: Element): string {
  return /font(?:-weight)?\s?:\s?([^;]{1,60})/i.exec(element.attribs.style ?? '')?.[1] ?? '';
}

function isLarge(element: Element): boolean {
  const { size, style = '' } = element.attribs;
  if (element.name === 'font' && size !== undefined && /^\s*(?:\+[1-9]|[4-7])\s*$/.test(size)) return true;
  const found = /font(?:-size)?\s?:[^;]{0,40}?(\d{1,3}(?:\.\d{1,3})?)\s?(px|pt|r?em)/i.exec(style);
  const amount = Number(found?.[1] ?? 0);
  return amount >= (found?.[2] === 'px' ? 18 : found?.[2] === 'pt' ? 14 : 1.3);
}
