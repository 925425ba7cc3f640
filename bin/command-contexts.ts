import { judgeAllDue } from '../pipeline/commands/judge-batch.ts';
import type { Context } from '../pipeline/context.ts';
import { bringInSeeds } from './import-seeds.ts';
import { lockDataDir } from './lock-data-dir.ts';
import { openContext, readConfig } from './open-context.ts';

/** For a crawl of its own: alone with its data folder, with the seeds as they are now. */
export async function openCrawlContext(): Promise<Context> {
  const config = readConfig();
  const unlock = lockDataDir(config.dataDir);
  try {
    const context = await openContext(config);
    await bringInSeeds(context);
    return {
      ...context,
      close: async () => {
        await context.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** In one process nobody else judges what a single crawl has gathered. */
export async function judgeGathered(context: Context): Promise<void> {
  const { judged, failed, casesOpened } = await judgeAllDue(context);
  process.stderr.write(`judged ${judged}, could not judge ${failed}, cases opened ${casesOpened.length}\n`);
}

/** For commands beside a running service. A fresh data folder gets its seeds first, so that units are known. */
export async function openOfficeContext(): Promise<Context> {
  const context = await openContext();
  if ((await context.stores.settings.readVersion()) === 0) await bringInSeeds(context);
  return context;
}
