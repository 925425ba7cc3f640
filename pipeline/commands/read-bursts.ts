import type { Burst, BurstAnswer, BurstState, DismissReason } from '../domain/burst.ts';
import { historyDays } from '../domain/burst-baseline.ts';
import { chanceOf } from '../domain/burst-chance.ts';
import { learnFactors } from '../domain/calendar-factor.ts';
import type { Actor } from '../domain/case.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { ItemFact } from '../domain/item-fact.ts';
import type { DayKind } from '../domain/school-period.ts';
import { bucketHour, dayAfter, daysBetween } from '../domain/time.ts';
import { openExpectation } from '../domain/watch-series.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import { burstClasses, isNoise, lookBackDays, openBurstHours, openSchoolDays } from './burst-hours.ts';
import { readCoverage } from './read-coverage.ts';
import type { BurstPorts } from './watch-bursts.ts';

/** Of which units' channels somebody sees the waves. */
export interface BurstReader {
  units: 'all' | readonly string[];
}

/** Channels in sight; a channel is its unit's. */
async function channelsOf({ units }: BurstReader, { stores }: Pick<BurstPorts, 'stores'>) {
  if (units === 'all') return 'all';
  const { channels } = await stores.settings.read();
  return channels.filter(({ unit }) => units.includes(unit)).map(({ id }) => id);
}

export async function listBursts(
  query: PageRequest & { states: readonly BurstState[] },
  reader: BurstReader,
  ports: Pick<BurstPorts, 'stores'>,
): Promise<Page<Burst>> {
  return ports.stores.bursts.list({ ...query, channelIds: await channelsOf(reader, ports) });
}

/** @throws NotFound, for one out of sight too */
async function getBurst(id: string, reader: BurstReader, ports: Pick<BurstPorts, 'stores'>): Promise<Burst> {
  const [burst, channels] = [await ports.stores.bursts.find(id), await channelsOf(reader, ports)];
  if (burst === null || (channels !== 'all' && !channels.includes(burst.channelId)))
    throw new NotFound('没有这次异常增长。');
  return burst;
}

/** One hour of a wave beside what was to be expected of it. */
export interface BurstHour {
  hour: string;
  /** Null where not all of the hour was read: a gap is no quiet hour. */
  count: number | null;
  expected: number;
  /** One ordinary hour in fifty has more. */
  high: number;
  calendar: readonly DayKind[];
}

const highChance = 0.02;
const hoursBefore = 24;
const hoursAfter = 12;
const mostHours = 14 * 24;

function highOf(mean: number, spread: number): number {
  let count = Math.floor(mean);
  while (chanceOf(count + 1, mean, spread) > highChance) count += 1;
  return count;
}

/** As many days before a wave as are needed to say what was usual then. Its own hours are left out, as when it was found. */
export async function readBurst(
  id: string,
  reader: BurstReader,
  ports: BurstPorts,
): Promise<{ burst: Burst; hours: BurstHour[] }> {
  const burst = await getBurst(id, reader, ports);
  const now = bucketHour(ports.clock.now());
  const until = [dayAfter(burst.last.slice(0, 10), 1), now.slice(0, 10)].sort()[0] ?? now.slice(0, 10);
  const firstDay = dayAfter(until, -(historyDays + lookBackDays));
  const query = { fromDay: dayAfter(until, -400), toDay: until, channelIds: [burst.channelId] };
  const [coverage] = await readCoverage({ ...query, speaker: 'public' }, ports);
  if (coverage === undefined) return { burst, hours: [] };
  const schoolDay = await openSchoolDays(ports);
  const hour = until === now.slice(0, 10) ? Number(now.slice(11, 13)) : 23;
  const read = await openBurstHours(ports.stores).read({ coverage, today: until, hour, schoolDay });
  const counts = read.series.get(burst.topic);
  if (counts === undefined) return { burst, hours: [] };
  const indexOf = (text: string) =>
    daysBetween(firstDay, text.slice(0, 10)) * 24 + Number(text.slice(11, 13));
  const expect = openExpectation({
    series: { topic: burst.topic, days: read.days, counts },
    ...{ start: 0, end: counts.length, past: [{ from: indexOf(burst.from), last: indexOf(burst.last) }] },
    factorOf: learnFactors(read.daily(burst.topic), burst.topic),
  });
  const last = Math.min(indexOf(burst.last) + hoursAfter, daysBetween(firstDay, until) * 24 + hour);
  const first = Math.max(0, indexOf(burst.from) - hoursBefore, last - mostHours);
  const hours: BurstHour[] = [];
  for (let at = first; at <= last; at += 1) {
    const { mean, doubt, spreads } = expect(at);
    const day = read.days[Math.floor(at / 24)];
    const count = counts[at] ?? Number.NaN;
    hours.push({
      hour: `${day?.day}T${String(at % 24).padStart(2, '0')}`,
      count: Number.isNaN(count) ? null : count,
      expected: Number(mean.toFixed(2)),
      high: highOf(mean, spreads[1] + doubt),
      calendar: day?.kinds ?? [],
    });
  }
  return { burst, hours };
}

