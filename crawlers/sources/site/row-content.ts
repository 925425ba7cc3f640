import { eventWords } from './caption.ts';
import { type DateText, type FoundDate, findDate, findFullDate, findMonthDay, findUrlDate } from './dates.ts';
import { lineOf } from './text-of.ts';
import {
  classAndId,
  type Element,
  firstTextAt,
  holds,
  type PageText,
  type PageTree,
  parentOf,
  within,
} from './tree.ts';

const onlyDate = /^[\s\d\-/.,:：年月日时分秒[\]()（）【】|<>]*\d[\s\d\-/.,:：年月日时分秒[\]()（）【】|<>]*$/;
/** Whether day and month make a date does not depend on when. */
const anyTime = '2024-12-31T00:00:00.000Z';
const cutShort = /(?:…|\.{2,}|。{3,}|⋯)\s*$/;
const titleClass = /(?:^|[\s_-])(?:tit|title|bt|biaoti|name|subject|text-title|tt|h)(?:$|[\s_-]|\d)/i;
const bullet = /^[\s·•●■◆◇□▪▶►»>※○◎★☆→-]+(?=\S)/;

/** The title of a row, in full where the page cuts what it shows, and the element that shows it. */
export function rowTitle(tree: PageTree, anchor: Element): { title: string; shown: Element } {
  const shown = titleElement(tree, anchor);
  const isDatePart = datePartsOf(tree, shown);
  const text = stripDates(lineOf(shown, isDatePart)).replace(bullet, '');
  return { title: wholeTitle(text, attributeTitle(anchor, shown)), shown };
}

/** The small elements of a title that are its date: alone, or day and month apart and only together. */
function datePartsOf(tree: PageTree, shown: Element): (element: Element) => boolean {
  const inner = within(tree, shown)
    .slice(1, 20)
    .filter((element) => onlyDate.test(lineOf(element)));
  const isDate = (text: DateText) => findDate(text) !== null || findMonthDay(text, anyTime) !== null;
  const whole = (elements: readonly Element[]) => ({
    spaced: elements.map((element) => lineOf(element)).join(' '),
    glued: elements.map((element) => lineOf(element).replace(/\s/g, '')).join(''),
  });
  const leaves = inner.filter(
    (element) => !inner.some((other) => other !== element && holds(tree, element, other)),
  );
  if (leaves.length > 1 && isDate(whole(leaves))) return (element) => inner.includes(element);
  const alone = inner.filter((element) => isDate(whole([element])));
  return (element) => alone.includes(element);
}

/** What the page shows, or the attribute where that is the same title in full. */
function wholeTitle(text: string, attribute: string): string {
  if (text === '') return attribute;
  if (attribute === '') return text.replace(bullet, '');
  const visible = text.replace(cutShort, '').trim();
  const same = squeeze(attribute).startsWith(squeeze(visible));
  if (cutShort.test(text)) return same || visible === '' ? attribute : text;
  if (same) return attribute;
  return squeeze(text).includes(squeeze(attribute)) && attribute.length >= 4 ? attribute : text;
}

function attributeTitle(anchor: Element, shown: Element): string {
  const image = findImage(anchor);
  const candidates = [shown.attribs.title, anchor.attribs.title, image?.attribs.alt, image?.attribs.title];
  const found = candidates
    .map((text) =>
      text
        ?.replace(/<[^>]{0,200}>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .find((text) => text !== undefined && text !== '');
  if (found === undefined) return '';
  // Some systems put title, author, date and clicks into the tool tip.
  const cut = /\s*(?:作者|发布(?:时间|日期|者|人)|点击(?:数|次数)?|更新时间|浏览次数)\s?[:：]/.exec(found);
  return (cut === null ? found : found.slice(0, cut.index)).replace(/^(?:文章)?标题\s?[:：]\s?/, '').trim();
}

function findImage(anchor: Element): Element | undefined {
  const stack: Element[] = [anchor];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at.name === 'img') return at;
    for (const child of at.children) if (child.type === 'tag') stack.push(child);
  }
  return undefined;
}

/** In a link that wraps the whole row: its heading, else what is called a title, else its first line of words. */
function titleElement(tree: PageTree, anchor: Element): Element {
  const inner = within(tree, anchor).slice(1);
  const worded = (element: Element) => {
    const text = lineOf(element);
    return text.length >= 2 && !onlyDate.test(text);
  };
  const heading = inner.find((element) => /^h[1-6]$/.test(element.name) && worded(element));
  if (heading !== undefined) return heading;
  const named = inner.find((element) => titleClass.test(classAndId(element)) && worded(element));
  if (named !== undefined) return named;
  const parts = inner.filter(
    (element) => /^(?:p|div|dt|dd|strong|b|span|em|section)$/.test(element.name) && worded(element),
  );
  const leaves = parts.filter(
    (element) => !parts.some((other) => other !== element && holds(tree, element, other)),
  );
  const own = anchor.children.some(
    (child) => child.type === 'text' && /[\p{L}]{2}/u.test('data' in child ? child.data : ''),
  );
  return !own && leaves.length > 1 ? (leaves[0] ?? anchor) : anchor;
}

