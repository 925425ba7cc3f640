import { articleAddress } from './keys.ts';
import type { Regions } from './regions.ts';
import { lineOf, textOf } from './text-of.ts';
import {
  classAndId,
  type Element,
  firstTextAt,
  holds,
  insideOf,
  isElement,
  type PageTree,
  parentOf,
  select,
  within,
} from './tree.ts';

/** Where an article's text stands. `known` names a place that a content system marks as such. */
export interface ArticleBody {
  /** In page order; more than one where a system keeps a text in parts. */
  elements: Element[];
  known: boolean;
}

const knownBody =
  /(?:^|\s)(?:v_news_content|wp_articlecontent|Article_Content|TRS_Editor|trs_editor_view|trs_paper_default|Custom_UnionStyle)(?:$|\s)/i;
const knownId = /^(?:vsb_content(?:_\d+)?|vsb_newscontent|wp_articlecontent|zoom|zoomcon|artibody)$/i;
const likelyBody =
  /(?:^|\s)(?:read|entry|article_?con(?:tent)?|art_?con(?:tent)?|news_?con(?:tent)?|news_?body|info_?con(?:tent)?|detail_?con(?:tent)?|con(?:tent)?_?(?:detail|text|txt|body|main|con)|detailcon|contenttext|show_?con(?:tent)?|text_?con(?:tent)?|main_?text|body_?con(?:tent)?|neirong|zhengwen|newscontent|articlecontent|articlebody|content|wz|zw)[_-]?\d*(?:$|\s)/i;
