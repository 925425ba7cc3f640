import type { Credentials } from '../pipeline/commands/credentials.ts';
import type { CrawledChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun } from '../pipeline/domain/crawl.ts';
import { type FileReader, openFileReader } from '../pipeline/extract/file-reader.ts';
import type { Egress, EgressProxy } from '../pipeline/ports/egress.ts';
import type { OpenAccess } from './access.ts';
import type { CrawlDeps } from './crawl.ts';
import { openBrowserEgress } from './fetch/browser-egress.ts';
import { openEgress } from './fetch/egress.ts';
import { type CrawlOptions, runCrawl } from './run-crawl.ts';
import { keepCrawling, type ScheduleDeps } from './schedule.ts';
import { siteSource } from './sources/site/source.ts';
import { TokenKeeper } from './sources/wechat/token-keeper.ts';
import { openStoredAccess } from './stored-access.ts';

interface Outward {
  chromium: string | null;
  sandbox: boolean;
  path: string;
}

const usualPlaces: Outward = { chromium: null, sandbox: true, path: '' };

/** What a process has, from which crawling takes what it needs. */
export interface CrawlContext extends Omit<CrawlDeps, 'egress' | 'openAccess'> {
  /** That everything goes through. */
  proxy?: EgressProxy | null;
  /**
   * Where a browser for pages that scripts build is looked for: the usual places unless told. In the embedded set-up nobody else
   * crawls, and the pace is kept in this process alone.
   */
  config?: { setUp: 'embedded' | 'scaled'; outward: Outward };
  credentials?: Credentials;
}

/** What a person stores is used as it is; what a platform lends is fetched with it. */
function accessFrom(context: CrawlContext, egress: Egress): { openAccess?: OpenAccess } {
  const { credentials, clock, stores, platforms } = context;
  if (credentials === undefined) return {};
  const { leases, rates } = stores;
  const ports = {
    credentials,
    clock,
    leases,
    rates,
    egress,
    ...(platforms === undefined ? {} : { platforms }),
  };
  return {
    openAccess: (channel, kind) =>
      kind === 'wechat-token' && channel.kind === 'wechat'
        ? new TokenKeeper(ports, channel)
        : openStoredAccess({ credentials, clock }, channel, kind),
  };
}

export interface OpenedCrawlDeps extends CrawlDeps {
  files: FileReader;
}

/**
 * With a way out, at a pace kept together with all processes on the same stores, what lets channels in, and what reads files.
 * Whoever opened it hands it to `closeCrawlDeps`.
 */
export function openCrawlDeps<C extends CrawlContext>(context: C): C & OpenedCrawlDeps {
  const { clock, stores, proxy = null } = context;
  const { chromium: named, sandbox, path } = context.config?.outward ?? usualPlaces;
  const plain = openEgress({
    clock,
    limits: { maxBytes: siteSource.limits.pageBytes },
    ...(context.config?.setUp === 'embedded'
      ? {}
      : { shared: { rates: stores.rates, leases: stores.leases } }),
    proxy,
  });
  const egress = openBrowserEgress(plain, { browser: { named, sandbox, path } });
  return { ...context, ...accessFrom(context, egress), egress, files: openFileReader() };
}

export async function closeCrawlDeps({ egress, files }: OpenedCrawlDeps): Promise<void> {
  await Promise.all([egress.close(), files.close()]);
}

/**
 * Crawls every channel on its schedule until stopped.
 * @param owner names this process in the leases
 */
export function startCrawling(
  context: Omit<ScheduleDeps, 'egress' | 'openAccess'> & CrawlContext,
  owner: string,
): { stop(): Promise<void> } {
  const deps = openCrawlDeps(context);
  const stopping = new AbortController();
  const ended = keepCrawling(deps, owner, stopping.signal);
  return {
    stop: async () => {
      stopping.abort(new Error('the service is stopping'));
      await ended;
      await closeCrawlDeps(deps);
    },
  };
}

export interface Crawler {
  /** One run now, whatever the schedule says. */
  run(channel: CrawledChannel, options?: CrawlOptions): Promise<CrawlRun>;
  close(): Promise<void>;
}

/** Single runs, for a caller that is alone with its data folder: no lease is taken. */
export function openCrawler(context: CrawlContext): Crawler {
  const deps = openCrawlDeps(context);
  return {
    run: (channel, options) => runCrawl(deps, channel, options),
    close: () => closeCrawlDeps(deps),
  };
}
