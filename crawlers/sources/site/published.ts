import { captionLines, eventWords, linesAfter, publishing } from './caption.ts';
import { type FoundDate, findDate, findFullDate, findUrlDate, foldDateText } from './dates.ts';
import { lineOf } from './text-of.ts';
import {
  classAndId,
  type Element,
  firstTextAt,
  holds,
  type PageTree,
  parentOf,
  select,
  textBetween,
} from './tree.ts';

/** Labels of a date line, the surest first; a date of change is taken only where no other stands. */
const labels = [
  /(?:发布|发表|发文|公布|发稿|上传|添加|录入|撰写|刊发|创建|成文)(?:时间|日期|于|日)?\s?[:：]?\s?$/,
  /(?:(?<!\p{Script=Han})(?:信息|文章|新闻|稿件|公告)?(?:日期|时间)|date|time|posted(?: on)?|published(?: on)?)\s?[:：]?\s?$/iu,
  /(?:更新|修改|编辑)(?:时间|日期|于)?\s?[:：]?\s?$/,
];
const bareLabel = 1;
/** Of an event, a term, a sitting: 考试时间, 报名日期, 截止. */
const notPublished =
  /(?:(?:截止|截至|报名|会议|活动|考试|讲座|开始|结束|有效)(?:时间|日期|期)?|\p{Script=Han}(?:时间|日期))\s?[:：]?\s?$/u;
const dateName =
  /(?:^|[\s_-])(?:arti_update|arti_metas|arti_publish\w*|article_publishdate|pub_?(?:date|time)|publish_?(?:date|time)?|date|time|timestyle\d*|news_?date|news_?time|info_?date|conttime|fbsj|fbrq|rq|sj)(?:$|[\s_-]|\d)/i;
const farChars = 1500;

/** Where the parts of an article stand on its page. */
export interface ArticlePlace {
  title: Element | null;
  /** The place after the title's own words; 0 without a title. */
  titleEnd: number;
  body: readonly Element[];
  /** The element that frames title and body; null when only the page itself does. */
  frame: Element | null;
}

/**
 * When the article was published: the line by its title, a labelled line in its frame, the page's own metadata, its
 * address; never a date of its text.
 */
export function findPublished(
  tree: PageTree,
  place: ArticlePlace,
  url: string | null,
  selector?: string,
): FoundDate | null {
  if (selector !== undefined) {
    const chosen = select(tree, selector)[0];
    const text = chosen === undefined ? '' : lineOf(chosen);
    const found = findDate({ spaced: text, glued: text.replace(/\s/g, '') });
    if (found !== null) return found;
  }
  return (
    betweenTitleAndBody(tree, place) ??
    inFrame(tree, place) ??
    atEnd(tree, place) ??
    inMeta(tree) ??
    (url === null ? null : findUrlDate(url)) ??
    null
  );
}

function betweenTitleAndBody(tree: PageTree, place: ArticlePlace): FoundDate | null {
  const first = place.body[0];
  if (first === undefined) return null;
  const { start, end } = tree.spanOf(first);
  if (place.title !== null) {
    const found =
      place.titleEnd > start
        ? inCaption(tree, place.titleEnd, end)
        : bestOf(clipped(textBetween(tree, place.titleEnd, start)), false, opening(tree, start, end));
    if (found !== null) return found;
  }
  const named = tree.elements.filter((element) => {
    const span = tree.spanOf(element);
    return (
      span.start < start &&
      dateName.test(classAndId(element)) &&
      span.last - span.first < 20 &&
      (place.frame === null || holds(tree, place.frame, element))
    );
  });
  for (const element of named.reverse()) {
    const span = tree.spanOf(element);
    const found = bestOf(clipped(textBetween(tree, span.start, span.end)), false);
    if (found !== null) return found;
  }
  return null;
}

/** Where the title stands in the text's own element: the caption lines under it, and no line of the text. */
function inCaption(tree: PageTree, from: number, to: number): FoundDate | null {
  const lines = captionLines(linesAfter(tree, from, to)).map((line) => line.text);
  return bestOf({ spaced: lines.join(' '), glued: lines.join('').replace(/\s/g, '') }, false);
}

