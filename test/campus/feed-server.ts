import { createHash } from 'node:crypto';
import { instantAt, wholeSecond } from './calendar.ts';
import type { SiteName } from './content/article.ts';
import { type CampusVideo, videos } from './content/videos.ts';
import { type FeedEntry, renderAtom, renderHubRss, renderOldRss, renderRdf } from './feed-documents.ts';
import { encodeGbk } from './gbk.ts';
import {
  openPlatformServer,
  type PlatformAnswer,
  type PlatformRequest,
  pageAnswer,
} from './platform-server.ts';
import type { School, StandingArticle } from './school.ts';
import type { CampusRequest } from './site-server.ts';
import { plainText, readTokens } from './spoken-text.ts';
import type { Timeline } from './timeline.ts';
import { WeiboSchool } from './weibo-school.ts';
import { ownWeibo } from './weibo-users.ts';

/** The school's number at the video platform. */
const videoAccount = '3546802917';

const entriesMax = 15;

type FeedTrouble = 'hub-error' | 'hung' | 'not-a-feed';

interface ExpectedEntry {
  url: string;
  title: string;
  /** Lines of the text in their order. */
  words: readonly string[];
  /** To the minute in the old feed, which prints no more. */
  publishedAt: string;
}

export interface CampusFeeds {
  /** Without a slash at the end: also the address of the RSSHub. */
  url: string;
  /** The school's own: RSS 2.0 in GB2312, RSS 1.0 (RDF) and Atom. */
  own: { rss: string; rdf: string; atom: string };
  /** What the RSSHub makes a feed of. */
  hub: { videoAccount: string; weiboUid: string };
  control: {
    /** From now on every feed answers like this; null lets them answer again. */
    fail(trouble: FeedTrouble | null): void;
  };
  /** By the path of the feed: its entries as they stand now, newest first. */
  expected(path: string): ExpectedEntry[];
  close(): Promise<void>;
}

interface FeedWiring {
  school: School;
  timeline: Timeline;
  /** Where the articles of a site stand. */
  placeArticle: (article: StandingArticle, site: SiteName) => string;
  siteUrls: Record<SiteName, string>;
  port: number;
  record: (request: CampusRequest) => void;
}

function blockText(article: StandingArticle): string {
  return article.body.filter((block) => typeof block === 'string').join('\n');
}

class FeedServer {
  trouble: FeedTrouble | null = null;
  private readonly wiring: FeedWiring;
  private readonly weibo: WeiboSchool;

  constructor(wiring: FeedWiring) {
    this.wiring = wiring;
    this.weibo = new WeiboSchool(wiring.timeline);
  }

  private siteEntries(site: SiteName, column: string): FeedEntry[] {
    const { school, placeArticle } = this.wiring;
    return school
      .list(site, column)
      .slice(0, entriesMax)
      .map((article) => ({
        id: String(article.id),
        url: placeArticle(article, site),
        title: article.title,
        text: blockText(article),
        at: instantAt(article.day, article.clock),
      }));
  }

  private videoEntries(): FeedEntry[] {
    const { timeline } = this.wiring;
    const placed = videos.map((video: CampusVideo) => ({ video, at: timeline.instantOf(video.when) }));
    return placed
      .filter(({ at }) => at <= timeline.now())
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .map(({ video: { id, title, description }, at }) => ({
        id,
        url: `https://www.bilibili.com/video/${id}`,
        title,
        text: description,
        at,
      }));
  }

  private statusEntries(): FeedEntry[] {
    return this.weibo.statuses().map(({ id, shortId, text, at }) => {
      const plain = plainText(readTokens(text));
      return {
        id,
        url: `https://weibo.com/${ownWeibo.uid}/${shortId}`,
        title: plain.slice(0, 32),
        text: plain,
        at,
      };
    });
  }

  entries(path: string): FeedEntry[] | null {
    switch (path) {
      case '/rss/xyxw.xml':
        return this.siteEntries('vsb', 'xyxw');
      case '/rss/tsgdt.rdf':
        return this.siteEntries('webplus', 'tsgdt');
      case '/rss/tzgg.atom':
        return this.siteEntries('vsb', 'tzgg');
      case `/bilibili/user/video/${videoAccount}`:
        return this.videoEntries();
      case `/weibo/user/${ownWeibo.uid}`:
        return this.statusEntries();
      default:
        return null;
    }
  }

  private render(path: string, entries: readonly FeedEntry[]): { type: string; body: string | Buffer } {
    const { vsb, webplus } = this.wiring.siteUrls;
    if (path.endsWith('.xml')) return { type: 'text/xml', body: encodeGbk(renderOldRss(entries, `${vsb}/`)) };
    if (path.endsWith('.rdf'))
      return { type: 'application/rdf+xml', body: renderRdf(entries, `${webplus}/`) };
    if (path.endsWith('.atom'))
      return { type: 'application/atom+xml; charset=utf-8', body: renderAtom(entries, `${vsb}/`) };
    const title = path.startsWith('/weibo') ? `${ownWeibo.name}的微博` : `${ownWeibo.name}的投稿视频`;
    const body = renderHubRss(entries, { title, link: 'https://rsshub.example/' });
    return { type: 'application/xml; charset=utf-8', body };
  }

  answer({ path, headers }: PlatformRequest): PlatformAnswer | 'hung' {
    if (this.trouble === 'hung') return 'hung';
    if (this.trouble === 'hub-error') {
      const page =
        '<!DOCTYPE html><html><head><title>Welcome to RSSHub!</title></head><body><h1>Looks like something went wrong</h1><p>Error Message: FetchError: 432</p></body></html>';
      return pageAnswer(page, 503);
    }
    if (this.trouble === 'not-a-feed') return pageAnswer('<html><body><h1>站点维护中</h1></body></html>');
    const entries = path === '/robots.txt' ? null : this.entries(path);
    if (entries === null) return pageAnswer('<html><body>Not Found</body></html>', 404);
    const { type, body } = this.render(path, entries);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
    const newest = entries.reduce((last, { at }) => Math.max(last, at.getTime()), 0);
    const validators = { ETag: etag, 'Last-Modified': new Date(newest).toUTCString() };
    const since = Date.parse(headers['if-modified-since'] ?? '');
    const known = headers['if-none-match'];
    const isUnchanged = known === undefined ? Math.floor(newest / 1000) * 1000 <= since : known === etag;
    if (isUnchanged) return { status: 304, headers: validators, body: '' };
    return { status: 200, headers: { 'Content-Type': type, ...validators }, body };
  }
}

/** Opens the school's own feeds, and an RSSHub that makes feeds of its accounts. */
export async function openCampusFeeds(wiring: FeedWiring): Promise<CampusFeeds> {
  const feeds = new FeedServer(wiring);
  const { port, record } = wiring;
  const { url, close } = await openPlatformServer('feeds', port, {
    answer: (request) => feeds.answer(request),
    record,
  });
  return {
    url,
    close,
    own: { rss: `${url}/rss/xyxw.xml`, rdf: `${url}/rss/tsgdt.rdf`, atom: `${url}/rss/tzgg.atom` },
    hub: { videoAccount, weiboUid: ownWeibo.uid },
    control: {
      fail: (trouble) => {
        feeds.trouble = trouble;
      },
    },
    expected: (path) =>
      (feeds.entries(path) ?? []).map(({ title, text, at, url: entryUrl }) => ({
        url: entryUrl,
        title,
        words: text.split('\n'),
        publishedAt: path.endsWith('.xml') ? `${at.toISOString().slice(0, 16)}:00.000Z` : wholeSecond(at),
      })),
  };
}
