import { findFullDate } from './dates.ts';
import { type Head, headTitles, linkTexts } from './head-title.ts';
import type { Regions } from './regions.ts';
import { lineOf, textOf } from './text-of.ts';
import { classAndId, type Element, firstTextAt, holds, type PageTree, parentOf, select } from './tree.ts';

export interface FoundTitle {
  title: string;
  /** Null when the title comes from the head of the page. */
  shown: Element | null;
}

const titleName =
  /(?:^|[\s_-])(?:(?:arti?|article|news|content|con|info|detail|show|main|page|text|xw|wz)?_?-?(?:title|tit|bt|biaoti|headline|subject|tt)|titlestyle\d*|h1|c-title)(?:$|[\s_-]|\d)/i;
const notTitle =
  /当前位置|您(?:的|现在的?)位置|所在位置|发布(?:时间|日期|者)|点击(?:数|量|次数)|浏览(?:次数|量)|作者\s?[:：]|来源\s?[:：]|^(?:首页|正文|详细内容|新闻详情|内容|详情)$/;
const captionLine =
  /(?:发布|发表|更新|创建)(?:时间|日期|者|人)|(?:作者|来源|浏览|点击|阅读|日期|时间|编辑|审核|供稿|摄影|字体|字号)(?:次数|量|数|单位)?\s?[:：]|^\d+$|^次$/;
const dateOnly = /^[\s\d\-/.年月日:：]+$/;

/** The article's title: what the page shows as such before its text, held against what its head says. */
export function findTitle(
  tree: PageTree,
  body: readonly Element[],
  regions: Regions,
  selector?: string,
): FoundTitle {
  if (selector !== undefined) {
    const chosen = select(tree, selector)[0];
    if (chosen !== undefined && lineOf(chosen) !== '') return { title: lineOf(chosen), shown: chosen };
  }
  const head = headTitles(tree);
  const best = candidates(tree, body, regions)
    .map((candidate) => ({ ...candidate, score: scoreOf(candidate, head) }))
    .sort((a, b) => b.score - a.score)[0];
  if (best !== undefined && best.score >= 0)
    return { title: inFull(best.text, best.element, head), shown: best.element };
  const title = head.meta ?? head.best;
  return { title, shown: null };
}

interface Candidate {
  element: Element;
  text: string;
  heading: number;
  named: boolean;
  /** Stands right above the date line. */
  leads: boolean;
  inside: boolean;
  /** 0 for the nearest before the text. */
  distance: number;
  column: boolean;
}

function candidates(tree: PageTree, body: readonly Element[], regions: Regions): Candidate[] {
  const first = body[0];
  const last = body.at(-1);
  const bodyStart = first === undefined ? Number.POSITIVE_INFINITY : tree.spanOf(first).start;
  const bodyEnd = last === undefined ? Number.POSITIVE_INFINITY : tree.spanOf(last).end;
  const links = linkTexts(tree);
  const form = tree.elements.find((element) => element.attribs.name === '_newscontent_fromname');
  const head = headTitles(tree);
  const exact = new Set(
    [head.best, ...head.prefixes.filter((text) => text.length >= 6), head.meta ?? ''].map(squeeze),
  );
  const leading = leadingElement(tree, bodyStart, regions);
  const found: Candidate[] = [];
  for (const element of tree.elements) {
    if (tree.spanOf(element).start >= bodyEnd) break;
    const shape = shapeOf(tree, element, leading);
    if (shape === null) continue;
    const text = lineOf(element);
    if (text.length < 2 || text.length > 200 || dateOnly.test(text) || notTitle.test(text)) continue;
    const matches = text.length >= 4 && exact.has(squeeze(text));
    if (shape.heading === 0 && !shape.named && !shape.leads && !matches) continue;
    // A heading beside the text may stand in a box that is named like a menu.
    const placed = matches ? text.length >= 8 : form !== undefined && holds(tree, form, element);
    if (regions.inNavigation(element) && !placed) continue;
    const inside = tree.spanOf(element).start > bodyStart;
    const column = text.length <= 8 && links.has(squeeze(text));
    found.push({ element, text, ...shape, inside, distance: 0, column });
  }
  const before = found.filter((candidate) => !candidate.inside).reverse();
  for (const [place, candidate] of before.entries()) candidate.distance = place;
  return found;
}