/** In a text whose own element holds the title as well, a last line that says outright when it was published. */
function atEnd(tree: PageTree, place: ArticlePlace): FoundDate | null {
  const last = place.body.at(-1);
  if (last === undefined || place.titleEnd <= tree.spanOf(last).start) return null;
  const { start, end } = tree.spanOf(last);
  const texts = tree.texts.slice(firstTextAt(tree, start), firstTextAt(tree, end));
  const said = texts.filter((text) => !text.hidden && text.data.trim() !== '').slice(-4);
  const at = said.findIndex((text) => /^\s*[（(【[]?\s*(?:发布|发表)(?:时间|日期)\s?[:：]/.test(text.data));
  const lines = at === -1 ? [] : said.slice(at).map((text) => text.data.trim());
  return lines.length === 0 ? null : bestOf({ spaced: lines.join(' '), glued: lines.join('') }, true);
}

/** The first lines of the text: they tell whether the 时间 above them is an event's. */
function opening(tree: PageTree, from: number, to: number): string {
  const lines = linesAfter(tree, from, to).slice(0, 3);
  return lines.map((line) => line.text.slice(0, 60)).join('\n');
}

/** Beside title and text in their frame: above the title freely, below the text only where a label says so. */
function inFrame(tree: PageTree, place: ArticlePlace): FoundDate | null {
  const first = place.body[0];
  const last = place.body.at(-1);
  if (first === undefined || last === undefined) return null;
  const frames = [place.frame, place.frame === null ? null : parentOf(place.frame)].filter(
    (frame) => frame !== null && !/^(?:body|html)$/.test(frame.name),
  );
  const following = opening(tree, tree.spanOf(first).start, tree.spanOf(last).end);
  for (const frame of frames) {
    if (frame === null) continue;
    const { start, end } = tree.spanOf(frame);
    const before = clipped(textBetween(tree, start, tree.spanOf(first).start));
    const after = clipped(textBetween(tree, tree.spanOf(last).end, end));
    const found =
      bestOf(before, place.title === null, following) ??
      bestOf(after, true, following) ??
      (before.spaced.length < 300 ? bestOf(before, false, following) : null);
    if (found !== null) return found;
  }
  return null;
}

function clipped(text: { spaced: string; glued: string }): { spaced: string; glued: string } {
  return { spaced: text.spaced.slice(0, farChars), glued: text.glued.slice(0, farChars) };
}

/** The date with the surest label; without a label only where the region is a date line and nothing else. */
function bestOf(
  text: { spaced: string; glued: string },
  labelledOnly: boolean,
  following = '',
): FoundDate | null {
  const event = eventWords.test(text.spaced) || (eventWords.test(following) && !publishing.test(text.spaced));
  const found: { date: FoundDate; rank: number }[] = [];
  let dates = 0;
  for (const region of [foldDateText(text.spaced), foldDateText(text.glued)]) {
    for (let at = findFullDate(region); at !== null; at = findFullDate(region, at.end)) {
      dates += 1;
      const lead = region.slice(Math.max(0, at.index - 16), at.index);
      const label = labels.findIndex((pattern) => pattern.test(lead));
      if (label === -1 && (labelledOnly || notPublished.test(lead))) continue;
      if (label === bareLabel && event) continue;
      const rank = label === -1 ? 1.5 : label;
      found.push({ date: { publishedAt: at.publishedAt, precision: at.precision }, rank });
    }
  }
  found.sort((a, b) => a.rank - b.rank);
  return found[0]?.date ?? (labelledOnly || dates > 0 ? null : findDate(text));
}

const metaNames = [
  'pubdate',
  'publishdate',
  'publish_time',
  'publishtime',
  'article:published_time',
  'og:release_date',
  'datepublished',
  'releasedate',
  'publish-date',
  'createdate',
  'dc.date',
  'date',
  'others',
];

function inMeta(tree: PageTree): FoundDate | null {
  const metas = tree.elements.filter((element) => element.name === 'meta');
  for (const name of metaNames) {
    for (const meta of metas) {
      const key = (meta.attribs.name ?? meta.attribs.property ?? meta.attribs.itemprop ?? '').toLowerCase();
      const content = meta.attribs.content ?? '';
      if (key !== name || content === '') continue;
      const found = findDate({ spaced: content, glued: content });
      if (found !== null) return found;
    }
  }
  const machine = tree.elements.find(
    (element) => element.name === 'time' && element.attribs.datetime !== undefined,
  );
  const stamp = machine?.attribs.datetime;
  return stamp === undefined ? null : findDate({ spaced: stamp, glued: stamp });
}
