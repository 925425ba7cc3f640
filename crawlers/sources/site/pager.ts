import { resolveLink } from './keys.ts';
import { lineOf } from './text-of.ts';
import { classAndId, type Element, isElement, type PageTree, parentOf, select, within } from './tree.ts';

/** How a pager names the following page. */
export const nextWords =
  /^[\s[(（【<]*(?:下一?[页頁]|后一?[页頁]|next(?:\s?page)?|older|翻下页)[\s\])）】>»›→]*$/i;
const nextMarks = /^(?:>{1,2}|»|›|→|＞{1,2}|&gt;)$/;
const lastWords = /尾页|末页|最后|last|end/i;
const currentClass =
  /(?:^|[\s_-])(?:cur|curr|current|active|on|this|this-page|thispage|thisclass|p_no_d|selected|now|curpage|page-active)(?:$|[\s_-])/i;

/** The following page of a list, by its own link and never by counting; null at the end, or where only a script leads on. */
export function findNextPage(
  tree: PageTree,
  page: { url: string | null; base: string | null },
  selector?: string,
): string | null {
  const usable = (anchor: Element | undefined | null) => {
    if (anchor === undefined || anchor === null) return null;
    const link = linkOf(anchor, page.base);
    return link === null || sameAddress(link, page.url) ? null : link;
  };
  if (selector !== undefined) {
    const chosen = select(tree, selector)[0];
    if (chosen === undefined) return null;
    return usable(within(tree, chosen).find((element) => element.name === 'a'));
  }
  const declared = tree.elements.find((element) => element.name === 'link' && element.attribs.rel === 'next');
  const anchors = tree.elements.filter((element) => element.name === 'a');
  const worded = anchors.filter(saysNext);
  for (const anchor of worded) {
    const link = usable(anchor);
    if (link !== null) return link;
  }
  // A next link that leads nowhere is the end: numbers beside it would only lead back.
  if (worded.some((anchor) => nextWords.test(lineOf(anchor))) || saysEnd(tree)) return null;
  return usable(declared) ?? usable(afterCurrent(tree));
}

function saysNext(anchor: Element): boolean {
  const text = lineOf(anchor);
  if (nextWords.test(text)) return true;
  const label = `${anchor.attribs.title ?? ''}${imageAlt(anchor)}${anchor.attribs['aria-label'] ?? ''}`;
  if (nextWords.test(label)) return true;
  const names = `${classAndId(anchor)} ${anchor.attribs.rel ?? ''}`;
  const marked = /(?:^|[\s_-])(?:next|nextpage|next-page|pagenext)(?:$|[\s_-])/i.test(names);
  if (marked && text !== '' && !nextMarks.test(text))
    return /下|后|next/i.test(text) && !/[条篇则]/.test(text) && text.length <= 12;
  // An arrow that says by its own relation where it leads needs no pager around it.
  if (nextMarks.test(text) && /^next$/i.test((anchor.attribs.rel ?? '').trim())) return true;
  return (marked || nextMarks.test(text)) && !lastWords.test(names) && pagerAround(anchor);
}

function imageAlt(anchor: Element): string {
  const image = anchor.children.find((child) => isElement(child) && child.name === 'img');
  return image !== undefined && isElement(image) ? (image.attribs.alt ?? '') : '';
}

/** The pager says in words that there is no further page: a 下页 that is no link. */
function saysEnd(tree: PageTree): boolean {
  return tree.texts.some((text) => nextWords.test(text.data.trim()) && pagerAround(text.parent));
}

/** Numbers or other page words stand nearby. */
function pagerAround(element: Element): boolean {
  let at: Element | null = element;
  for (let level = 0; at !== null && level < 4; level += 1) {
    if (/page|paging|pager|fanye|pagination|pb_sys/i.test(classAndId(at))) return true;
    at = parentOf(at);
    if (
      at !== null &&
      /上一?页|首页.{0,12}尾页|共\s?\d+\s?[条页]|\d+\s?\/\s?\d+/.test(lineOf(at).slice(0, 400))
    )
      return true;
  }
  return false;
}

/** Where there are numbers only: the link after the number that is current and no link. */
function afterCurrent(tree: PageTree): Element | null {
  for (const element of tree.elements) {
    if (!currentClass.test(classAndId(element)) && !/^(?:strong|b|em|span|font)$/.test(element.name))
      continue;
    const text = lineOf(element);
    if (!/^\[?\d{1,4}\]?$/.test(text) || !pagerAround(element)) continue;
    const own = element.children.some((child) => isElement(child) && child.name === 'a');
    if (
      !own &&
      !currentClass.test(classAndId(element)) &&
      element.name === 'span' &&
      parentOf(element)?.name === 'a'
    )
      continue;
    const number = Number(text.replace(/\D/g, ''));
    const following = followingAnchor(element);
    if (following !== null && Number(lineOf(following).replace(/\D/g, '')) === number + 1) return following;
  }
  return null;
}

function followingAnchor(element: Element): Element | null {
  for (let at: Element | null = element, level = 0; at !== null && level < 3; at = parentOf(at), level += 1) {
    let sibling = at.next;
    while (sibling !== null && !isElement(sibling)) sibling = sibling.next;
    if (sibling === null || !isElement(sibling)) continue;
    if (sibling.name === 'a') return sibling;
    const inner = sibling.children.find((child) => isElement(child) && child.name === 'a');
    return inner !== undefined && isElement(inner) ? inner : null;
  }
  return null;
}

function linkOf(anchor: Element, base: string | null): string | null {
  const link = resolveLink(anchor.attribs.href, base);
  if (link !== null) return link;
  const script = `${anchor.attribs.onclick ?? ''};${anchor.attribs.href ?? ''}`;
  const moved =
    /location(?:\.href)?\s?=\s?['"]([^'"]{1,500})['"]|(?:window\.open|location\.(?:assign|replace))\(['"]([^'"]{1,500})['"]/.exec(
      script,
    );
  return moved === null ? null : resolveLink(moved[1] ?? moved[2], base);
}

function sameAddress(a: string, b: string | null): boolean {
  return b !== null && a.replace(/#.*$/, '') === b.replace(/#.*$/, '');
}