/** Dates glued to the ends of a title: `标题 [2020-12-31]`, `15 2022-03 标题`. */
function stripDates(text: string): string {
  const tail =
    /\s*[[(（【]\s*(?:\d{4}\s?[-/.年])?\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s*[\])）】]\s*$|\s+\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?\s*$/;
  const head =
    /^\s*(?:[[(（【]\s*)?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s+\d{4}[-/.]\d{1,2}|\d{4}[-/.]\d{1,2}\s+\d{1,2}(?=\s))(?:\s*[\])）】])?\s+/;
  const stripped = text.replace(tail, '').replace(head, '').trim();
  return stripped === '' ? text : stripped;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What a row's date is read by: `year` stands over rows that say month and day only. */
export interface RowDateContext {
  url: string | null;
  fetchedAt: string;
  year?: number | null;
}

/** The date that stands in a row beside its title; failing that, the one in its address. */
export function rowDate(
  tree: PageTree,
  row: Element,
  shown: Element,
  context: RowDateContext,
): FoundDate | null {
  const { url } = context;
  const { start, end } = tree.spanOf(row);
  const title = tree.spanOf(shown);
  const texts = tree.texts.slice(firstTextAt(tree, start), firstTextAt(tree, end));
  const inTitle = texts.filter((text) => text.at >= title.start && text.at < title.end);
  const beside = texts.filter((text) => !inTitle.includes(text));
  const event = beside.some((text) => eventWords.test(text.data));
  const own = beside.filter((text) => !eventTime.test(text.data) && !(event && bareTime.test(text.data)));
  const short = own.filter((text) => /\d/.test(text.data) && text.data.trim().length <= 30);
  const digits = short.filter((text) => onlyDate.test(text.data));
  const published = short.filter((text) => publishing.test(text.data));
  const plain = short.filter((text) => onlyDate.test(text.data) || labelled.test(text.data));
  const dateInTitle = inTitle.filter((text) => onlyDate.test(text.data) || bracketed.test(text.data));
  return (
    dateTogether(digits) ??
    findDate(joined(digits)) ??
    dateTogether(published) ??
    dateTogether(plain) ??
    findDate(joined(plain)) ??
    // An address with a date in full knows the year that a bare month and day leave open.
    (url === null || plain.length === 0 ? null : findUrlDate(url)) ??
    monthDayOf(plain, context) ??
    findDate(joined(short)) ??
    findDate(joined(own)) ??
    findDate(joined(dateInTitle)) ??
    (url === null ? null : findUrlDate(url)) ??
    monthDayOf(dateInTitle, context) ??
    trailingDate(inTitle.map((text) => text.data).join(''))
  );
}

const publishing = /(?:发布|发表|更新|创建|添加)(?:时间|日期|于)?\s?[:：]?\s?[\d[(]/;
/** The time of what a row's summary announces. */
const eventTime =
  /(?:讲座|会议|活动|考试|报名|截止|截至|开始|结束|报告|举办|培训|面试|答辩)(?:时间|日期)?\s?[:：]?\s?(?:19|20)?\d/;
const bareTime = /(?<!\p{Script=Han})(?:时间|日期)\s?[:：]/u;
const labelled = /(?:时间|日期|date)\s?[:：]?\s?[\d[(]/i;
const bracketed = /[[(（【]\s*\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?\s*[\])）】]/;

function joined(texts: readonly PageText[]): DateText {
  const parts = texts.map((text) => text.data.trim());
  return { spaced: parts.join(' ').replace(/\s+/g, ' '), glued: parts.join('') };
}

/** A date within one element, or within the parts of one element: a row's number beside it is none of its parts. */
function dateTogether(texts: readonly PageText[]): FoundDate | null {
  for (const holder of [(text: PageText) => text.parent, (text: PageText) => parentOf(text.parent)]) {
    for (const owner of new Set(texts.map(holder))) {
      const found = findDate(joined(texts.filter((text) => holder(text) === owner)));
      if (found !== null) return found;
    }
  }
  return null;
}

function monthDayOf(
  texts: readonly PageText[],
  { fetchedAt, year }: { fetchedAt: string; year?: number | null },
): FoundDate | null {
  for (const text of texts) {
    const found = findMonthDay({ spaced: text.data.trim(), glued: text.data }, fetchedAt, year);
    if (found !== null) return found;
  }
  return findMonthDay(joined(texts), fetchedAt, year);
}

/** A date at the very end of the title's own text. */
function trailingDate(text: string): FoundDate | null {
  const found = findFullDate(text.slice(-24));
  return found !== null && /^[\s\])）】]*$/.test(text.slice(-24).slice(found.end))
    ? { publishedAt: found.publishedAt, precision: found.precision }
    : null;
}
