import { resolveLink } from './keys.ts';
import { lineOf } from './text-of.ts';
import { type Element, isSilent } from './tree.ts';

/** A link of the page, or a row that a script makes one. */
export interface Link {
  element: Element;
  target: string;
  url: string | null;
  text: string;
}

/** How a directory of files offers to sort itself. */
const sortLink = /^\?C=[NMSD](?:;|&(?:amp;)?)O=[AD]$/i;
const moves =
  /(?:location(?:\.href)?\s?=|(?:window\.open|location\.(?:assign|replace))\()\s?['"]([^'"]{1,500})['"]/;
const moreWords =
  /^[\s[(（【<>+]*(?:更多|查看更多|阅读更多|了解更多|更多详情|more|read more|详细|查看详细|详细内容|详情|查看详情|阅读全文|查看全文|全文|查看|点击查看|点击进入|下载|点击下载)[\s\])）】>»+.…]*$/i;

/** The links that lead somewhere, in page order. */
export function usableLinks(elements: readonly Element[], base: string | null): Link[] {
  const links: Link[] = [];
  for (const element of elements) {
    const href = hrefOf(element);
    if (href === null || sortLink.test(href) || isSilent(element)) continue;
    const url = resolveLink(href, base);
    const text = lineOf(element);
    const scripted = url === null && /^\s*javascript:/i.test(href);
    if (url === null && !(scripted && (text.length >= 6 || (element.attribs.title ?? '').length >= 6)))
      continue;
    links.push({ element, url, text, target: url ?? `script:${links.length}` });
  }
  return links;
}

/** Where an element leads: a link by its address, a row that only a script makes one by what the script names. */
function hrefOf(element: Element): string | null {
  const { href, onclick } = element.attribs;
  if (element.name === 'a' && href !== undefined && !/^\s*(?:javascript:|#|$)/i.test(href)) return href;
  if (!/^(?:a|li|tr|dl|div|p|dd)$/.test(element.name)) return null;
  const script = onclick ?? (element.name === 'a' ? href : undefined);
  const moved = script === undefined ? null : (moves.exec(script.slice(0, 1000))?.[1] ?? null);
  return moved ?? (element.name === 'a' ? (href ?? null) : null);
}

/** For each link, the place of the first later one that leads elsewhere. */
export function differentAfter(links: readonly Link[]): number[] {
  const after: number[] = new Array(links.length).fill(links.length);
  for (let i = links.length - 2; i >= 0; i -= 1) {
    after[i] = links[i]?.target === links[i + 1]?.target ? (after[i + 1] ?? links.length) : i + 1;
  }
  return after;
}

/** How many places these links lead to; 更多 and the like not counted. */
export function distinctTargets(links: readonly Link[], from: number, to: number): number {
  if (to - from > 8) return to - from;
  return new Set(
    links
      .slice(from, to)
      .filter((link) => !moreWords.test(link.text))
      .map((link) => link.target),
  ).size;
}

/** The link that says most; null where none says anything. */
export function titleLink(links: readonly Link[]): Link | null {
  let best: Link | null = null;
  let bestLength = 0;
  for (const link of links) {
    if (moreWords.test(link.text)) continue;
    const length = Math.max(link.text.length, (link.element.attribs.title ?? '').length, 1);
    if (length > bestLength) [best, bestLength] = [link, length];
  }
  return best;
}
