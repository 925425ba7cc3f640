import { wholeSecond } from './calendar.ts';
import { wordsOf } from './spoken-text.ts';
import {
  longUrl,
  ownWechat,
  shortUrl,
  titleOf,
  type WechatArticle,
  type WechatSchool,
} from './wechat-school.ts';
import type { ExpectedRemark } from './weibo-expected.ts';

/** What a crawler should take from an article of the school's own account. */
export interface ExpectedPublication {
  key: string;
  biz: string;
  mid: string;
  idx: string;
  form: 'article' | 'image' | 'text';
  /** Short and long: the same article. */
  urls: readonly string[];
  /** Empty for a text without one. */
  title: string;
  words: readonly string[];
  publishedAt: string;
  /** Sent to all followers: no interface lists it, only the album and its own address. */
  massSent: boolean;
  edits: number;
  /** `id` is the number of the comment within its article; replies of the account bear that of what they answer. */
  remarks: readonly ExpectedRemark[];
}

function expectedRemarks(article: WechatArticle, school: WechatSchool): ExpectedRemark[] {
  const number = (key: string) => key.split('/')[1] ?? '';
  return school.timeline.listRemarks(article.key).map((remark) => ({
    key: remark.key,
    id: number(remark.replyTo ?? remark.key),
    words: wordsOf(remark.text),
    publishedAt: wholeSecond(remark.at),
    parentId: remark.replyTo === null ? article.ids.mid : number(remark.replyTo),
    rootId: article.ids.mid,
    official: remark.official,
    likes: 0,
  }));
}

/** As things stand now. */
export function buildExpectedPublications(school: WechatSchool): ExpectedPublication[] {
  return school.articles().map((article) => ({
    key: article.key,
    biz: ownWechat.biz,
    mid: article.ids.mid,
    idx: article.ids.idx,
    form: article.source.form ?? 'article',
    urls: [shortUrl(article.ids), longUrl(article.ids)],
    title: titleOf(article),
    words: article.paragraphs.flatMap(wordsOf),
    publishedAt: wholeSecond(article.at),
    massSent: article.source.massSent ?? false,
    edits: article.edits,
    remarks: expectedRemarks(article, school),
  }));
}
