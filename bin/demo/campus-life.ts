import { setTimeout } from 'node:timers/promises';
import { type Crawler, openCrawler } from '../../crawlers/main.ts';
import { addWechatAddresses } from '../../crawlers/sources/wechat/add-addresses.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import type { Context } from '../../pipeline/context.ts';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import type { Campus } from '../../test/campus/campus.ts';
import { demoLeads, registerDemoLeads } from './demo-leads.ts';
import type { DemoChannels } from './demo-seeds.ts';

const minuteMs = 60_000;
const crawlPauseMs = minuteMs;
/** When the login of the mobile site ends, and when somebody has brought a new one. */
const loginEndsMs = 7 * minuteMs;
const loginRenewedMs = 18 * minuteMs;

/** The demo: a context, the campus that stands for the platforms, and the channels that are read. */
export interface Demo {
  context: Context;
  campus: Campus;
  channels: DemoChannels;
  say: (line: string) => void;
}

/** What lets the school in at the platforms, stored as an office stores it. */
export async function saveDemoCredentials({ context, campus, channels }: Demo): Promise<void> {
  const { cookie } = campus.weibo.credentials();
  const { appSecret } = campus.wechat;
  const byHand = { expiresAt: null, actorId: null };
  await context.credentials.save(channels.weibo.id, 'weibo-cookie', { cookie }, byHand);
  await context.credentials.save(channels.wechat.id, 'wechat-app', { appSecret }, byHand);
}

function openDemoCrawler({ context, campus }: Demo): Crawler {
  return openCrawler({ ...context, platforms: campus.platforms });
}

function describeRun(name: string, run: CrawlRun): string {
  const { fetched, created, unknown, gone, note } = run;
  const odd = [unknown > 0 ? `, ${unknown} unknown` : '', gone > 0 ? `, ${gone} gone` : ''].join('');
  return `  ${name}: ${fetched} fetched, ${created} new items${odd}${run.outcome === 'credential' ? ` (${note})` : ''}`;
}

/** Every channel once, as the schedule of a real office does every hour. */
async function crawlAll(demo: Demo, crawler: Crawler, signal?: AbortSignal): Promise<CrawlRun[]> {
  const runs: CrawlRun[] = [];
  for (const channel of Object.values(demo.channels)) {
    if (signal?.aborted === true) break;
    runs.push(await crawler.run(channel, signal === undefined ? {} : { signal }));
  }
  return runs;
}

/** The campus as it stands: crawled, judged and queued. */
export async function fillDemo(demo: Demo): Promise<void> {
  const { context, campus, channels, say } = demo;
  const { stores, clock } = context;
  const statuses = campus.weibo.expected.statuses.length;
  const articles = campus.expected.articles.length + campus.wechat.expected.articles.length;
  say(`Crawling the simulated campus (${articles} articles, ${statuses} statuses with their comments) …`);
  // No interface lists what was sent to all followers: the office gives the address of its album.
  await addWechatAddresses({ ledger: stores.ledger, clock }, channels.wechat, [campus.wechat.albumUrl]);
  const crawler = openDemoCrawler(demo);
  try {
    for (const channel of Object.values(channels)) say(describeRun(channel.name, await crawler.run(channel)));
  } finally {
    await crawler.close();
  }
  await registerDemoLeads(context, demoLeads.slice(1));
  say('Judging …');
  await judgeAllDue(context);
  const { judged } = await stores.posts.countStates();
  const waiting = await stores.cases.countQueues({ accessClasses: AccessClass.options });
  const queues = Object.entries(waiting).map(([queue, count]) => `${queue} ${count}`);
  say(`Judged ${judged} items. Waiting for a person: ${queues.join(', ')}.`);
}

/** What happens once while somebody watches, by minutes from the end of the first crawl. */
function buildEvents(demo: Demo): { atMs: number; happens: () => Promise<void> | void }[] {
  const { context, campus, channels, say } = demo;
  const renew = async () => {
    const cookie = campus.weibo.control.renewCookie();
    const byHand = { expiresAt: null, actorId: null };
    await context.credentials.save(channels.weibo.id, 'weibo-cookie', { cookie }, byHand);
    say(`${channels.weibo.name}: a new login has been stored; what was missed is fetched now.`);
  };
  return [
    { atMs: 3 * minuteMs, happens: () => registerDemoLeads(context, demoLeads.slice(0, 1)) },
    {
      atMs: loginEndsMs,
      happens: () => {
        campus.weibo.control.expireCookie();
        say(`${channels.weibo.name}: the login has ended, as logins do. See what the channel says of it.`);
      },
    },
    { atMs: loginRenewedMs, happens: renew },
  ];
}

/** New articles, statuses, comments, edits and deletions now and then, and a login that ends, until the demo ends. */
export async function keepArriving(demo: Demo, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  const events = buildEvents(demo);
  const crawler = openDemoCrawler(demo);
  try {
    for (;;) {
      const slept = await setTimeout(crawlPauseMs, true, { signal }).catch(() => false);
      if (!slept) return;
      while (events[0] !== undefined && events[0].atMs <= Date.now() - startedAt)
        await events.shift()?.happens();
      demo.campus.control.publish(1);
      await crawlAll(demo, crawler, signal).catch((error: unknown) => {
        if (!signal.aborted) demo.context.logger.error({ err: error }, 'the demo could not crawl its campus');
      });
    }
  } finally {
    await crawler.close();
  }
}
