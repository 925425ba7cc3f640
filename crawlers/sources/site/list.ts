import { articleAddress, isFile, listAddress } from './keys.ts';
import { isNeighbour, type ListRow, readRow } from './list-row.ts';
import { nextWords } from './pager.ts';
import type { Regions } from './regions.ts';
import { rowDate } from './row-content.ts';
import { findGroups, type RawGroup, rowIn, textLengths } from './rows.ts';
import { classAndId, type Element, holds, type PageTree, parentOf, select } from './tree.ts';
import { yearsOver } from './year-headings.ts';

/** Rows that look like a list of articles; `score` compares groups of one page. */
export interface ArticleGroup {
  rows: ListRow[];
  container: Element;
  score: number;
  dated: number;
  addressed: number;
  known: boolean;
}

const listName =
  /(?:^|[\s_-])(?:wp_article_list|news_?list|article_?list|list_?news|newslist|wp_news_w\d+|list_?item|list_?con|list_?box|listcon|text_?list|txt_?list|page_?list|main_?list|right_?list|lists?|ul_?list|tz_?list)(?:$|[\s_-]|\d)/i;
/** What says more than this beside its link, and is one of two at most, is no row. */
const longestOfFew = 150;
const furniture =
  /^(?:首页|网站首页|返回首页|上一?[页条篇]|下一?[页条篇]|尾页|末页|第一页|最后一页|更多|more|登录|注册|english|中文|返回|关闭|打印|收藏|设为首页|加入收藏|联系我们|网站地图|版权声明|\d+|[<>»«]+)$/i;

/** All groups of the page that may be lists of articles, best first. */
export function findArticleGroups(
  tree: PageTree,
  page: { url: string | null; base: string | null; fetchedAt: string },
  regions: Regions,
): ArticleGroup[] {
  const groups: ArticleGroup[] = [];
  const yearAt = yearsOver(tree);
  const lengthOf = textLengths(tree);
  for (const raw of findGroups(tree, page.base, regions)) {
    // Reading rows costs; menus are told by where they stand and what they lead to.
    const group = judgeGroup(tree, raw, { ...page, regions, yearAt, lengthOf });
    if (group !== null) groups.push(group);
  }
  const paged = groupBeforePager(tree, groups);
  if (paged !== null) paged.score += 4;
  return groups.sort((a, b) => b.score - a.score);
}

/** The list a pager belongs to is the one that ends just above it. */
function groupBeforePager(tree: PageTree, groups: readonly ArticleGroup[]): ArticleGroup | null {
  const pager = tree.texts.find((text) => !text.hidden && nextWords.test(text.data.trim()));
  if (pager === undefined) return null;
  let nearest: ArticleGroup | null = null;
  let nearestEnd = -1;
  for (const group of groups) {
    const last = group.rows.at(-1);
    const end = last === undefined ? -1 : tree.spanOf(last.element).end;
    if (end <= pager.at && end > nearestEnd) [nearest, nearestEnd] = [group, end];
  }
  return nearest;
}

/** The rows a site's keeper has named. */
export function rowsBySelector(
  tree: PageTree,
  page: { url: string | null; base: string | null; fetchedAt: string },
  selectors: { listItem: string; listDate?: string | undefined },
): ListRow[] {
  const dates = selectors.listDate === undefined ? [] : select(tree, selectors.listDate);
  const rows: ListRow[] = [];
  for (const element of select(tree, selectors.listItem)) {
    const raw = rowIn(tree, element, page.base);
    if (raw === null) continue;
    const row = readRow(tree, raw, page);
    const dateElement = dates.find((date) => holds(tree, element, date));
    if (dateElement !== undefined)
      row.published =
        rowDate(tree, dateElement, raw.anchor, { url: null, fetchedAt: page.fetchedAt }) ?? row.published;
    rows.push(row);
  }
  return rows;
}

function judgeGroup(
  tree: PageTree,
  raw: RawGroup,
  page: {
    url: string | null;
    fetchedAt: string;
    regions: Regions;
    yearAt: (row: Element) => number | null;
    lengthOf: (element: Element) => number;
  },
): ArticleGroup | null {
  const { regions, yearAt, lengthOf } = page;
  const few = raw.rows.length < 3;
  const rows = raw.rows
    .filter((row) => !few || lengthOf(row.element) - lengthOf(row.anchor) <= longestOfFew)
    .map((row) => readRow(tree, row, { fetchedAt: page.fetchedAt, year: yearAt(row.element) }))
    .filter((row) => isTitle(row) && !furniture.test(row.title) && !isNeighbour(tree, row.element));
  if (rows.length === 0) return null;
  const known = isKnownList(raw, rows.length);
  const shares = measure(rows, page.url);
  const inNavigation = regions.inNavigation(raw.container);
  if (!isPlausible(rows, shares, known)) return null;
  if (inNavigation && (shares.dated < 0.5 || rows.length < 3)) return null;
  const score =
    shares.dated * 5 +
    shares.addressed * 2 +
    shares.sure * 2 +
    (shares.length >= 10 ? 2 : shares.length >= 6 ? 1 : 0) +
    (known ? 2 : 0) +
    Math.min(rows.length, 20) / 4 -
    (inNavigation ? 6 : 0) -
    shares.outside * 4 -
    shares.columns * 4 -
    (regions.inSide(raw.container) ? 2 : 0);
  return { rows, container: raw.container, score, dated: shares.dated, addressed: shares.addressed, known };
}

