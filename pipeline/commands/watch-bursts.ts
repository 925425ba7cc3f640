import { setImmediate } from 'node:timers/promises';
import type { Burst } from '../domain/burst.ts';
import { historyDays } from '../domain/burst-baseline.ts';
import { learnFactors } from '../domain/calendar-factor.ts';
import type { ServiceTopic } from '../domain/category.ts';
import type { ChannelCoverage } from '../domain/coverage.ts';
import type { FoundBurst } from '../domain/find-bursts.ts';
import { foldCopies, leastContents } from '../domain/fold-copies.ts';
import { rollupLayout } from '../domain/rollup.ts';
import type { SchoolDay } from '../domain/school-period.ts';
import { type SeriesBurst, type SettleFacts, settleBursts } from '../domain/settle-bursts.ts';
import { bucketHour, dayAfter, daysBetween } from '../domain/time.ts';
import { type SeriesWatch, watchSeries } from '../domain/watch-series.ts';
import type { Ports, Stores } from '../ports/index.ts';
import {
  type BurstHours,
  burstClasses,
  type ChannelHours,
  isNoise,
  lookBackDays,
  openBurstHours,
  openSchoolDays,
} from './burst-hours.ts';
import { readCoverage } from './read-coverage.ts';

export interface BurstPorts {
  stores: Pick<Stores, 'settings' | 'ledger' | 'rollups' | 'bursts'>;
  clock: Ports['clock'];
  calendar: Ports['calendar'];
}

/** At every look waves of so many days are looked for: what is gathered late is dated by when it was published. */
const recentDays = 3;
/** Of one wave; who reads on has seen what it is about. */
const mostItems = 3000;
const pageSize = 200;
const originsAtOnce = 1000;
/** What began longer ago was over before anybody could be told. */
const mostTellHours = 48;
/** So many changes that wait to be counted are no matter of seconds: everything is, or weeks have come at once. */
const manyWaiting = 1000;

/**
 * Looks for waves on every channel. All it knows is in the stores, so that it can be cut off, and two at once are harmless.
 * @returns a function to be called every few minutes; it gives the bursts that have begun
 */
export function openBurstWatch(ports: BurstPorts): (signal?: AbortSignal) => Promise<Burst[]> {
  const hours = openBurstHours(ports.stores);
  return async (signal) => {
    if (!(await areFiguresWhole(ports))) return [];
    const at = ports.clock.now();
    const today = bucketHour(at).slice(0, 10);
    const schoolDay = await openSchoolDays(ports);
    const fromDay = dayAfter(today, -400);
    const begun: Burst[] = [];
    for (const coverage of await readCoverage({ fromDay, toDay: today, speaker: 'public' }, ports)) {
      if (signal?.aborted === true) break;
      begun.push(...(await watchChannel({ ports, hours, coverage, at, schoolDay, signal })));
      // Others have a turn between two channels.
      await setImmediate();
    }
    return begun;
  };
}

/** While all is counted anew, a past that is not counted yet would be taken for a quiet one, and every day for a wave. */
async function areFiguresWhole({ stores: { rollups } }: BurstPorts): Promise<boolean> {
  if ((await rollups.readLayout()) < rollupLayout) return false;
  return (await rollups.countWaiting(manyWaiting)) < manyWaiting;
}

interface ChannelWatch {
  ports: BurstPorts;
  hours: BurstHours;
  coverage: ChannelCoverage;
  at: string;
  schoolDay(day: string): SchoolDay;
  signal: AbortSignal | undefined;
}

async function watchChannel({
  ports,
  hours,
  coverage,
  at,
  schoolDay,
  signal,
}: ChannelWatch): Promise<Burst[]> {
  const { channelId } = coverage;
  const now = bucketHour(at);
  const today = now.slice(0, 10);
  const read = await hours.read({ coverage, today, hour: Number(now.slice(11, 13)), schoolDay, signal });
  const firstDay = read.days[0]?.day ?? today;
  const clock = hourClock(firstDay);
  const nowHour = clock.hourIndex(now);
  const known = await ports.stores.bursts.listOver({ fromHour: `${firstDay}T00`, toHour: now, channelId });
  const startHour = findStart(read, known, clock.hourIndex);
  const facts: SettleFacts = { channelId, at, nowHour, startHour, ...clock };
  const found: SeriesBurst[] = [];
  for (const [topic, counts] of read.series) {
    found.push(...(await watchOne({ ports, read, facts, known, topic, counts })));
  }
  const near = known.filter((one) => clock.hourIndex(one.last) >= startHour - 24 || one.state === 'open');
  return write(ports, settleBursts(found, near, facts), facts);
}

