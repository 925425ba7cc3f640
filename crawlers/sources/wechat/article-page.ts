import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import type { PublishedPrecision } from '../../../pipeline/domain/time.ts';
import { noAnswer, type ParsedItem, type ParsedResponse } from '../parsed.ts';
import { PageTooComplex } from '../site/bounded-html.ts';
import { findFullDate } from '../site/dates.ts';
import { lineOf } from '../site/text-of.ts';
import { type Element, type PageTree, parseTree, select } from '../site/tree.ts';
import {
  type ArticleAddress,
  type ArticleIds,
  articleKey,
  longAddress,
  readArticleAddress,
  unescapeAddress,
} from './address.ts';
import { type BodyContent, readBody, readContent } from './body.ts';
import { findNotice, movedTo, type Notice, noticeMeanings } from './notice.ts';
import { type PageData, readPageData } from './page-data.ts';
import { splitPage } from './scripts.ts';

/** As the platform numbers what a page shows. */
const showTypes = { article: 0, video: 5, music: 6, audio: 7, image: 8, text: 10, short: 17 } as const;

/** What stands in place of a title where the account gave none. */
const noTitle = /^(?:分享(?:图片|视频|音频|音乐|文字)?|无标题|undefined|null)$/;
const longestTitle = 200;

/** An article's page, and what only the crawler asks about it: whose it is, and which notice stands there instead. */
export interface ArticlePage {
  response: ParsedResponse;
  /** The account's number; empty where the page does not say. */
  biz: string;
  ids: ArticleIds | null;
  /** The part of its address that lets a reader in; empty where the page does not say. */
  sn: string;
  notice: Notice | null;
  pictures: string[];
}

/** @param url the address asked for; null for a file of unknown origin. Never throws. */
export function readArticlePage(html: string, url: string | null): ArticlePage {
  const nobody = { biz: '', ids: null, sn: '', notice: null, pictures: [] };
  const { html: bare, scripts, written } = splitPage(html);
  try {
    const tree = parseTree(bare);
    const said = readPageData(scripts);
    const data = said.content === '' ? { ...said, content: written[0] ?? '' } : said;
    if (isArticle(tree, data)) return readArticle(tree, data, url);
    const notice = findNotice(tree, scripts, url);
    if (notice === null)
      return { ...nobody, response: noAnswer('unknown-page', 'no article and no notice of the platform') };
    const { state, reason } = noticeMeanings[notice];
    const moved = notice === 'account-moved' ? movedTo(scripts) : null;
    return { ...nobody, notice, response: { ...noAnswer(state, reason), next: moved } };
  } catch (error) {
    if (!(error instanceof PageTooComplex)) throw error;
    return { ...nobody, response: noAnswer('unknown-page', error.message) };
  }
}

const articlePlaces =
  '#js_article, #js_content, #img-content, #activity-name, #js_text_desc, #js_image_desc, .rich_media_content';

/** A notice may be quoted by an article; an article is no notice. */
function isArticle(tree: PageTree, data: PageData): boolean {
  if (data.ids !== null && (data.title !== '' || data.content !== '')) return true;
  const place = tree.$(articlePlaces);
  if (place.length === 0) return false;
  return tree.$('.weui-msg__title, .mesg-block').length === 0 || tree.$('#js_content').text().trim() !== '';
}

function first(tree: PageTree, selector: string): Element | undefined {
  return select(tree, selector)[0];
}

function lineAt(tree: PageTree, selector: string): string {
  for (const element of select(tree, selector)) {
    const line = lineOf(element);
    if (line !== '') return line;
  }
  return '';
}

function meta(tree: PageTree, name: string): string {
  return (tree.$(`meta[property="${name}"], meta[name="${name}"]`).attr('content') ?? '').trim();
}

const emptyBody: BodyContent = { text: '', links: [], pictures: [], images: [], attachments: [] };

/** Where the page has its text: in its body, or in what its scripts hold for the kinds that are built by them. */
function findBody(tree: PageTree, data: PageData): BodyContent {
  const isPlainKind = data.showType !== null && data.showType !== showTypes.article;
  const root =
    first(tree, '#js_content') ??
    first(tree, '.rich_media_content') ??
    first(tree, '#js_text_desc, #js_image_desc');
  const held = readContent(data.content);
  if (isPlainKind && held.text !== '') return held;
  const shown = root === undefined ? emptyBody : readBody(tree, isPlainKind ? textPlace(tree, root) : root);
  const isShown = shown.text !== '' || shown.pictures.length > 0 || shown.attachments.length > 0;
  if (isShown) return shown;
  if (held.text !== '' || held.pictures.length > 0) return held;
  const described = data.description !== '' ? data.description : meta(tree, 'description');
  return isPlainKind ? { ...shown, text: readContent(described).text } : shown;
}

/** Pages of pictures and texts keep more in their body than what was written: names, buttons, dates. */
function textPlace(tree: PageTree, root: Element): Element {
  return first(tree, '#js_text_desc, #js_image_desc, .share_notice, #js_share_notice') ?? root;
}

