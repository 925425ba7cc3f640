import { type ArticleIds, articleIds } from './address.ts';
import type { Literal } from './literals.ts';
import { readObject, readVariables } from './scripts.ts';

/** What the scripts of an article's page say about it. Nothing about who wrote it. */
export interface PageData {
  ids: ArticleIds | null;
  sn: string;
  /** The account's number, also where the article's own is missing. */
  biz: string;
  title: string;
  /** What the account wrote for the preview. */
  description: string;
  /** The text where the page itself has none: plain, or markup. */
  content: string;
  account: string;
  /** Epoch seconds; null where the page says nothing. */
  publishedSeconds: number | null;
  /** As on a Shanghai clock, `2025-11-07 08:31`. */
  publishedText: string;
  link: string;
  sourceLink: string;
  showType: number | null;
  pictures: string[];
  /** The page shows the beginning only: the rest is paid for. */
  isPaid: boolean;
}

const variables = [
  'biz',
  'appuin',
  'mid',
  'appmsgid',
  'idx',
  'sn',
  'ct',
  'create_time',
  'createTime',
  'oriCreateTime',
  'publish_time',
  'msg_title',
  'msg_desc',
  'nickname',
  'nick_name',
  'msg_link',
  'msg_source_url',
  'item_show_type',
  'real_item_show_type',
  'TextContentNoEncode',
  'ContentNoEncode',
  'is_pay_subscribe',
] as const;

type Fields = { [name: string]: Literal };

function asFields(value: Literal | undefined): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function textIn(...values: (Literal | undefined)[]): string {
  for (const value of values) {
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number' && value !== 0) return String(value);
  }
  return '';
}

/** Epoch seconds of a year in which the platform existed. */
function secondsIn(...values: (Literal | undefined)[]): number | null {
  for (const value of values) {
    const seconds = typeof value === 'string' && /^\d{10}$/.test(value) ? Number(value) : value;
    if (typeof seconds === 'number' && seconds > 1_300_000_000 && seconds < 4_000_000_000)
      return Math.floor(seconds);
  }
  return null;
}

function picturesIn(list: Literal | undefined): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((one) => textIn(asFields(one).cdn_url)).filter((url) => url !== '');
}

export function readPageData(scripts: readonly string[]): PageData {
  const found = readVariables(scripts, variables);
  const named = (name: (typeof variables)[number]) => found.get(name);
  // Names that libraries have as well count only where the page's own data are gathered.
  const own = readVariables(scripts, ['title', 'desc'], 'd\\.');
  const cgi = asFields(readObject(scripts, 'cgiDataNew'));
  const textPage = asFields(cgi.text_page_info);
  const biz = textIn(cgi.bizuin, named('biz'), named('appuin'));
  const listed = picturesIn(cgi.picture_page_info_list);
  const inText = picturesIn(textPage.picture_info);
  const showType = Number(
    textIn(
      cgi.real_item_show_type,
      cgi.item_show_type,
      named('real_item_show_type'),
      named('item_show_type'),
    ) || Number.NaN,
  );
  return {
    ids: articleIds(biz, textIn(cgi.mid, named('mid'), named('appmsgid')), textIn(cgi.idx, named('idx'))),
    sn: textIn(cgi.sn, named('sn')),
    biz,
    title: textIn(cgi.title, named('msg_title'), own.get('title')),
    description: textIn(cgi.desc, named('msg_desc'), own.get('desc')),
    content: textIn(
      cgi.content_noencode,
      textPage.content_noencode,
      textPage.content,
      named('TextContentNoEncode'),
      named('ContentNoEncode'),
    ),
    account: textIn(cgi.nick_name, named('nickname'), named('nick_name')),
    publishedSeconds: secondsIn(
      cgi.ori_create_time,
      named('ct'),
      cgi.create_timestamp,
      named('oriCreateTime'),
      named('create_time'),
      named('createTime'),
    ),
    publishedText: textIn(cgi.create_time, named('createTime'), named('publish_time')),
    link: textIn(cgi.link, named('msg_link')),
    sourceLink: textIn(cgi.source_url, named('msg_source_url')),
    showType: Number.isNaN(showType) ? null : showType,
    pictures:
      listed.length > 0
        ? listed
        : inText.length > 0
          ? inText
          : picturesIn(readObject(scripts, 'picture_page_info_list')),
    isPaid: cgi.is_pay_subscribe === 1 || named('is_pay_subscribe') === 1,
  };
}
