import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import type { PageRole } from '../../../pipeline/domain/crawl.ts';
import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import { readArticle } from './article.ts';
import { type ArticleBody, bodyText, findBody } from './body.ts';
import { PageTooComplex } from './bounded-html.ts';
import { articleAddress, baseOf, externalIdOf, isFile } from './keys.ts';
import { type ArticleGroup, findArticleGroups, inOrder, mainList, rowsBySelector } from './list.ts';
import type { ListRow } from './list-row.ts';
import { isMachineError, isMachineErrorPage } from './machine-error.ts';
import { judgeNotice, noticeIn, type SitePageState } from './page-state.ts';
import { findNextPage } from './pager.ts';
import { findRegions, type Regions } from './regions.ts';
import { isStartAddress, isWeak, judgeRole } from './role.ts';
import { buildItem, type SiteItem } from './site-item.ts';
import { findColumns, findMove, type PageScripts, readScripts } from './site-links.ts';
import { holds, type PageTree, parseTree, select } from './tree.ts';

export interface SitePage {
  /** After redirects; null for a page parsed from a file of unknown origin: links stay as written. */
  url: string | null;
  html: string;
  /** An instant; dates without a year are read relative to it. */
  fetchedAt: string;
  selectors?: SiteSelectors;
  status?: number | null;
}

export interface ParsedSitePage {
  state: SitePageState;
  role: PageRole | null;
  items: SiteItem[];
  next: string | null;
  /** What the crawler may follow, on the page's own host. */
  pages: { url: string; role: PageRole }[];
  /** Why a page is unknown, where that can be said without quoting it. */
  reason?: string;
}

/** A feed is not a page of a site, though a browser shows it as one. */
const feed = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]/i;

/** One page while it is being read. */
interface Reading {
  tree: PageTree;
  url: string | null;
  base: string | null;
  fetchedAt: string;
  selectors: SiteSelectors;
  status: number | null;
  regions: Regions;
  scripts: PageScripts;
}

/** Reads one page of a site: an article, a list, or a start page with several. Pure; never throws. */
export function parseSitePage(page: SitePage): ParsedSitePage {
  if (feed.test(page.html.slice(0, 5000))) return nothing('unknown-page');
  try {
    const html = page.html.replace(/\p{Surrogate}/gu, '\ufffd');
    return readTree(page, parseTree(html, page.selectors?.ignore));
  } catch (error) {
    if (error instanceof PageTooComplex) return { ...nothing('unknown-page'), reason: error.message };
    throw error;
  }
}

function readTree(page: SitePage, tree: PageTree): ParsedSitePage {
  if (isMachineErrorPage(tree)) return nothing('unknown-page');
  const reading: Reading = {
    tree,
    url: page.url,
    base: baseOf(tree.$('base[href]').attr('href'), page.url),
    fetchedAt: page.fetchedAt,
    selectors: page.selectors ?? {},
    status: page.status ?? null,
    regions: findRegions(tree),
    scripts: readScripts(tree),
  };
  const found = findArticleGroups(tree, reading, reading.regions);
  const rows = found.filter((group) => group.rows.length >= 3).flatMap((group) => group.rows);
  const elements = rows.map((row) => row.element);
  const body = findBody(tree, reading.regions, elements, {
    url: page.url,
    selector: reading.selectors.body,
  });
  // Links that an editor has put into a text are part of the text.
  const groups = found.filter((group) => !(body?.known === true && holdsGroup(tree, body, group)));
  const next = findNextPage(tree, reading, reading.selectors.nextPage);
  const text = body === null ? '' : bodyText(tree, body, []);
  const role = judgeRole(tree, { url: page.url, scripts: reading.scripts, groups, body, text, next });
  const named = namedRole(reading);
  if (named === 'list' || (reading.selectors.listItem !== undefined && role !== 'article'))
    return readNamedList(reading, next);
  if ((role === 'article' || named === 'article') && body !== null) return readArticlePage(reading, body);
  if (role === 'list' || role === 'home') return readListPage(reading, { role, groups, next });
  return readOtherPage(reading, next);
}

/** Where the keeper has named both rows and text, what is there of them tells lists from articles; null where both or neither is. */
function namedRole({ tree, selectors }: Reading): 'list' | 'article' | null {
  if (selectors.listItem === undefined || selectors.body === undefined) return null;
  const hasRows = select(tree, selectors.listItem).length > 0;
  const hasText = select(tree, selectors.body).length > 0;
  if (hasRows === hasText) return null;
  return hasRows ? 'list' : 'article';
}