/** A notice of one sentence is an article; less than this is a caption. */
const leastMass = 12;
/** Where address or date line tell that an article stands here, its text may be as short as it likes. */
const leastMassOfArticle = 3;
const dateLabel = /(?:发布|发表|更新)(?:时间|日期)?\s?[:：]\s?\d{4}/;
const inline = /^(?:p|span|b|strong|em|i|u|font|a|br|img|o:p|h[1-6]|sub|sup|small)$/;
/** Words that stand alone, or before the link they belong to; in a sentence they are words like others. */
const boilerplateText =
  /^\s*(?:(?:上|下|前|后)一?(?:篇|条|则|页)(?:文章|新闻|信息)?\s?[:：]|[【[]?\s?(?:打印|关闭|返回|收藏)(?:本页|本文|此文|窗口|页面|顶部|列表|首页|上页)?\s?[】\]]?\s*$|[【[]?\s?(?:字体|字号)\s?[:：【[]|附件\s?\d?\s?[:：]?\s?【.{0,100}】\s?已?下载|分享(?:到|至)?\s?[:：]|分享.{0,4}$|扫一扫.{0,14}$|版权所有.{0,40}(?:©|\d{4}|ICP)|(?:©|copyright).{0,40}|[（(]?(?:点击|浏览|阅读)(?:次数|量|数)?\s?[:：])/i;
const neighbourLink = /^\s*(?:上|下|前|后)一?(?:篇|条|则|页)(?:\s|$)/;
const sentenceEnd = /[。！？；]/;
const boilerplateName =
  /(?:^|[\s_-])(?:share|bdshare\w*|bdsharebuttonbox|prev\w*|next\w*|sxy|shangxia|pager|paging|pagination|related?|recommend|crumbs?|breadcrumbs?|toolbar|print|qrcode|ewm|tags?|dqwz|art_?foot|fenxiang)(?:$|[\s_-]|\d)/i;

/** The article's text: where a content system marks it, else where the page's sentences stand. Null when there is neither. */
export function findBody(
  tree: PageTree,
  regions: Regions,
  lists: readonly Element[],
  page: { url: string | null; selector?: string | undefined },
): ArticleBody | null {
  const { selector } = page;
  if (selector !== undefined) {
    const chosen = outermost(tree, select(tree, selector));
    if (chosen.length > 0) return { elements: chosen, known: true };
  }
  return (
    markedBody(tree, regions) ??
    denseBody(tree, regions, lists, leastMassOf(tree, page.url)) ??
    markedInFurniture(tree)
  );
}

function markedBody(tree: PageTree, regions: Regions): ArticleBody | null {
  const outer = outermost(tree, tree.elements.filter(isMarked));
  const form = tree.elements.find((element) => element.attribs.name === '_newscontent_fromname');
  const inForm = form === undefined ? [] : outer.filter((element) => holds(tree, form, element));
  const inPlace = outer.filter((element) => !regions.inNavigation(element));
  const choices = inForm.length > 0 ? inForm : inPlace;
  const main = longest(choices);
  if (main === null)
    return form === undefined || textOf(form).length < 20 ? null : { elements: [form], known: false };
  return { elements: inParts(tree, main, choices), known: true };
}

/** A text that stands in what looks like furniture is the page's only where there is no other. */
function markedInFurniture(tree: PageTree): ArticleBody | null {
  const main = longest(outermost(tree, tree.elements.filter(isMarked)));
  return main === null || textOf(main).length < 20 ? null : { elements: [main], known: false };
}

function isMarked(element: Element): boolean {
  return knownBody.test(element.attribs.class ?? '') || knownId.test(element.attribs.id ?? '');
}

function outermost(tree: PageTree, elements: readonly Element[]): Element[] {
  const sorted = [...elements].sort((a, b) => tree.spanOf(a).start - tree.spanOf(b).start);
  const kept: Element[] = [];
  for (const element of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !holds(tree, last, element)) kept.push(element);
  }
  return kept;
}

function longest(elements: readonly Element[]): Element | null {
  let best: Element | null = null;
  let bestLength = -1;
  for (const element of elements) {
    const length = textOf(element).length;
    if (length > bestLength) [best, bestLength] = [element, length];
  }
  return best;
}

/** Further parts of one text stand close by and say something else; a copy for phones says the same. */
function inParts(tree: PageTree, main: Element, choices: readonly Element[]): Element[] {
  let frame: Element = main;
  for (let level = 0; level < 2; level += 1) frame = parentOf(frame) ?? frame;
  const text = textOf(main);
  const parts = choices.filter((element) => {
    if (element === main) return true;
    const other = textOf(element);
    return (
      frame.name !== 'body' &&
      holds(tree, frame, element) &&
      other !== '' &&
      !text.includes(other) &&
      !regionsOverlap(text, other)
    );
  });
  return parts;
}

function regionsOverlap(text: string, other: string): boolean {
  const lines = other.split('\n').filter((line) => line.length >= 8);
  const shared = lines.filter((line) => text.includes(line)).length;
  return lines.length > 0 && shared * 2 > lines.length;
}

function leastMassOf(tree: PageTree, url: string | null): number {
  const isArticle =
    (url !== null && articleAddress(url) === 'sure') ||
    tree.texts.some((text) => !text.hidden && text.data.length < 300 && dateLabel.test(text.data));
  return isArticle ? leastMassOfArticle : leastMass;
}

/** Follows the sentences down from the page: into the one child that holds nearly all of them, until they spread out. */
function denseBody(
  tree: PageTree,
  regions: Regions,
  lists: readonly Element[],
  least: number,
): ArticleBody | null {
  const mass = sentenceMass(tree, regions, lists);
  let at = tree.elements.find((element) => element.name === 'body');
  if (at === undefined || (mass.get(at) ?? 0) < least) return null;
  for (;;) {
    const current: Element = at;
    const whole = mass.get(current) ?? 0;
    const needed = likelyBody.test(classAndId(current)) ? 0.85 : 0.75;
    const heavy: Element | undefined = current.children
      .filter(isElement)
      .find((child) => (mass.get(child) ?? 0) >= whole * needed);
    if (heavy === undefined || inline.test(heavy.name)) break;
    at = heavy;
  }
  return at.name === 'html' ? null : { elements: [at], known: false };
}

/** How much running text each element holds: no links, no lists, no furniture; fragments count little. */
function sentenceMass(tree: PageTree, regions: Regions, lists: readonly Element[]): Map<Element, number> {
  const mass = new Map<Element, number>();
  const inList = insideOf(tree, lists);
  for (const text of tree.texts) {
    const data = text.hidden ? '' : text.data.replace(/\s+/g, '');
    if (data === '' || inLink(text.parent) || inList(text.at)) continue;
    if (
      regions.inNavigation(text.parent) ||
      /版权所有|copyright|ICP备|公网安备|邮政?编码?\s?[:：]|地\s?址\s?[:：]|技术支持/i.test(data)
    )
      continue;
    if (isCaption(text.parent, data) || (boilerplateText.test(data) && !sentenceEnd.test(data))) continue;
    const weight =
      (/[，。；！？,;!?]/.test(data) || data.length >= 40 ? 1 : 0.3) *
      (regions.inSide(text.parent) ? 0.3 : 1);
    for (let at: Element | null = text.parent; at !== null; at = parentOf(at))
      mass.set(at, (mass.get(at) ?? 0) + data.length * weight);
  }
  return mass;
}

/** Headings and the line that says who, when and how often: not what the page has to tell. */
function isCaption(parent: Element, data: string): boolean {
  if (/^h[1-6]$/.test(parent.name) || /^[\d\-/.年月日:：]+$/.test(data)) return true;
  return (
    data.length < 80 &&
    /(?:发布|发表|更新)(?:时间|日期|者|人)?[:：]|(?:作者|来源|浏览|点击|阅读|日期|时间|编辑|供稿)(?:次数|量|数|单位)?[:：]/.test(
      data,
    ) &&
    !data.includes('。')
  );
}

function inLink(element: Element): boolean {
  for (let at: Element | null = element, level = 0; at !== null && level < 6; at = parentOf(at), level += 1)
    if (at.name === 'a') return true;
  return false;
}

/** The body's text. In a place no system marks, title, date line and the page's own small print are left out. */
export function bodyText(tree: PageTree, body: ArticleBody, besides: readonly Element[]): string {
  if (body.known)
    return body.elements
      .map((element) => textOf(element))
      .filter((text) => text !== '')
      .join('\n');
  const left = new Set(besides);
  const skip = (element: Element) => left.has(element) || isBoilerplate(tree, element);
  return body.elements
    .map((element) => textOf(element, skip))
    .filter((text) => text !== '')
    .join('\n');
}

function isBoilerplate(tree: PageTree, element: Element): boolean {
  if (
    /^(?:nav|header|footer|aside|form|input)$/.test(element.name) &&
    element.attribs.name !== '_newscontent_fromname'
  ) {
    return element.name !== 'form' || textOf(element).length < 200;
  }
  const { first, last } = tree.spanOf(element);
  const named = boilerplateName.test(classAndId(element));
  if (!named && last - first > 30) return false;
  const text = textOf(element);
  if (named && text.length < 200) return true;
  if (text.length >= 120) return false;
  const linked = linkedLength(tree, element);
  if (sentenceEnd.test(text) && linked * 2 <= text.length) return false;
  return boilerplateText.test(text) || (linked > 0 && neighbourLink.test(lineOf(element)));
}

/** How much of an element's text is links, blanks aside. */
function linkedLength(tree: PageTree, element: Element): number {
  const { start, end } = tree.spanOf(element);
  let length = 0;
  for (let i = firstTextAt(tree, start); (tree.texts[i]?.at ?? end) < end; i += 1) {
    const text = tree.texts[i];
    if (text !== undefined && inLink(text.parent)) length += text.data.trim().length;
  }
  return length;
}

/** All elements in which the article's files may stand. */
export function bodyElements(tree: PageTree, body: ArticleBody): Element[] {
  return body.elements.flatMap((element) => [...within(tree, element)]);
}
