import { shanghaiDay } from './calendar.ts';
import type { OddTarget, SiteName } from './content/article.ts';
import { stories } from './content/stories/index.ts';
import type { Story } from './content/stories/story.ts';
import { buildExpected, type ExpectedArticle } from './expected.ts';
import { type CampusFeeds, openCampusFeeds } from './feed-server.ts';
import { School, type StandingArticle } from './school.ts';
import { type CampusRequest, openSiteServer } from './site-server.ts';
import { Timeline } from './timeline.ts';
import { buildVsbSite, placeVsbArticle, vsbOddUrl, vsbStartUrls } from './vsb-site.ts';
import { buildWebplusSite, placeWebplusArticle, webplusOddUrl, webplusStartUrls } from './webplus-site.ts';
import { type CampusWechat, openCampusWechat, wechatOrigins, wechatPictures } from './wechat-server.ts';
import { type CampusWeibo, openCampusWeibo, weiboOrigins } from './weibo-server.ts';

interface CampusSiteAddress {
  /** Without a slash at the end. */
  url: string;
  /** The home page, then the first page of every column. */
  startUrls: readonly string[];
}

/** What the keepers of the sites do. Each throws for a key that does not stand on a site. */
interface CampusControl {
  editArticle(key: string): void;
  deleteArticle(key: string): void;
  /** Publishes the next held-back articles, dated now; returns their keys. */
  publish(count: number): string[];
  /** From now on the page ends in a template error, with status 200. */
  breakPage(key: string): void;
  /** From now on the page is never answered. */
  hangPage(key: string): void;
}

export interface Campus {
  vsb: CampusSiteAddress;
  webplus: CampusSiteAddress;
  weibo: CampusWeibo;
  wechat: CampusWechat;
  feeds: CampusFeeds;
  control: CampusControl;
  /** By official origin, where it really stands here: what real sources need to run against the campus unchanged. */
  platforms: ReadonlyMap<string, string>;
  /** The campus's own time. */
  now(): Date;
  /** As things stand at the moment of asking. */
  expected: { readonly articles: readonly ExpectedArticle[] };
  /** Where the rows lead that lead to no article; null where a site has none of the kind. */
  oddUrl(site: SiteName, target: OddTarget): string | null;
  /** The latest requests of both sites, oldest first. */
  requests(): readonly CampusRequest[];
  close(): Promise<void>;
}

export interface CampusOptions {
  /** The port of the VSB site; the others take the next ones. 0 takes free ones. */
  port?: number;
  /** The moment that everything is dated against; the campus's clock goes on from here, unless `now` tells another. */
  today: Date;
  now?: () => Date;
  /** Instead of the school's own. */
  stories?: readonly Story[];
}

/** A demonstration may run for days. */
const logLengthMax = 10_000;

function buildControl(school: School): CampusControl {
  return {
    editArticle: (key) => school.edit(key),
    deleteArticle: (key) => school.remove(key),
    publish: (count) => school.publish(count),
    breakPage: (key) => school.spoil(key, 'half-page'),
    hangPage: (key) => school.spoil(key, 'hanging'),
  };
}

/** Servers opened together: when one cannot be, those before it are closed. */
class OpenServers {
  private readonly opened: { close(): Promise<void> }[] = [];
  private readonly firstPort: number;

  constructor(firstPort: number) {
    this.firstPort = firstPort;
  }

  async open<T extends { close(): Promise<void> }>(opening: (port: number) => Promise<T>): Promise<T> {
    try {
      const server = await opening(this.firstPort === 0 ? 0 : this.firstPort + this.opened.length);
      this.opened.push(server);
      return server;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.opened.map((server) => server.close()));
  }
}

function buildLog() {
  const log: CampusRequest[] = [];
  const record = (request: CampusRequest) => {
    log.push(request);
    if (log.length > logLengthMax) log.splice(0, log.length - logLengthMax);
  };
  return { record, requests: () => [...log] };
}

/** Opens the invented 沧澜师范学院 on the loopback address: two sites and its accounts, crawled as any other. */
export async function startCampus(options: CampusOptions): Promise<Campus> {
  const startedAtMs = Date.now();
  const now = options.now ?? (() => new Date(options.today.getTime() + Date.now() - startedAtMs));
  const school = new School(shanghaiDay(options.today), now);
  const timeline = new Timeline(options.stories ?? stories, { openedAt: options.today, now });
  const { record, requests } = buildLog();
  const servers = new OpenServers(options.port ?? 0);
  const vsb = await servers.open((port) =>
    openSiteServer('vsb', port, { answer: buildVsbSite(school), record }),
  );
  const webplus = await servers.open((port) =>
    openSiteServer('webplus', port, { answer: buildWebplusSite(school), record }),
  );
  const weibo = await servers.open((port) => openCampusWeibo(timeline, { port, record }));
  const wechat = await servers.open((port) => openCampusWechat(timeline, { port, record }));
  const siteUrls = { vsb: vsb.url, webplus: webplus.url };
  const places = { vsb: placeVsbArticle, webplus: placeWebplusArticle };
  const placeArticle = (article: StandingArticle, site: SiteName) =>
    places[site](article, siteUrls[site]).urls[0] ?? '';
  const feeds = await servers.open((port) =>
    openCampusFeeds({ school, timeline, siteUrls, placeArticle, port, record }),
  );
  return {
    vsb: { url: vsb.url, startUrls: vsbStartUrls(vsb.url) },
    webplus: { url: webplus.url, startUrls: webplusStartUrls(webplus.url) },
    weibo,
    wechat,
    feeds,
    platforms: new Map([
      [weiboOrigins.mobile, weibo.url],
      [weiboOrigins.platform, weibo.url],
      [wechatOrigins.api, wechat.url],
      [wechatOrigins.pages, wechat.url],
      [wechatPictures, wechat.url],
    ]),
    now,
    control: buildControl(school),
    expected: {
      get articles() {
        return [
          ...school.list('vsb').map((each) => buildExpected(each, placeVsbArticle(each, vsb.url))),
          ...school
            .list('webplus')
            .map((each) => buildExpected(each, placeWebplusArticle(each, webplus.url))),
        ];
      },
    },
    oddUrl: (site, target) =>
      site === 'vsb' ? vsbOddUrl(target, vsb.url) : webplusOddUrl(target, webplus.url),
    requests,
    close: () => servers.close(),
  };
}
