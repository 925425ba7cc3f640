import { z } from 'zod';
import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import { noAnswer, type ParsedItem, type ParsedResponse } from '../parsed.ts';
import { PageTooComplex } from '../site/bounded-html.ts';
import { lineOf } from '../site/text-of.ts';
import { parseTree, select, within } from '../site/tree.ts';
import {
  type ArticleIds,
  albumPageAddress,
  articleIds,
  articleKey,
  longAddress,
  readAlbumAddress,
  readArticleAddress,
} from './address.ts';
import { decodeEntities } from './literals.ts';
import { readVariables, splitPage } from './scripts.ts';

const Digits = z.union([z.string(), z.number()]).transform(String);

const AlbumArticle = z.object({
  title: z.string().catch(''),
  url: z.string().catch(''),
  msgid: Digits.catch(''),
  itemidx: Digits.catch(''),
  create_time: Digits.catch(''),
});

/** As the platform answers; one article alone comes without its list. */
export const AlbumBody = z.object({
  base_resp: z.object({ ret: z.coerce.number() }).optional(),
  getalbum_resp: z.object({
    article_list: z
      .union([z.array(AlbumArticle), AlbumArticle.transform((one) => [one])])
      .optional()
      .catch(undefined),
    continue_flag: Digits.optional().catch(undefined),
    base_info: z
      .object({ article_count: Digits.optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});

interface Row {
  title: string;
  url: string;
  mid: string;
  idx: string;
  seconds: string;
}

function buildItem(row: Row, biz: string): ParsedItem | null {
  const address = readArticleAddress(row.url);
  const named = address?.kind === 'long' ? address.ids : null;
  const ids: ArticleIds | null = named ?? articleIds(biz, row.mid, row.idx);
  if (address === null && ids === null) return null;
  const seconds = /^\d{10}$/.test(row.seconds) ? Number(row.seconds) : null;
  return {
    kind: 'article',
    id: ids === null ? (address?.url ?? '') : articleKey(ids),
    url: address?.url ?? (ids === null ? '' : longAddress(ids, '')),
    title: maskMentions(decodeEntities(row.title).replace(/\s+/g, ' ').trim()),
    text: '',
    publishedAt: seconds === null ? null : new Date(seconds * 1000).toISOString(),
    publishedPrecision: seconds === null ? null : 'second',
    parentId: null,
    rootId: null,
    official: true,
    metrics: {},
    links: [],
    attachments: [],
    traits: {},
  };
}

interface AlbumPage {
  rows: readonly Row[];
  goesOn: boolean;
  total: number | null;
  url: string | null;
  biz: string;
}

function respond({ rows, goesOn, total, url, biz }: AlbumPage): ParsedResponse {
  const album = url === null ? null : readAlbumAddress(url);
  const items = rows.map((row) => buildItem(row, album?.biz ?? biz)).filter((item) => item !== null);
  const last = rows.at(-1);
  const next =
    goesOn && album !== null && last !== undefined && /^\d+$/.test(last.mid)
      ? albumPageAddress(album, last)
      : null;
  if (items.length === 0)
    return noAnswer(total === 0 ? 'empty' : 'unknown-page', 'an album without articles');
  return { state: 'ok', items, next, total, objected: 0 };
}

/** @param url the address asked for, which the next page's is made of */
export function readAlbumBody(body: z.infer<typeof AlbumBody>, url: string | null): ParsedResponse {
  const ret = body.base_resp?.ret ?? 0;
  // What the platform says to a reader without a session, or with one that has ended.
  if (ret === -3 || ret === 200003 || ret === 200040)
    return noAnswer('login-required', `the album is not shown (${ret})`);
  if (ret !== 0) return noAnswer('blocked', `the album is not shown (${ret})`);
  const { article_list: list = [], continue_flag: flag, base_info: info } = body.getalbum_resp;
  const total = Number(info?.article_count ?? Number.NaN);
  const rows = list.map(({ title, url: link, msgid, itemidx, create_time }) => ({
    title,
    url: link,
    mid: msgid,
    idx: itemidx,
    seconds: create_time,
  }));
  if (rows.length === 0 && flag === '0') return { ...noAnswer('empty'), total: 0 };
  return respond({ rows, goesOn: flag === '1', total: Number.isNaN(total) ? null : total, url, biz: '' });
}

/** The album as a page. Null when it is none. */
export function readAlbumPage(html: string, url: string | null): ParsedResponse | null {
  if (!/album__list-item|js_album_item/.test(html)) return null;
  const { html: bare, scripts } = splitPage(html);
  try {
    const tree = parseTree(bare);
    const rows = select(tree, '.album__list-item, .js_album_item').map((element) => {
      const { attribs } = element;
      const time = within(tree, element).find((one) =>
        /\bjs_article_create_time\b/.test(one.attribs.class ?? ''),
      );
      return {
        title: attribs['data-title'] ?? lineOf(element),
        url: attribs['data-link'] ?? '',
        mid: attribs['data-msgid'] ?? '',
        idx: attribs['data-itemidx'] ?? '',
        seconds: time === undefined ? '' : lineOf(time),
      };
    });
    const biz = readVariables(scripts, ['biz', '__biz']).get('biz');
    const goesOn = scripts.some((code) => /continue_flag['"]?\s*:\s*['"]1['"]/.test(code.slice(0, 500_000)));
    return respond({ rows, goesOn, total: null, url, biz: typeof biz === 'string' ? biz : '' });
  } catch (error) {
    if (error instanceof PageTooComplex) return noAnswer('unknown-page', error.message);
    throw error;
  }
}