function shapeOf(
  tree: PageTree,
  element: Element,
  leading: Element | null,
): { heading: number; named: boolean; leads: boolean } | null {
  const { first, last } = tree.spanOf(element);
  if (last - first > 25) return null;
  const heading = /^h[1-6]$/.test(element.name) ? Number(element.name[1]) : 0;
  const named = element.name !== 'a' && titleName.test(classAndId(element));
  const plain = /^(?:div|td|th|p|span|strong|b|font|center|dt|li|section|label|em)$/.test(element.name);
  return heading > 0 || named || plain ? { heading, named, leads: element === leading } : null;
}

/** What stands right above the line that says when and by whom, and is neither link nor label: the title, whatever it is called. */
function leadingElement(tree: PageTree, bodyStart: number, regions: Regions): Element | null {
  let captionSeen = false;
  const end = firstTextAt(tree, bodyStart);
  for (const text of tree.texts.slice(Math.max(0, end - 40), end).reverse()) {
    const data = text.data.replace(/\s+/g, ' ').trim();
    if (data === '' || text.hidden) continue;
    const caption = captionLine.test(data) || dateOnly.test(data) || findFullDate(data) !== null;
    captionSeen ||= caption;
    if (caption || data.length < 4) continue;
    if (!captionSeen || data.length > 100 || regions.inNavigation(text.parent)) return null;
    const block = widest(text.parent);
    return tree.$(block).closest('a').length > 0 ? null : block;
  }
  return null;
}

/** The largest element that shows the same text and nothing else. */
function widest(element: Element): Element {
  const text = lineOf(element);
  let block = element;
  for (let at = parentOf(element), level = 0; at !== null && level < 5; at = parentOf(at), level += 1) {
    if (lineOf(at) !== text) break;
    block = at;
  }
  return block;
}

function scoreOf(candidate: Candidate, head: Head): number {
  const text = squeeze(candidate.text.replace(/(?:…|\.{3,})$/, ''));
  const whole = squeeze(head.whole);
  let score = 0;
  if (head.meta !== null && text === squeeze(head.meta)) score += 100;
  if (text === squeeze(head.best)) score += 60 + Math.min(text.length, 30);
  else if (text.length >= 6 && whole.startsWith(text)) score += 60 + Math.min(text.length, 30);
  else if (text.length >= 2 && whole.startsWith(text)) score += 30;
  else if (
    text.length >= 6 &&
    (whole.includes(text) ||
      head.prefixes.some((prefix) => prefix.length >= 6 && text.includes(squeeze(prefix))))
  )
    score += 45;
  else if (whole.endsWith(text)) score -= 40;
  if (candidate.heading > 0) score += 22 - candidate.heading * 2;
  if (candidate.named) score += 14;
  if (candidate.leads) score += 18;
  if (candidate.column) score -= 55;
  if (candidate.inside) score -= candidate.heading > 0 ? 4 : 12;
  return score - Math.min(candidate.distance, 12) * 3 - (text.length < 4 ? 8 : 0);
}

/** A title the page cuts is taken from its attribute or from the head. */
function inFull(text: string, element: Element, head: Head): string {
  if (!/(?:…|\.{3,})$/.test(text)) return rejoined(text, element, head);
  const start = squeeze(text.replace(/(?:…|\.{3,})$/, ''));
  const whole = [element.attribs.title, head.meta, ...head.prefixes].find(
    (other) =>
      other !== undefined &&
      other !== null &&
      squeeze(other).startsWith(start) &&
      !/(?:…|\.{3,})$/.test(other),
  );
  return whole?.trim() ?? text;
}

/** A title broken over lines is one line in the head of the page. */
function rejoined(text: string, element: Element, head: Head): string {
  if (!textOf(element).includes('\n')) return text;
  return (
    [head.meta, ...head.prefixes].find((other) => other !== null && squeeze(other) === squeeze(text)) ?? text
  );
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
