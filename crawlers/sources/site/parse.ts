import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import type { PageRole } from '../../../pipeline/domain/crawl.ts';
import type { GatheredPost, Metrics } from '../../../pipeline/domain/post.ts';
import type { PublishedPrecision } from '../../../pipeline/domain/time.ts';
import { readArticle } from './article.ts';
import { bodyText, findBody } from './body.ts';
import { articleAddress, baseOf, externalIdOf, isFile } from './keys.ts';
import { findArticleGroups, inOrder, type ListRow, mainList, rowsBySelector } from './list.ts';
import { judgeNotice, noticeIn, type SitePageState } from './page-state.ts';
import { findNextPage } from './pager.ts';
import { findRegions } from './regions.ts';
import { judgeRole } from './role.ts';
import { findColumns, readHints } from './site-links.ts';
import { maskMentions } from './text-of.ts';
import { parseTree } from './tree.ts';

export interface SitePage {
  /** After redirects; null for a page parsed from a file of unknown origin: links stay as written. */
  url: string | null;
  html: string;
  /** An instant; dates without a year are read relative to it. */
  fetchedAt: string;
  selectors?: SiteSelectors;
  status?: number | null;
}

/** One item as `guanlan parse` prints it; `toGatheredPost` makes of it what the store takes. */
export interface SiteItem {
  kind: 'article';
  id: string;
  /** Empty where the page links by script only. */
  url: string;
  title: string;
  text: string;
  publishedAt: string | null;
  publishedPrecision: PublishedPrecision | null;
  parentId: null;
  metrics: Metrics;
  links: string[];
  attachments: { name: string; url: string }[];
}

export interface ParsedSitePage {
  state: SitePageState;
  role: PageRole | null;
  items: SiteItem[];
  next: string | null;
  /** What the crawler may follow, on the page's own host. */
  pages: { url: string; role: PageRole }[];
}

/** Reads one page of a site: an article, a list, or a start page with several. Pure; never throws. */
export function parseSitePage(page: SitePage): ParsedSitePage {
  const tree = parseTree(page.html.replace(/\p{Surrogate}/gu, '\ufffd'));
  const selectors = page.selectors ?? {};
  const base = baseOf(tree.$('base[href]').attr('href'), page.url);
  const at = { url: page.url, base, fetchedAt: page.fetchedAt, selectors };
  const regions = findRegions(tree);
  const hints = readHints(tree);
  const groups = findArticleGroups(tree, at, regions);
  const dense = groups
    .filter((group) => group.rows.length >= 3)
    .flatMap((group) => group.rows.map((row) => row.element));
  const body = findBody(tree, regions, dense, selectors.body);
  const next = findNextPage(tree, at, selectors.nextPage);
  const text = body === null ? '' : bodyText(tree, body, []);
  const role = judgeRole(tree, { url: page.url, hints, groups, body, text, next });
  if (role === 'article' && body !== null) {
    const article = readArticle(tree, body, at, regions);
    const notice =
      article.attachments.length === 0 && article.published === null ? noticeIn(article.text) : null;
    if (notice !== null) return nothing(notice);
    const bare = article.text === '' && article.attachments.length === 0 && article.pictures === 0;
    const url = page.url ?? '';
    const item = buildItem({
      url,
      title: article.title,
      published: article.published,
      id: externalIdOf(page.url, hints),
    });
    Object.assign(item, { text: article.text, links: article.links, attachments: article.attachments });
    if (article.views !== null) item.metrics = { views: article.views };
    return { state: bare ? 'empty' : 'ok', role, items: [item], next: null, pages: [] };
  }
  const named =
    selectors.listItem === undefined
      ? null
      : rowsBySelector(tree, at, { listItem: selectors.listItem, listDate: selectors.listDate });
  if (role === 'list' || role === 'home' || named !== null) {
    const rows = named ?? (role === 'home' ? inOrder(tree, groups) : mainList(tree, groups));
    const items = rows.map((row) => rowItem(row));
    const pages = followUps(items, next, page.url, role === 'home' ? findColumns(tree, at) : []);
    return {
      state: items.length === 0 && role !== 'home' ? 'empty' : 'ok',
      role: role ?? 'list',
      items,
      next,
      pages,
    };
  }
  const state = judgeNotice(tree, page.status ?? null);
  if (state !== 'unknown-page') return nothing(state);
  const columns = findColumns(tree, at);
  // A start page that is all pictures and menus still leads on.
  if (columns.length >= 3)
    return { state: 'ok', role: 'home', items: [], next, pages: followUps([], next, page.url, columns) };
  return nothing('unknown-page');
}

/** As the store takes it. */
export function toGatheredPost(item: SiteItem, channelId: string): GatheredPost {
  const { id, ...rest } = item;
  return { ...rest, channelId, externalId: id, rootId: null };
}

function nothing(state: SitePageState): ParsedSitePage {
  return { state, role: null, items: [], next: null, pages: [] };
}

function rowItem(row: ListRow): SiteItem {
  const id = externalIdOf(row.url, { newsId: row.newsId, articleId: null });
  return buildItem({ url: row.url ?? '', title: maskMentions(row.title), published: row.published, id });
}

function buildItem(from: {
  url: string;
  title: string;
  published: { publishedAt: string; precision: PublishedPrecision } | null;
  id: string;
}): SiteItem {
  return {
    kind: 'article',
    id: from.id === '' ? `title:${from.title}` : from.id,
    url: from.url,
    title: from.title,
    text: '',
    publishedAt: from.published?.publishedAt ?? null,
    publishedPrecision: from.published?.precision ?? null,
    parentId: null,
    metrics: {},
    links: [],
    attachments: [],
  };
}

function followUps(
  items: readonly SiteItem[],
  next: string | null,
  pageUrl: string | null,
  columns: readonly string[],
) {
  const host = (url: string) => (URL.canParse(url) ? new URL(url).host : '');
  const own = pageUrl === null ? null : host(pageUrl);
  const pages = new Map<string, PageRole>();
  if (next !== null) pages.set(next, 'list');
  for (const item of items) {
    if (
      item.url !== '' &&
      !isFile(item.url) &&
      (own === null || host(item.url) === own) &&
      !pages.has(item.url)
    )
      pages.set(item.url, 'article');
  }
  for (const url of columns)
    if (!pages.has(url)) pages.set(url, articleAddress(url) === 'sure' ? 'article' : 'list');
  return [...pages].map(([url, role]) => ({ url, role }));
}
