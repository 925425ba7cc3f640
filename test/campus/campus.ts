import { shanghaiDay } from './calendar.ts';
import type { OddTarget, SiteName } from './content/article.ts';
import { buildExpected, type ExpectedArticle } from './expected.ts';
import { School } from './school.ts';
import { type CampusRequest, openSiteServer } from './site-server.ts';
import { buildVsbSite, placeVsbArticle, vsbOddUrl, vsbStartUrls } from './vsb-site.ts';
import { buildWebplusSite, placeWebplusArticle, webplusOddUrl, webplusStartUrls } from './webplus-site.ts';

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
  control: CampusControl;
  /** As things stand at the moment of asking. */
  expected: { readonly articles: readonly ExpectedArticle[] };
  /** Where the rows lead that lead to no article; null where a site has none of the kind. */
  oddUrl(site: SiteName, target: OddTarget): string | null;
  /** The latest requests of both sites, oldest first. */
  requests(): readonly CampusRequest[];
  close(): Promise<void>;
}

export interface CampusOptions {
  /** The port of the VSB site; the other takes the next. 0 takes two free ones. */
  port?: number;
  /** The day that everything is dated against; the campus's clock goes on from here. */
  today: Date;
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

/** Opens the invented 沧澜师范学院 on the loopback address: two sites, crawled as any other. */
export async function startCampus(options: CampusOptions): Promise<Campus> {
  const startedAtMs = Date.now();
  const now = () => new Date(options.today.getTime() + Date.now() - startedAtMs);
  const school = new School(shanghaiDay(options.today), now);
  const log: CampusRequest[] = [];
  const record = (request: CampusRequest) => {
    log.push(request);
    if (log.length > logLengthMax) log.splice(0, log.length - logLengthMax);
  };
  const port = options.port ?? 0;
  const vsb = await openSiteServer('vsb', port, { answer: buildVsbSite(school), record });
  const webplus = await openSiteServer('webplus', port === 0 ? 0 : port + 1, {
    answer: buildWebplusSite(school),
    record,
  }).catch(async (error: unknown) => {
    await vsb.close();
    throw error;
  });
  return {
    vsb: { url: vsb.url, startUrls: vsbStartUrls(vsb.url) },
    webplus: { url: webplus.url, startUrls: webplusStartUrls(webplus.url) },
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
    requests: () => [...log],
    close: async () => {
      await Promise.all([vsb.close(), webplus.close()]);
    },
  };
}
