import type { SiteChannel } from '../pipeline/domain/channel.ts';
import type { CrawlRun } from '../pipeline/domain/crawl.ts';
import type { Clock } from '../pipeline/ports/clock.ts';
import type { Egress, EgressProxy } from '../pipeline/ports/egress.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { CrawlDeps } from './crawl.ts';
import { openEgress } from './fetch/egress.ts';
import { type CrawlOptions, runCrawl } from './run-crawl.ts';
import { keepCrawling, type ScheduleDeps } from './schedule.ts';
import { siteSource } from './sources/site/source.ts';

interface SitePacePorts {
  clock: Clock;
  stores: Pick<Stores, 'rates' | 'leases'>;
  proxy?: EgressProxy | null;
}

/**
 * The way out for pages of sites, with the limits of that source, at a pace kept together with all processes on the same
 * stores. Whoever opened it closes it.
 */
export function openSiteEgress({ clock, stores, proxy = null }: SitePacePorts): Egress {
  const { rates, leases } = stores;
  return openEgress({
    clock,
    limits: { maxBytes: siteSource.limits.pageBytes },
    shared: { rates, leases },
    proxy,
  });
}

/**
 * Crawls every channel on its schedule until stopped.
 * @param owner names this process in the leases
 */
export function startCrawling(
  deps: Omit<ScheduleDeps, 'egress'> & Pick<SitePacePorts, 'proxy'>,
  owner: string,
): { stop(): Promise<void> } {
  const egress = openSiteEgress(deps);
  const stopping = new AbortController();
  const ended = keepCrawling({ ...deps, egress }, owner, stopping.signal);
  return {
    stop: async () => {
      stopping.abort(new Error('the service is stopping'));
      await ended;
      await egress.close();
    },
  };
}

export interface SiteCrawler {
  /** One run now, whatever the schedule says. */
  run(channel: SiteChannel, options?: CrawlOptions): Promise<CrawlRun>;
  close(): Promise<void>;
}

/** Single runs, for a caller that is alone with its data folder: no lease is taken. */
export function openSiteCrawler(deps: Omit<CrawlDeps, 'egress'>): SiteCrawler {
  const egress = openSiteEgress(deps);
  return {
    run: (channel, options) => runCrawl({ ...deps, egress }, channel, options),
    close: () => egress.close(),
  };
}