/** Names and words of one character are titles where a date stands beside them. */
function isTitle(row: ListRow): boolean {
  return row.title.length >= 2 || (row.published !== null && /\p{Script=Han}/u.test(row.title));
}

/** Which share of the rows is dated, leads to articles, to other hosts, to lists; and how long a title is on average. */
function measure(rows: readonly ListRow[], pageUrl: string | null) {
  const share = (test: (row: ListRow) => boolean) => rows.filter(test).length / rows.length;
  const leads = (test: (url: string) => boolean) => share((row) => row.url !== null && test(row.url));
  const named = share((row) => row.newsId !== null && row.url === null);
  return {
    dated: share((row) => row.published !== null),
    addressed: named + leads((url) => articleAddress(url) !== null || isArticleElsewhere(url)),
    sure: named + leads((url) => articleAddress(url) === 'sure'),
    outside: leads(
      (url) => isOutside(url, pageUrl) && !isArticleElsewhere(url) && articleAddress(url) === null,
    ),
    columns: leads(listAddress),
    length: rows.reduce((sum, row) => sum + Math.min(row.title.length, 40), 0) / rows.length,
  };
}

function isPlausible(rows: readonly ListRow[], shares: ReturnType<typeof measure>, known: boolean): boolean {
  const { dated, addressed, sure, outside, columns, length } = shares;
  // One link with a date about it may be anything; as a list it must lead to an article.
  if (
    rows.length === 1 &&
    !known &&
    !rows.every((row) => row.url !== null && articleAddress(row.url) !== null)
  )
    return false;
  return (
    dated >= 0.5 ||
    (sure >= 0.5 && length >= 4 && (rows.length >= 2 || known)) ||
    (addressed >= 0.5 && length >= 6 && rows.length >= 2) ||
    (outside < 0.5 && columns < 0.5 && ((known && length >= 5) || (length >= 10 && rows.length >= 4)))
  );
}

function isKnownList(raw: RawGroup, count: number): boolean {
  if (raw.rows.some((row) => row.element.attribs.id?.startsWith('line_') === true)) return true;
  for (
    let at: Element | null = raw.container, level = 0;
    at !== null && level < 3;
    at = parentOf(at), level += 1
  ) {
    if (at.name === 'body') return false;
    if (count >= 2 && listName.test(classAndId(at))) return true;
  }
  return false;
}

function isArticleElsewhere(url: string): boolean {
  return /^https?:\/\/mp\.weixin\.qq\.com\/s/i.test(url) || isFile(url);
}

function isOutside(url: string, pageUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  if (pageUrl === null || !URL.canParse(pageUrl)) return true;
  return new URL(url).host !== new URL(pageUrl).host;
}

/** The list a page is about, with blocks of the same list that are made differently, such as a headline row. */
export function mainList(tree: PageTree, groups: readonly ArticleGroup[]): ListRow[] {
  const main = groups[0];
  if (main === undefined) return [];
  const frame = parentOf(main.container);
  const near = groups
    .slice(1)
    .filter(
      (group) =>
        frame !== null &&
        frame.name !== 'body' &&
        (group.container === frame || parentOf(group.container) === frame) &&
        (group.dated >= 0.5 || (main.dated < 0.5 && group.addressed >= 0.5)),
    );
  return inOrder(tree, [main, ...near]);
}

/** Rows of several groups in page order, each target once; the row that says more stays. */
export function inOrder(tree: PageTree, groups: readonly ArticleGroup[]): ListRow[] {
  const rows = groups.flatMap((group) => group.rows);
  rows.sort((a, b) => tree.spanOf(a.element).start - tree.spanOf(b.element).start);
  const byTarget = new Map<string, ListRow>();
  for (const row of rows) {
    const key = row.url ?? row.newsId ?? `${byTarget.size}:${row.title}`;
    const known = byTarget.get(key);
    if (known === undefined) byTarget.set(key, row);
    else {
      if (known.title.length < row.title.length) known.title = row.title;
      known.published ??= row.published;
    }
  }
  return [...byTarget.values()];
}
