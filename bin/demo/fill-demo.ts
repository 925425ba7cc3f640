import { type Crawler, openCrawler } from '../../crawlers/main.ts';
import { addWechatAddresses } from '../../crawlers/sources/wechat/add-addresses.ts';
import { closeWindows } from '../../pipeline/commands/close-windows.ts';
import { dismissLeavers } from '../../pipeline/commands/dismiss-leavers.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import { openBurstWatch } from '../../pipeline/commands/watch-bursts.ts';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import type { Demo } from './demo.ts';
import { startDemoReplies, writeDemoAnswers } from './demo-answers.ts';
import { handInBrief } from './demo-briefs.ts';
import { saveWeiboLogin } from './demo-credentials.ts';
import { decideDemoCases } from './demo-deciding.ts';
import { writeDemoDrafts, writeUrgentDraft } from './demo-drafts.ts';
import { handOverDemoCases } from './demo-handovers.ts';
import { submitDemoCards } from './demo-instructions.ts';
import { demoLeads, registerDemoLeads } from './demo-leads.ts';
import { fillDemoRegisters } from './demo-registers.ts';
import { keepDemoFilters } from './demo-routing.ts';
import { daysOfHistory } from './demo-weeks.ts';
import { fillWeeks, readEveryFewMinutes } from './fill-weeks.ts';

const hourMs = 3_600_000;
/** The last hours before it is opened to people, in which every channel is read every hour. */
const hoursOfWork = 6;
/** So long before it is opened to people, the invented office began its work. */
export const workMs = (daysOfHistory + 1) * 24 * hourMs;
/** Hours before the opening at which the login of one channel had ended, and at which somebody had brought a new one. */
const loginEnded = 4;
const loginRenewed = 2;
/** Hours before the opening at which matters were handed to units. */
const handedOver = 3;

function describeRun(name: string, { fetched, created, unknown, gone }: CrawlRun): string {
  const odd = [unknown > 0 ? `, ${unknown} unknown` : '', gone > 0 ? `, ${gone} gone` : ''].join('');
  return `  ${name}: ${fetched} fetched, ${created} new items${odd}`;
}

/** What happened at the platforms in this hour. */
async function passHour(demo: Demo, hoursLeft: number): Promise<void> {
  if (hoursLeft === loginEnded) demo.campus.weibo.control.expireCookie();
  if (hoursLeft === loginRenewed) await saveWeiboLogin(demo, demo.campus.weibo.control.renewCookie());
}

async function workHour(
  demo: Demo,
  crawler: Crawler,
  onRun: (name: string, run: CrawlRun) => void,
): Promise<CrawlRun[]> {
  const runs: CrawlRun[] = [];
  for (const channel of Object.values(demo.channels)) {
    const run = await crawler.run(channel);
    onRun(channel.name, run);
    runs.push(run);
  }
  await judgeAllDue(demo.context);
  await closeWindows(demo.context);
  return runs;
}

function describeHour(demo: Demo, runs: readonly CrawlRun[]): string {
  const sum = (count: (run: CrawlRun) => number) => runs.reduce((all, run) => all + count(run), 0);
  const shutOut = runs.filter(({ outcome }) => outcome === 'credential').map(({ channelId }) => channelId);
  const clock = bucketHour(demo.context.clock.now()).slice(11, 13);
  const trouble = shutOut.length === 0 ? '' : `; the login of ${shutOut.join(', ')} has ended`;
  return `  ${clock}:00–: ${sum(({ created }) => created)} new items${trouble}`;
}

async function announceCampus({ context, campus, channels, say }: Demo): Promise<void> {
  const statuses = campus.weibo.expected.statuses.length;
  const articles = campus.expected.articles.length + campus.wechat.expected.articles.length;
  say(`Crawling the simulated campus (${articles} articles, ${statuses} statuses with their comments) …`);
  const { stores, clock } = context;
  // No interface lists what was sent to all followers: the office gives the address of its album.
  await addWechatAddresses({ ledger: stores.ledger, clock }, channels.wechat, [campus.wechat.albumUrl]);
}

/** The campus as it stands, read and judged as in the office's last hours: one run of every channel an hour. */
export async function fillDemo(demo: Demo): Promise<void> {
  const { context, clock, say } = demo;
  await announceCampus(demo);
  await keepDemoFilters(context);
  const crawler = openCrawler({ ...context, platforms: demo.campus.platforms });
  try {
    await fillWeeks(demo, crawler);
    clock.catchUp(hoursOfWork * hourMs);
    await readEveryFewMinutes(demo);
    for (let hoursLeft = hoursOfWork; hoursLeft >= 0; hoursLeft -= 1) {
      clock.catchUp(hoursLeft * hourMs);
      await passHour(demo, hoursLeft);
      const isFirst = hoursLeft === hoursOfWork;
      const runs = await workHour(demo, crawler, (name, run) => {
        if (isFirst) say(describeRun(name, run));
      });
      if (!isFirst) say(describeHour(demo, runs));
      if (hoursLeft === handedOver) await handOverDemoCases(context);
      if (hoursLeft === handedOver) await writeDemoDrafts(demo);
      if (hoursLeft === 1) await writeUrgentDraft(demo);
      if (hoursLeft === 1) await registerDemoLeads(context, demoLeads.slice(1));
    }
  } finally {
    await crawler.close();
  }
  await dismissLeavers(context);
  await decideDemoCases(context);
  await writeDemoAnswers(context);
  await startDemoReplies(context);
  await submitDemoCards(context);
  await fillDemoRegisters(context);
  await refreshRollups(context);
  await openBurstWatch(context)();
  // The leader's morning is issued; the day before still waits for the director.
  await handInBrief(context, 'morning', true);
  await handInBrief(context, 'daily', false);
  await describeQueues(demo);
}

async function describeQueues({ context: { stores }, say }: Demo): Promise<void> {
  const { judged } = await stores.posts.countStates();
  const waiting = await stores.cases.countQueues({ accessClasses: AccessClass.options });
  const queues = Object.entries(waiting).map(([queue, count]) => `${queue} ${count}`);
  say(`Judged ${judged} items. Waiting for a person: ${queues.join(', ')}.`);
}
