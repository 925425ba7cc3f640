import { captionLines, linesAfter } from './caption.ts';
import { findFullDate } from './dates.ts';
import { type Head, headTitles, isSiteName, linkTexts } from './head-title.ts';
import { isProminent, ownWords } from './heading.ts';
import type { Regions } from './regions.ts';
import { lineOf, textOf } from './text-of.ts';
import { classAndId, type Element, firstTextAt, holds, type PageTree, parentOf, select } from './tree.ts';

export interface FoundTitle {
  title: string;
  /** Null when the title comes from the head of the page. */
  shown: Element | null;
  /** The place after the title's own words; 0 where nothing is shown. */
  end: number;
}

const titleName =
  /(?:^|[\s_-])(?:(?:arti?|article|news|content|con|info|detail|show|main|page|text|xw|wz)?_?-?(?:title|tit|bt|biaoti|headline|subject|tt)|titlestyle\d*|h1|c-title)(?:$|[\s_-]|\d)/i;
const notTitle =
  /当前位置|您(?:的|现在的?)位置|所在位置|发布(?:时间|日期|者)|点击(?:数|量|次数)|浏览(?:次数|量)|作者\s?[:：]|来源\s?[:：]|^(?:首页|正文|详细内容|新闻详情|内容|详情)$/;
const captionLine =
  /(?:发布|发表|更新|创建)(?:时间|日期|者|人)|(?:作者|来源|浏览|点击|阅读|日期|时间|编辑|审核|供稿|摄影|字体|字号)(?:次数|量|数|单位)?\s?[:：]|^\d+$|^次$/;
/** Names the field that stands beside it. */
const fieldName = /(?:时间|日期|[:：])$/;
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
    if (chosen !== undefined && lineOf(chosen) !== '')
      return { title: lineOf(chosen), shown: chosen, end: tree.spanOf(chosen).end };
  }
  const head = headTitles(tree);
  const ranked = candidates(tree, body, regions)
    .map((candidate) => ({ ...candidate, score: scoreOf(candidate, head) }))
    .sort((a, b) => b.score - a.score);
  const best = aboveSiteName(ranked, head) ?? ranked[0];
  if (best !== undefined && best.score >= 0)
    return { title: inFull(best.text, best.element, head), shown: best.element, end: best.end };
  return { title: head.meta ?? head.best, shown: null, end: 0 };
}

/** Where the head of the page says no more than whose site it is, the line that leads the date line is the title. */
function aboveSiteName<T extends Candidate>(ranked: readonly T[], head: Head): T | undefined {
  const first = ranked[0];
  if (first === undefined || !isSiteName(head) || squeeze(first.text) !== squeeze(head.best))
    return undefined;
  return ranked.find((other) => other.leads && other.heading > 0 && other.text !== first.text);
}

interface Candidate {
  element: Element;
  text: string;
  end: number;
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
  const leading =
    leadingElement(tree, bodyStart, regions) ?? (first === undefined ? null : leadingInside(tree, first));
  const found: Candidate[] = [];
  for (const element of tree.elements) {
    if (tree.spanOf(element).start >= bodyEnd) break;
    const shape = shapeOf(tree, element, leading);
    if (shape === null) continue;
    const { text, end } = ownWords(tree, element);
    if (text.length < 2 || text.length > 200 || dateOnly.test(text) || notTitle.test(text)) continue;
    const matches = text.length >= 4 && exact.has(squeeze(text));
    if (shape.heading === 0 && !shape.named && !shape.leads && !matches) continue;
    // A heading beside the text may stand in a box that is named like a menu.
    const placed = matches ? text.length >= 8 : form !== undefined && holds(tree, form, element);
    if (regions.inNavigation(element) && !placed) continue;
    const inside = tree.spanOf(element).start > bodyStart;
    const column = text.length <= 8 && links.has(squeeze(text));
    found.push({ element, text, end, ...shape, inside, distance: 0, column });
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
  const tagged = /^h[1-6]$/.test(element.name) ? Number(element.name[1]) : 0;
  const heading = tagged === 0 && element === leading && isProminent(tree, element) ? 3 : tagged;
  if (/arti_title2/i.test(classAndId(element))) return null;
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
    if (caption || data.length < 4 || /^(?:——|--)/.test(data)) continue;
    if (!captionSeen || data.length > 100 || fieldName.test(data)) return null;
    if (regions.inNavigation(text.parent)) return null;
    const block = widest(text.parent);
    return tree.$(block).closest('a').length > 0 ? null : block;
  }
  return null;
}

/** The first line of the text's own element, where caption lines follow it; a cell of a form is none. */
function leadingInside(tree: PageTree, body: Element): Element | null {
  const { start, end } = tree.spanOf(body);
  const [line, ...rest] = linesAfter(tree, start, end);
  if (line === undefined || line.text.length < 4 || line.text.length > 100) return null;
  if (/[。；]/.test(line.text) || fieldName.test(line.text)) return null;
  return captionLines([line]).length === 0 && captionLines(rest).length > 0 ? widest(line.block) : null;
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
  // A heading that is never closed swallows what follows; the head of the page knows where it ends.
  if (head.best.length >= 4 && text.length > head.best.length * 2 && text.startsWith(head.best))
    return head.best;
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