function titleOf(tree: PageTree, data: PageData, body: BodyContent): string {
  const candidates = [
    lineAt(tree, '#activity-name, #js_text_title, .rich_media_title, .common_share_title'),
    readContent(meta(tree, 'og:title')).text,
    readContent(data.title).text,
    readContent(meta(tree, 'twitter:title')).text,
    lineAt(tree, 'head > title'),
  ].map((title) => maskMentions(title.replace(/\s+/g, ' ').trim()));
  const [firstLine = ''] = body.text.split('\n');
  const title = candidates.find((one) => one !== '' && !noTitle.test(one)) ?? '';
  // Texts without a title have their own beginning, or the whole of themselves, in its place.
  const isBeginning = title.length > 40 && body.text.replace(/\s+/g, ' ').startsWith(title.slice(0, 40));
  const found = title === '' || (isBeginning && data.showType === showTypes.text) ? firstLine : title;
  return found.length > longestTitle ? `${found.slice(0, longestTitle - 1)}…` : found;
}

/** The place that a script fills is empty as the page is sent; so the scripts' own word comes first. */
function publishedOf(
  tree: PageTree,
  data: PageData,
): { at: string | null; precision: PublishedPrecision | null } {
  if (data.publishedSeconds !== null) {
    return { at: new Date(data.publishedSeconds * 1000).toISOString(), precision: 'second' };
  }
  for (const text of [data.publishedText, lineAt(tree, '#publish_time'), lineAt(tree, '#post-date')]) {
    const found = findFullDate(text);
    if (found !== null) return { at: found.publishedAt, precision: found.precision };
  }
  return { at: null, precision: null };
}

/** The address that lasts, before one that only was asked for. */
function addressOf(asked: ArticleAddress | null, data: PageData): string {
  const link = data.link === '' ? null : readArticleAddress(data.link);
  if (asked !== null && asked.kind !== 'temporary') return asked.url;
  if (link !== null && link.kind !== 'temporary') return link.url;
  if (data.ids !== null && data.sn !== '') return longAddress(data.ids, data.sn);
  return asked?.url ?? '';
}

function idsOf(asked: ArticleAddress | null, data: PageData): ArticleIds | null {
  if (data.ids !== null) return data.ids;
  const link = data.link === '' ? null : readArticleAddress(data.link);
  const named = [asked, link].find((address) => address?.kind === 'long');
  return named?.kind === 'long' ? named.ids : null;
}

/** Without the article's own numbers the address it was asked for by must do, and at last its title. */
function idOf(ids: ArticleIds | null, asked: ArticleAddress | null, title: string): string {
  if (ids !== null) return articleKey(ids);
  return asked?.kind === 'short' ? `s:${asked.url.split('/').at(-1)}` : `title:${title}`;
}

function linksOf(tree: PageTree, data: PageData, body: BodyContent): string[] {
  const around = [
    data.sourceLink,
    ...['data-url', 'href'].map((name) => tree.$('#js_share_source').attr(name) ?? ''),
  ]
    .map((link) => unescapeAddress(link))
    .filter((link) => /^https?:\/\//i.test(link) && URL.canParse(link));
  return [...new Set([...body.links, ...around])];
}

function readArticle(tree: PageTree, data: PageData, url: string | null): ArticlePage {
  const asked = url === null ? null : readArticleAddress(url);
  const ids = idsOf(asked, data);
  const body = findBody(tree, data);
  const pictures = (
    data.pictures.length > 0 && data.showType !== showTypes.article ? data.pictures : body.pictures
  ).map(unescapeAddress);
  const isPictures = data.showType === showTypes.image;
  const title = titleOf(tree, data, body);
  const who = {
    biz: data.biz !== '' ? data.biz : (ids?.biz ?? ''),
    ids,
    sn: data.sn,
    notice: null,
    pictures,
  };
  if (title === '' && body.text === '' && pictures.length === 0 && body.attachments.length === 0) {
    return { ...who, response: noAnswer('unknown-page', 'an article’s page without title, text or picture') };
  }
  const { at, precision } = publishedOf(tree, data);
  const item: ParsedItem = {
    kind: 'article',
    id: idOf(ids, asked, title),
    url: addressOf(asked, data),
    title,
    text: body.text,
    publishedAt: at,
    publishedPrecision: precision,
    parentId: null,
    rootId: null,
    official: true,
    metrics: {},
    links: linksOf(tree, data, body),
    attachments: [
      ...body.attachments,
      ...(isPictures ? pictures.map((picture, i) => ({ name: `图片${i + 1}`, url: picture })) : []),
    ],
    images: data.pictures.length > 0 && isPictures ? pictures : body.images,
    traits: data.isPaid ? { truncated: true } : {},
  };
  return { ...who, response: { state: 'ok', items: [item], next: null, total: null, objected: 0 } };
}
