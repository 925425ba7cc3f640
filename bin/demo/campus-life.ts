import { setTimeout } from 'node:timers/promises';
import { openCrawler } from '../../crawlers/main.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { storeGathered } from '../../pipeline/commands/store-gathered.ts';
import type { Context } from '../../pipeline/context.ts';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import type { Campus } from '../../test/campus/campus.ts';
import { buildVoicePosts } from '../../test/campus/voice-posts.ts';
import { demoChannels } from './demo-seeds.ts';

const arrivalPauseMs = 60_000;
/** Kept back, to come in one at a time while somebody watches. */
const voicesHeldBack = 4;

/** Reads both sites once, as the schedule of a real office does every hour. */
async function crawlCampus(context: Context, signal?: AbortSignal): Promise<CrawlRun[]> {
  const crawler = openCrawler(context);
  try {
    const { channels } = await context.stores.settings.read();
    const runs: CrawlRun[] = [];
    for (const channel of channels) {
      if (channel.kind === 'site')
        runs.push(await crawler.run(channel, signal === undefined ? {} : { signal }));
    }
    return runs;
  } finally {
    await crawler.close();
  }
}

function voicesOf() {
  const posts = buildVoicePosts(new Date(), { comments: demoChannels.comments, leads: demoChannels.leads });
  return posts.map((post) => ({ post, snapshotHash: null }));
}

/** The campus as it stands: crawled, judged and queued. */
export async function fillDemo(context: Context, campus: Campus, say: (line: string) => void): Promise<void> {
  say(`Crawling the simulated campus (${campus.expected.articles.length} articles) …`);
  for (const run of await crawlCampus(context)) {
    say(
      `  ${run.channelId}: ${run.fetched} pages, ${run.created} articles, ${run.unknown} unknown, ${run.gone} gone`,
    );
  }
  await storeGathered(context, voicesOf().slice(voicesHeldBack));
  await judgeAllDue(context);
  const { judged } = await context.stores.posts.countStates();
  const waiting = await context.stores.cases.countQueues({ accessClasses: AccessClass.options });
  const queues = Object.entries(waiting).map(([queue, count]) => `${queue} ${count}`);
  say(`Judged ${judged} items. Waiting for a person: ${queues.join(', ')}.`);
}

/** A new article or comment now and then, until the demo ends. */
export async function keepArriving(context: Context, campus: Campus, signal: AbortSignal): Promise<void> {
  const heldBack = voicesOf().slice(0, voicesHeldBack);
  while (!signal.aborted) {
    const slept = await setTimeout(arrivalPauseMs, true, { signal }).catch(() => false);
    if (!slept) return;
    const voice = heldBack.pop();
    if (voice !== undefined) await storeGathered(context, [voice]);
    campus.control.publish(1);
    await crawlCampus(context, signal).catch((error: unknown) => {
      if (!signal.aborted) context.logger.error({ err: error }, 'the demo could not crawl its campus');
    });
  }
}