function holdsGroup(tree: PageTree, body: ArticleBody, group: ArticleGroup): boolean {
  return body.elements.some((part) => holds(tree, part, group.container));
}

function readArticlePage(reading: Reading, body: ArticleBody): ParsedSitePage {
  const article = readArticle(reading.tree, body, reading, reading.regions);
  if (isMachineError(article.text)) return nothing('unknown-page');
  const plain = article.attachments.length === 0 && (article.published === null || !body.known);
  // A page of unknown make that shows no date may be all notice, whatever surrounds it.
  const mayBeNotice = plain && !body.known && article.published === null;
  const whole = mayBeNotice ? judgeNotice(reading.tree, reading.status) : null;
  const notice = plain ? (noticeIn(article.text) ?? whole) : null;
  if (notice !== null) return nothing(notice);
  const bare = article.text === '' && article.attachments.length === 0 && article.pictures === 0;
  const item = buildItem({
    url: reading.url ?? '',
    title: article.title,
    published: article.published,
    id: externalIdOf(reading.url, reading.scripts),
  });
  const { text, links, attachments, images, views } = article;
  const metrics = views === null ? {} : { views };
  const filled: SiteItem = { ...item, text, links, attachments, images, metrics };
  return { state: bare ? 'empty' : 'ok', role: 'article', items: [filled], next: null, pages: [] };
}

function readListPage(
  reading: Reading,
  list: { role: 'list' | 'home'; groups: readonly ArticleGroup[]; next: string | null },
): ParsedSitePage {
  const { tree, status } = reading;
  const { role, groups, next } = list;
  const notice = groups.length > 0 && isWeak(groups) ? judgeNotice(tree, status) : null;
  if (notice !== null) return nothing(notice);
  const items = (role === 'home' ? inOrder(tree, groups) : mainList(tree, groups)).map(rowItem);
  const pages = followUps(items, next, reading.url, role === 'home' ? findColumns(tree, reading) : []);
  return { state: items.length === 0 ? 'empty' : 'ok', role, items, next, pages };
}

function readNamedList(reading: Reading, next: string | null): ParsedSitePage {
  const { listItem = '', listDate } = reading.selectors;
  const items = rowsBySelector(reading.tree, reading, { listItem, listDate }).map(rowItem);
  if (items.length === 0) return readOtherPage(reading, next);
  return { state: 'ok', role: 'list', items, next, pages: followUps(items, next, reading.url, []) };
}

/** Neither article nor list: a refusal or notice, a start page that is all pictures and menus, or an unknown page. */
function readOtherPage(reading: Reading, next: string | null): ParsedSitePage {
  const state = judgeNotice(reading.tree, reading.status);
  // A script that waits before it goes on looks like a firewall's.
  const moved = state === null || state === 'blocked' ? findMove(reading.tree, reading) : null;
  if (moved !== null)
    return { state: 'ok', role: 'home', items: [], next: null, pages: [{ url: moved, role: 'home' }] };
  const columns = state === null ? findColumns(reading.tree, reading) : [];
  // One column is enough where nothing but a start page is expected; elsewhere a few links are any page's menu.
  if (columns.length < (isStartAddress(reading.url) ? 1 : 3)) return nothing(state ?? 'unknown-page');
  const pages = followUps([], next, reading.url, columns);
  return { state: 'ok', role: 'home', items: [], next, pages };
}

function nothing(state: SitePageState): ParsedSitePage {
  return { state, role: null, items: [], next: null, pages: [] };
}

function rowItem(row: ListRow): SiteItem {
  const id = externalIdOf(row.url, { newsId: row.newsId, articleId: null });
  return buildItem({ url: row.url ?? '', title: maskMentions(row.title), published: row.published, id });
}

function followUps(
  items: readonly SiteItem[],
  next: string | null,
  pageUrl: string | null,
  columns: readonly string[],
): { url: string; role: PageRole }[] {
  const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');
  const own = pageUrl === null ? null : hostOf(pageUrl);
  const pages = new Map<string, PageRole>();
  if (next !== null) pages.set(next, 'list');
  for (const { url } of items) {
    if (url === '' || isFile(url) || (own !== null && hostOf(url) !== own)) continue;
    if (!pages.has(url)) pages.set(url, 'article');
  }
  for (const url of columns) {
    if (!pages.has(url)) pages.set(url, articleAddress(url) === 'sure' ? 'article' : 'list');
  }
  return [...pages].map(([url, role]) => ({ url, role }));
}
