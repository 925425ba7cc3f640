/** What one article is known by, whichever of its addresses one holds. */
export interface ArticleIds {
  /** The account's number, base64 as in addresses. */
  biz: string;
  /** The number of the message; several articles may be sent in one. */
  mid: string;
  /** Its place in the message, from 1. */
  idx: string;
}

/**
 * `long` names the article; `short` only the platform can read; `temporary` (search results, previews) works for hours. `url` is
 * what may be kept: without tracking parts, and without the keys of whoever copied it.
 */
export type ArticleAddress =
  | { kind: 'long'; url: string; ids: ArticleIds; sn: string }
  | { kind: 'short'; url: string }
  | { kind: 'temporary'; url: string };

export const articleHost = 'mp.weixin.qq.com';

/** Pages escape addresses for scripts and for markup, or for both, one over the other. */
export function unescapeAddress(text: string): string {
  return text
    .trim()
    .replace(/\\x26/gi, '&')
    .replace(/(?:&|%26)amp(?:;|%3b)/gi, '&')
    .replace(/&#38;|&#x26;/gi, '&')
    .replace(/&amp;/gi, '&');
}

/** The parts of a query as they are: `+` belongs to base64 here and is no blank. */
function queryOf(url: URL): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of url.search.slice(1).split('&')) {
    const [name, ...value] = part.split('=');
    if (name === undefined || name === '' || found.has(name)) continue;
    found.set(name, safeDecode(value.join('=')));
  }
  return found;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const bizForm = /^[A-Za-z0-9+/]{8,24}={0,2}$/;

/** Null where one of the three is missing or has not the form of such a number. */
export function articleIds(biz: string, mid: string, idx: string): ArticleIds | null {
  if (!bizForm.test(biz) || !/^\d{1,12}$/.test(mid) || !/^\d{1,2}$/.test(idx) || Number(mid) === 0)
    return null;
  return { biz, mid, idx: String(Number(idx)) };
}

/** The id of an article within its channel. */
export function articleKey({ biz, mid, idx }: ArticleIds): string {
  return `${biz}:${mid}:${idx}`;
}

export function longAddress({ biz, mid, idx }: ArticleIds, sn: string): string {
  const secret = sn === '' ? '' : `&sn=${sn}`;
  return `https://${articleHost}/s?__biz=${biz}&mid=${mid}&idx=${idx}${secret}`;
}

function parseUrl(text: string): URL | null {
  const plain = unescapeAddress(text).replace(/^\/\//, 'https://');
  if (plain.length > 4000 || !URL.canParse(plain)) return null;
  const url = new URL(plain);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.hostname === articleHost && url.port === '' ? url : null;
}

/** Null for what is no address of an article on the platform. Never throws. */
export function readArticleAddress(text: string): ArticleAddress | null {
  const url = parseUrl(text);
  if (url === null) return null;
  const short = /^\/s\/([A-Za-z0-9_-]{10,64})\/?$/.exec(url.pathname)?.[1];
  if (short !== undefined) return { kind: 'short', url: `https://${articleHost}/s/${short}` };
  if (!/^\/(?:s|mp\/appmsg\/show)\/?$/.test(url.pathname)) return null;
  const query = queryOf(url);
  const part = (...names: string[]) =>
    names.map((name) => query.get(name)).find((value) => value !== undefined) ?? '';
  const ids = articleIds(part('__biz'), part('mid', 'appmsgid'), part('idx', 'itemidx'));
  const sn = /^[0-9a-f]{1,64}$/i.test(part('sn', 'sign')) ? part('sn', 'sign') : '';
  if (ids !== null) return { kind: 'long', url: longAddress(ids, sn), ids, sn };
  const isTemporary = query.has('signature') || query.has('tempkey');
  return isTemporary ? { kind: 'temporary', url: url.href.replace(/#.*$/, '') } : null;
}

export interface AlbumAddress {
  /** Asked for as JSON: the first page of the album. */
  url: string;
  biz: string;
  albumId: string;
}

const albumPageSize = 20;

/** @param after the last article of the page before */
export function albumPageAddress(
  album: Pick<AlbumAddress, 'biz' | 'albumId'>,
  after: Pick<ArticleIds, 'mid' | 'idx'> | null,
): string {
  const start = after === null ? '' : `&begin_msgid=${after.mid}&begin_itemidx=${after.idx}`;
  return `https://${articleHost}/mp/appmsgalbum?action=getalbum&__biz=${album.biz}&album_id=${album.albumId}&count=${albumPageSize}${start}&f=json`;
}

/** Null for what is no address of an album. */
export function readAlbumAddress(text: string): AlbumAddress | null {
  const url = parseUrl(text);
  if (url === null || url.pathname !== '/mp/appmsgalbum') return null;
  const query = queryOf(url);
  const biz = query.get('__biz') ?? '';
  const albumId = query.get('album_id') ?? '';
  if (!bizForm.test(biz) || !/^\d{6,24}$/.test(albumId)) return null;
  return { url: albumPageAddress({ biz, albumId }, null), biz, albumId };
}
