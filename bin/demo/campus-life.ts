import { setTimeout } from 'node:timers/promises';
import { type Crawler, openCrawler } from '../../crawlers/main.ts';
import type { Demo } from './demo.ts';
import { saveWeiboLogin } from './demo-credentials.ts';
import { demoLeads, registerDemoLeads } from './demo-leads.ts';

const minuteMs = 60_000;
/** When the login of one channel ends, and when somebody has brought a new one. */
const loginEndsMs = 7 * minuteMs;
const loginRenewedMs = 18 * minuteMs;

interface DemoEvent {
  atMs: number;
  happens: () => Promise<void> | void;
}

/** What happens once while somebody watches, by the time since. */
function buildEvents(demo: Demo): DemoEvent[] {
  const { context, campus, channels, say } = demo;
  return [
    { atMs: 3 * minuteMs, happens: () => registerDemoLeads(context, demoLeads.slice(0, 1)) },
    {
      atMs: loginEndsMs,
      happens: () => {
        campus.weibo.control.expireCookie();
        say(`${channels.weibo.name}: the login has ended, as logins do. See what the channel says of it.`);
      },
    },
    {
      atMs: loginRenewedMs,
      happens: async () => {
        await saveWeiboLogin(demo, campus.weibo.control.renewCookie());
        say(`${channels.weibo.name}: a new login has been stored; what was missed is fetched now.`);
      },
    },
  ];
}

async function crawlAll({ channels, context }: Demo, crawler: Crawler, signal: AbortSignal): Promise<void> {
  try {
    for (const channel of Object.values(channels)) await crawler.run(channel, { signal });
  } catch (error) {
    if (!signal.aborted) context.logger.error({ err: error }, 'the demo could not crawl its campus');
  }
}

/** New articles, statuses, comments, edits and deletions now and then, and a login that ends, until the demo ends. */
export async function keepArriving(demo: Demo, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  const events = buildEvents(demo);
  const crawler = openCrawler({ ...demo.context, platforms: demo.campus.platforms });
  try {
    for (;;) {
      const slept = await setTimeout(minuteMs, true, { signal }).catch(() => false);
      if (!slept) return;
      while (events[0] !== undefined && events[0].atMs <= Date.now() - startedAt)
        await events.shift()?.happens();
      demo.campus.control.publish(1);
      await crawlAll(demo, crawler, signal);
    }
  } finally {
    await crawler.close();
  }
}
