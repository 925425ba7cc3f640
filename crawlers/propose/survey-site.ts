import { GuanlanError, Permanent } from '../../pipeline/domain/errors.ts';
import type { Egress, EgressAllowance, EgressResponse } from '../../pipeline/ports/egress.ts';
import { NetworkFailure } from '../fetch/network-failure.ts';
import { fileTypeOf } from '../read-page.ts';
import { decodePage } from '../sources/site/decode.ts';
import { articleAddress } from '../sources/site/keys.ts';
import { type ParsedSitePage, parseSitePage } from '../sources/site/parse.ts';
import { unitPageName } from './find-units.ts';
import { type PageFacts, type PageLink, readPageFacts } from './page-links.ts';

export interface SurveyedPage {
  url: string;
  /** What the link to it says; for the home page, its title. */
  name: string;
  parsed: ParsedSitePage;
  facts: PageFacts;
  /** It should list units. */
  listsUnits: boolean;
}

export interface SiteSurvey {
  home: SurveyedPage;
  /** One level below the home page, on its own host. */
  pages: SurveyedPage[];
  /** Which could not be read, and why. */
  troubles: { url: string; reason: string }[];
  /** Links that were not followed: there were too many. */
  leftOut: number;
}

export interface SurveyOptions {
  egress: Egress;
  now: string;
  /** May the site stand at a private address? */
  privateAddress: boolean;
  /** Below the home page. */
  maxPages: number;
  signal: AbortSignal;
  onPage: (url: string) => void;
}

const requestsPerMinute = 60;
const longestName = 24;
const noColumn = /登录|注册|搜索|english|邮箱|vpn|收藏|地图|联系|版权|上一?页|下一?页|尾页/i;

/** The one host that is read, with and without `www.`: a school that has only one of them redirects. */
function allowanceFor(home: URL, privateAddress: boolean): EgressAllowance {
  const bare = home.host.replace(/^www\./, '');
  const hosts = [bare, `www.${bare}`].map((host) => ({ host, paths: ['/'] }));
  return { hosts, privateAddress, requestsPerMinute };
}

function readResponse(response: EgressResponse, link: PageLink | null, now: string): SurveyedPage {
  if (response.status !== 200) throw new Permanent(`the server answers with status ${response.status}`);
  const type = fileTypeOf(response);
  if (type !== null) throw new Permanent(`a file (${type}) and no page`);
  const { html } = decodePage(response.body, response.headers['content-type'] ?? null);
  const { url, status } = response;
  const facts = readPageFacts(html, url);
  const name = link?.text ?? facts.title;
  const parsed = parseSitePage({ url, html, fetchedAt: now, status });
  return { url, name, parsed, facts, listsUnits: link !== null && unitPageName.test(name) };
}

/** Where a start page leads that shows nothing itself. */
function moveOf({ parsed }: SurveyedPage): string | null {
  const [only, ...more] = parsed.pages;
  return parsed.items.length === 0 && more.length === 0 && only?.role === 'home' ? only.url : null;
}

/** Menus come first, and pages that list units before everything. */
function chooseLinks(home: SurveyedPage): PageLink[] {
  const { host } = new URL(home.url);
  const rank = ({ text, inMenu }: PageLink) => (unitPageName.test(text) ? 0 : inMenu ? 1 : 2);
  return home.facts.links
    .filter(({ url, text }) => {
      const isOwn = new URL(url).host === host && url !== home.url;
      const isColumn = text !== '' && text.length <= longestName && !noColumn.test(text);
      return (
        isOwn &&
        isColumn &&
        articleAddress(url) === null &&
        !/^\/(?:index\.\w+)?$/.test(new URL(url).pathname)
      );
    })
    .sort((a, b) => rank(a) - rank(b));
}

function reasonOf(error: unknown): string {
  if (error instanceof GuanlanError || error instanceof NetworkFailure) return error.message;
  return error instanceof Error ? error.name : 'unknown failure';
}

/**
 * Reads a home page and one level below it, on its own host, one page after the other.
 * @throws Permanent, NotPermitted, RetryLater, NetworkFailure when the home page itself cannot be read
 */
export async function surveySite(address: string, options: SurveyOptions): Promise<SiteSurvey> {
  const { egress, now, privateAddress, maxPages, signal, onPage } = options;
  const allowance = allowanceFor(new URL(address), privateAddress);
  const read = async (url: string, link: PageLink | null) => {
    onPage(url);
    return readResponse(await egress.fetch({ url, allowance, signal }), link, now);
  };
  let home = await read(address, null);
  const moved = moveOf(home);
  if (moved !== null) home = await read(moved, null);
  const links = chooseLinks(home);
  const pages: SurveyedPage[] = [];
  const troubles: SiteSurvey['troubles'] = [];
  for (const link of links.slice(0, maxPages)) {
    try {
      pages.push(await read(link.url, link));
    } catch (error) {
      signal.throwIfAborted();
      troubles.push({ url: link.url, reason: reasonOf(error) });
    }
  }
  return { home, pages, troubles, leftOut: Math.max(0, links.length - maxPages) };
}
