import { readEnv } from '../config/env.ts';
import { readProxy } from '../config/proxy.ts';
import { openEgress } from '../crawlers/fetch/egress.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { judgeAllDue } from '../pipeline/commands/judge-batch.ts';
import { refreshRollups } from '../pipeline/commands/refresh-rollups.ts';
import type { Context } from '../pipeline/context.ts';
import type { CrawlHooks } from './commands/crawl.ts';
import type { InitContext } from './commands/init.ts';
import type { ReportContext } from './commands/report.ts';
import { bringInSeeds } from './import-seeds.ts';
import { leaseOwner, lockDataDir } from './lock-data-dir.ts';
import { openContext, openExistingContext, readConfig } from './open-context.ts';
import { openPrinter } from './open-printer.ts';
import { assertScaled, runService } from './run-service.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

export type CrawlingContext = Context & {
  /** Names this process in the leases. */
  owner: string;
};

/** For crawling alone, with the seeds as they are now. Embedded, nobody else has the data folder meanwhile. */
export async function openCrawlContext(): Promise<CrawlingContext> {
  const config = readConfig();
  const unlock = lockDataDir(config);
  try {
    const context = await openContext(config);
    const close = async () => {
      await context.close();
      unlock();
    };
    try {
      await bringInSeeds(context);
    } catch (error) {
      await context.close();
      throw error;
    }
    return { ...context, owner: leaseOwner(config), close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** In the scaled set-up, crawling on schedule is a process of its own, with its health and metrics. */
export function crawlHooks(): CrawlHooks<CrawlingContext> {
  const config = readConfig();
  const afterOnce = judgeGathered;
  if (config.setUp === 'embedded') return { afterOnce };
  return { afterOnce, serve: () => runService(config, ['crawler']) };
}

/** In one process nobody else judges what a single crawl has gathered; in the scaled set-up the workers do. */
async function judgeGathered(context: Context): Promise<void> {
  if (context.config.setUp === 'scaled') {
    say('What was gathered is judged by the workers (guanlan worker).');
    return;
  }
  const { judged, failed, casesOpened } = await judgeAllDue(context);
  await refreshRollups(context);
  say(`judged ${judged}, could not judge ${failed}, cases opened ${casesOpened.length}`);
}

/** For commands beside a running service. A fresh store gets its seeds first, so that units are known. */
export async function openOfficeContext(): Promise<Context> {
  const context = await openContext();
  try {
    if ((await context.stores.settings.readVersion()) === 0) await bringInSeeds(context);
    return context;
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** With what writes files. The browser and the drawing thread begin when they are asked for. */
export async function openReportContext(say: (notice: string) => void): Promise<ReportContext> {
  const context = await openOfficeContext();
  const { outward, chartFont } = context.config;
  const choice = { named: outward.chromium, sandbox: outward.sandbox, path: outward.path, chartFont };
  const printer = openPrinter(choice, say);
  return { ...context, printer, close: () => printer.close().finally(() => context.close()) };
}

/** The queue of the scaled set-up; the one in memory is another process's own. */
export async function openQueueContext(): Promise<Context> {
  const config = readConfig();
  assertScaled(config, 'jobs');
  return openExistingContext(config);
}

/** The way out alone, for a command that needs no database. */
export function openInitContext(): InitContext {
  const proxy = readProxy(readEnv());
  return { egress: openEgress({ clock: systemClock, proxy }), clock: systemClock };
}
