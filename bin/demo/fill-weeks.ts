import type { Crawler } from '../../crawlers/main.ts';
import { closeWindows } from '../../pipeline/commands/close-windows.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import { registerLead } from '../../pipeline/commands/register-lead.ts';
import { openBurstWatch } from '../../pipeline/commands/watch-bursts.ts';
import type { BriefKind } from '../../pipeline/domain/brief.ts';
import { rightsFor } from '../../pipeline/domain/role.ts';
import { weekdayOf } from '../../pipeline/domain/school-period.ts';
import { dayBefore, shanghaiDay } from '../../pipeline/domain/time.ts';
import type { Demo } from './demo.ts';
import { handInBrief } from './demo-briefs.ts';
import { saveWeiboLogin } from './demo-credentials.ts';
import { DemoOffice } from './demo-office.ts';
import { daysOfHistory } from './demo-weeks.ts';

/** Days before the opening on which the login of one channel had ended, and on which somebody had brought a new one. */
const loginEnded = 25;
const loginRenewed = 23;
/** What came in on the last days still waits for those who open the demo. */
const daysLeftOpen = 2;

/** When people look through the queues. */
const lookTimes = ['09:10', '10:50', '15:25'];

/** As in the office's trial weeks: every channel with comments read once in the morning, the queues worked through after it. */
export async function fillWeeks(demo: Demo, crawler: Crawler): Promise<void> {
  const { context, clock, say } = demo;
  const today = shanghaiDay(new Date().toISOString());
  const office = new DemoOffice(context);
  const watchBursts = openBurstWatch(context);
  say(`Living through ${daysOfHistory} days of the office before today …`);
  for (let daysAgo = daysOfHistory - 1; daysAgo > 0; daysAgo -= 1) {
    const day = dayBefore(today, daysAgo);
    const passTo = (time: string) => clock.catchUp(Date.now() - Date.parse(`${day}T${time}:00+08:00`));
    passTo('08:30');
    await passNight(demo, daysAgo);
    await readChannels(demo, crawler);
    await refreshRollups(context);
    await watchBursts();
    await registerDayLeads(demo, day);
    for (const time of lookTimes) {
      passTo(time);
      if (daysAgo > daysLeftOpen) await office.workQueues();
    }
    await office.workSlips();
    passTo('16:40');
    const kind = issueOf(day, daysAgo);
    if (kind !== null) await handInBrief(context, kind, true);
  }
}

/** From once a day to every few minutes: somebody watches now. */
export async function readEveryFewMinutes({ channels, context }: Demo): Promise<void> {
  const { stores, clock } = context;
  // By the pace that was kept until now.
  await closeWindows(context);
  const { channels: all, version: expectedVersion } = await stores.settings.read();
  const pace = new Map<string, number>(
    Object.values(channels).map(({ id, everyMinutes }) => [id, everyMinutes]),
  );
  const body = all.map((one) =>
    'everyMinutes' in one ? { ...one, everyMinutes: pace.get(one.id) ?? one.everyMinutes } : one,
  );
  const by = { actorId: null, source: 'seed:demo', at: clock.now(), id: clock.newId() };
  await stores.settings.save('channels', body, { ...by, expectedVersion });
}

/** What was handed in that day: the week's on a Monday, and two of single days. */
function issueOf(day: string, daysAgo: number): BriefKind | null {
  if (daysAgo === 9 || daysAgo === 2) return 'daily';
  return daysAgo < 29 && weekdayOf(day) === 0 ? 'weekly' : null;
}

async function passNight(demo: Demo, daysAgo: number): Promise<void> {
  if (daysAgo === loginEnded) demo.campus.weibo.control.expireCookie();
  if (daysAgo === loginRenewed) await saveWeiboLogin(demo, demo.campus.weibo.control.renewCookie());
}

async function readChannels({ channels, context }: Demo, crawler: Crawler): Promise<void> {
  for (const channel of [channels.weibo, channels.wechat]) await crawler.run(channel);
  await judgeAllDue(context);
  await closeWindows(context);
}

/** What people brought the day before, typed in by the reviewer. */
async function registerDayLeads({ context, leads }: Demo, day: string): Promise<void> {
  const reviewer = await context.stores.users.findByLogin('reviewer');
  if (reviewer === null) throw new Error('the demo has no reviewer');
  const { id, roles } = reviewer;
  for (const { at, text } of leads.filter((lead) => shanghaiDay(lead.at) === dayBefore(day, 1))) {
    await registerLead(
      {
        ...{ commandId: context.clock.newId(), source: 'hotline-12345', documentNumber: null, summary: text },
        ...{ link: null, receivedAt: at, deadline: null },
      },
      { actor: { id, roles }, rights: rightsFor(roles, 'lead.register') },
      context,
    );
  }
}
