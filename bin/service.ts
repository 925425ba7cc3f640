import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startCrawling } from '../crawlers/main.ts';
import type { Context } from '../pipeline/context.ts';
import { startWorker } from '../pipeline/worker.ts';
import { startApi } from '../review-api/main.ts';
import { soleOwner } from './lock-data-dir.ts';
import { webFolder } from './open-context.ts';

export interface RunningService {
  url: string;
  /** In the order of the data: no new pages, no new jobs, last requests, then the stores. */
  stop(): Promise<void>;
}

/**
 * Everything in one process. The context is closed by `stop`, and when starting fails.
 * @param options `crawl: false` leaves the crawling to the caller
 */
export async function startService(
  context: Context,
  options: { crawl: boolean } = { crawl: true },
): Promise<RunningService> {
  const { config, logger } = context;
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const one of started.reverse()) await one.stop();
    started.length = 0;
    await context.close();
  };
  try {
    // First of all the purge in it: an expired text must not be served once.
    started.push(await startWorker(context, soleOwner));
    const api = await startApi(
      {
        ...context,
        tokenise: async (text) => (await context.currentJudge()).searchWords(text),
        http: {
          behindTls: config.http.secure,
          trustedProxyHops: config.http.publicUrl === null ? 0 : 1,
          publicOrigin: config.http.publicUrl === null ? null : new URL(config.http.publicUrl).origin,
          webFolder: existsSync(join(webFolder, 'index.html')) ? webFolder : null,
        },
      },
      config.http,
    );
    started.push({ stop: api.close });
    if (options.crawl) started.push(startCrawling(context, soleOwner));
    logger.info({ url: api.url }, 'the service is running');
    return { url: api.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Resolves at Ctrl-C or when a supervisor asks to end; a second signal ends at once. The listeners stay: libraries that
 * watch signals too would otherwise take the first one for unheard and kill the process in the middle of stopping.
 */
export function untilAskedToStop(): Promise<void> {
  return new Promise((settle) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      settle();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