/** The items that a wave was counted from, newest first; a page may hold fewer than asked for. */
export async function listBurstItems(
  id: string,
  page: PageRequest,
  { reader, ports }: { reader: BurstReader; ports: Pick<BurstPorts, 'stores'> },
): Promise<Page<ItemFact>> {
  const { channelId, topic, from, last } = await getBurst(id, reader, ports);
  const { items, nextCursor } = await ports.stores.rollups.listItems({
    ...{ fromDay: from.slice(0, 10), toDay: last.slice(0, 10), accessClasses: burstClasses },
    ...{ speaker: 'public', channelIds: [channelId], ...page },
    ...(topic === null ? {} : { topics: [topic] }),
    ...(reader.units === 'all' ? {} : { unitIds: reader.units }),
  });
  const ofWave = items.filter((fact) => fact.hour >= from && fact.hour <= last && !isNoise(fact));
  return { items: ofWave, nextCursor };
}

export async function answerBurst(
  { id, answer, actor }: { id: string; answer: BurstAnswer; actor: Actor },
  reader: BurstReader,
  ports: BurstPorts,
): Promise<Burst> {
  const channelIds = await channelsOf(reader, ports);
  return ports.stores.bursts.answer(id, answer, { actor, at: ports.clock.now(), channelIds });
}

/** How often the machine was wrong, as people say. */
export interface BurstFigures {
  began: number;
  dismissed: number;
  /** Of those that began; null where there were none. */
  dismissedShare: number | null;
  late: number;
  reasons: Partial<Record<DismissReason, number>>;
}

const mostDays = 400;

/** Of waves that began on these days. @throws InvalidInput */
export async function readBurstFigures(
  { fromDay, toDay }: { fromDay: string; toDay: string },
  reader: BurstReader,
  ports: Pick<BurstPorts, 'stores'>,
): Promise<BurstFigures> {
  if (fromDay > toDay) throw new InvalidInput('toDay', '截止日期早于起始日期。');
  if (daysBetween(fromDay, toDay) >= mostDays) throw new InvalidInput('toDay', `最多 ${mostDays} 天。`);
  const channels = await channelsOf(reader, ports);
  const over = await ports.stores.bursts.listOver({ fromHour: `${fromDay}T00`, toHour: `${toDay}T23` });
  const bursts = over.filter(
    ({ from, channelId }) => from >= `${fromDay}T00` && (channels === 'all' || channels.includes(channelId)),
  );
  const reasons: BurstFigures['reasons'] = {};
  for (const { dismissed } of bursts) {
    if (dismissed !== null) reasons[dismissed.reason] = (reasons[dismissed.reason] ?? 0) + 1;
  }
  const dismissed = bursts.filter(({ state }) => state === 'dismissed').length;
  return {
    ...{ began: bursts.length, dismissed, reasons },
    dismissedShare: bursts.length === 0 ? null : dismissed / bursts.length,
    late: bursts.filter(({ late }) => late).length,
  };
}
