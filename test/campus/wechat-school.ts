import { createHash } from 'node:crypto';
import type { StoryArticle } from './content/stories/story.ts';
import { persons } from './persons.ts';
import type { StandingPublication, Timeline } from './timeline.ts';

/** The school's own official account. */
export const ownWechat = {
  biz: 'MzA5NDAwMzE3NA==',
  name: '沧澜师范学院',
  userName: 'gh_0c4a9f31e7b2',
  appId: 'wx4f0c21a9d87e35b6',
  appSecret: 'canarywechatappsecret5d20e91c73a8',
  albumId: '1645521656368381958',
} as const;

/** The numbers by which the platform knows an article. */
export interface WechatIds {
  mid: string;
  idx: string;
  sn: string;
  shortId: string;
  articleId: string;
  commentId: string;
}

export interface WechatArticle extends StandingPublication {
  ids: WechatIds;
  /** The byline: a person, to be dropped. */
  author: string;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Messages are numbered in the order of their sending; three articles a day fit between two seconds. */
function numberArticle(key: string, at: Date): WechatIds {
  const hash = digest(key);
  const minutes = Math.floor(at.getTime() / 60_000) - 28_000_000;
  return {
    mid: String(2_240_000_000 + minutes),
    idx: '1',
    sn: hash.slice(0, 32),
    shortId: Buffer.from(hash, 'hex').toString('base64url').slice(0, 22),
    articleId: Buffer.from(hash.slice(20), 'hex').toString('base64url').slice(0, 20),
    commentId: `4${BigInt(`0x${hash.slice(0, 14)}`)
      .toString()
      .padStart(18, '0')
      .slice(-18)}`,
  };
}

export function longUrl({ mid, idx, sn }: WechatIds): string {
  return `https://mp.weixin.qq.com/s?__biz=${ownWechat.biz}&mid=${mid}&idx=${idx}&sn=${sn}`;
}

export function shortUrl({ shortId }: WechatIds): string {
  return `https://mp.weixin.qq.com/s/${shortId}`;
}

/** The timeline in WeChat's numbers. */
export class WechatSchool {
  readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  now(): Date {
    return this.timeline.now();
  }

  /** Newest first. */
  articles(): WechatArticle[] {
    return this.timeline.listArticles().map((article) => ({
      ...article,
      ids: numberArticle(article.key, article.at),
      author: persons[article.key.length % persons.length]?.name ?? '',
    }));
  }

  /** What once stood and was taken down. */
  gone(): { source: StoryArticle; at: Date; ids: WechatIds }[] {
    const now = this.now();
    const standing = new Set(this.articles().map(({ key }) => key));
    return this.timeline
      .articleKeys()
      .filter(({ key, at }) => at <= now && !standing.has(key))
      .map(({ key, at, source }) => ({ source, at, ids: numberArticle(key, at) }));
  }

  find(matches: (ids: WechatIds) => boolean): WechatArticle | 'gone' | null {
    const standing = this.articles().find(({ ids }) => matches(ids));
    return standing ?? (this.gone().some(({ ids }) => matches(ids)) ? 'gone' : null);
  }
}

/** First line of a text without a title of its own. */
export function titleOf(article: WechatArticle): string {
  return article.source.form === 'text' ? '' : article.source.title;
}