function hourClock(firstDay: string): Pick<SettleFacts, 'hourText' | 'hourIndex'> {
  return {
    hourText: (hour) => `${dayAfter(firstDay, Math.floor(hour / 24))}T${String(hour % 24).padStart(2, '0')}`,
    hourIndex: (text) => daysBetween(firstDay, text.slice(0, 10)) * 24 + Number(text.slice(11, 13)),
  };
}

/** The last days; once a day some more; and as far back as a wave goes that has not ended. */
function findStart(
  { days, isWhole }: { days: readonly SchoolDay[]; isWhole: boolean },
  known: readonly Burst[],
  hourIndex: (text: string) => number,
): number {
  const earliest = historyDays * 24;
  const recent = (days.length - (isWhole ? lookBackDays : recentDays)) * 24;
  const open = known.filter(({ state }) => state === 'open').map(({ from }) => hourIndex(from) - 24);
  return Math.max(earliest, Math.min(recent, ...open));
}

interface SeriesTask {
  ports: BurstPorts;
  read: ChannelHours;
  facts: SettleFacts;
  known: readonly Burst[];
  topic: ServiceTopic | null;
  counts: number[];
}

async function watchOne({ ports, read, facts, known, topic, counts }: SeriesTask): Promise<SeriesBurst[]> {
  const past = known
    .filter((one) => one.topic === topic && one.state !== 'dismissed')
    .map(({ from, last }) => ({ from: facts.hourIndex(from), last: facts.hourIndex(last) }));
  const end = facts.nowHour + 1;
  const watch = (of: number[], start: number): FoundBurst[] => {
    const task: SeriesWatch = {
      series: { topic, days: read.days, counts: of },
      ...{ start, end, past, factorOf: learnFactors(read.daily(topic), topic) },
    };
    return watchSeries(task);
  };
  if (!counts.slice(facts.startHour, end).some((count) => count > 0)) return [];
  const found = watch(counts, facts.startHour);
  if (found.length === 0) return [];
  const folded = [...counts];
  const told = new Set<number>();
  for (const burst of found) {
    const { copies, contents } = foldCopies(await readContents(ports, facts, { topic, burst }));
    for (const [hour, count] of copies) folded[hour] = Math.max(0, (folded[hour] ?? 0) - count);
    if (contents >= leastContents) told.add(burst.from);
  }
  const overTold = (one: FoundBurst) =>
    found.some((burst) => told.has(burst.from) && burst.from <= one.last && one.from <= burst.last);
  return watch(folded, facts.startHour)
    .filter(overTold)
    .map((one) => ({
      topic,
      found: one,
      calendar: [...(read.days[Math.floor(one.from / 24)]?.kinds ?? [])],
    }));
}

/** Of the items of a wave: when, and which are copies of each other. */
async function readContents(
  { stores: { rollups, bursts } }: BurstPorts,
  { channelId, hourText, hourIndex }: SettleFacts,
  { topic, burst }: { topic: ServiceTopic | null; burst: FoundBurst },
): Promise<{ hour: number; content: string }[]> {
  const [from, last] = [hourText(burst.from), hourText(burst.last)];
  const hours = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof rollups.listItems>> = await rollups.listItems({
      ...{
        fromDay: from.slice(0, 10),
        toDay: last.slice(0, 10),
        accessClasses: burstClasses,
        speaker: 'public',
      },
      ...{ channelIds: [channelId], ...(topic === null ? {} : { topics: [topic] }), cursor, limit: pageSize },
    });
    for (const fact of page.items) {
      if (fact.hour >= from && fact.hour <= last && !isNoise(fact))
        hours.set(fact.postId, hourIndex(fact.hour));
    }
    cursor = page.nextCursor;
  } while (cursor !== null && hours.size < mostItems);
  const ids = [...hours.keys()];
  const found: { hour: number; content: string }[] = [];
  for (let at = 0; at < ids.length; at += originsAtOnce) {
    for (const { postId, content } of await bursts.readOrigins(ids.slice(at, at + originsAtOnce))) {
      found.push({ hour: hours.get(postId) ?? burst.from, content });
    }
  }
  return found;
}

async function write(
  { stores: { bursts } }: BurstPorts,
  changes: ReturnType<typeof settleBursts>,
  { at, nowHour, hourIndex }: SettleFacts,
): Promise<Burst[]> {
  const begun: Burst[] = [];
  for (const { burst, expectedVersion } of changes) {
    const tell = nowHour - hourIndex(burst.last) <= mostTellHours;
    const written = await bursts.record({ burst, expectedVersion, tell, at });
    if (written && expectedVersion === null) begun.push(burst);
  }
  return begun;
}
