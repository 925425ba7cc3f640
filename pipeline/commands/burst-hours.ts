import { historyDays } from '../domain/burst-baseline.ts';
import type { DayCount } from '../domain/calendar-factor.ts';
import { type Category, ServiceTopic } from '../domain/category.ts';
import { type ChannelCoverage, hourStates } from '../domain/coverage.ts';
import type { ItemFact } from '../domain/item-fact.ts';
import { readSchoolDay, type SchoolDay } from '../domain/school-period.ts';
import { dayAfter, dayBefore, daysBetween } from '../domain/time.ts';
import { noneValue, type TrendPeriod } from '../domain/trend.ts';
import { type Count, type CountBy, type CubeQuestion, countCubes, planCube } from '../domain/trend-counts.ts';
import type { Ports, Stores } from '../ports/index.ts';

/** Of class `open` alone: whoever may see any burst may know of all that was counted. */
export const burstClasses = ['open'] as const;
/** Late items change what was counted this far back at every look; once a day all is read again. */
const freshDays = 3;
/** Once a day the waves of so many days are looked for again. */
export const lookBackDays = 14;
/** A year and a month: the same weeks of the year before. */
const factorDays = 400;
/** A window may still be open for so long. */
const pendingHours = 30;
const chunkDays = 14;

/** Days as the settings say now, each worked out once. */
export async function openSchoolDays({
  stores,
  calendar,
}: {
  stores: Pick<Stores, 'settings'>;
  calendar: Ports['calendar'];
}): Promise<(day: string) => SchoolDay> {
  const [work, { calendar: own }] = [await calendar.read(), await stores.settings.read()];
  const known = new Map<string, SchoolDay>();
  return (day) => {
    const found = known.get(day) ?? readSchoolDay(day, own, work);
    known.set(day, found);
    return found;
  };
}

type TopicKey = ServiceTopic | null;
/** Items by the hour of a day, for all matters and for each. */
type DayHours = Map<TopicKey, number[]>;
/** Items of whole days, noise among them. */
type DayItems = Map<TopicKey, number>;

/** What one channel's waves are looked for in. */
export interface ChannelHours {
  /** From this day's midnight hours are counted. */
  days: readonly SchoolDay[];
  /** NaN where an hour is not known. Series in which there was nothing at all are missing. */
  series: ReadonlyMap<TopicKey, number[]>;
  /** Whole days of the past, for the factors of the calendar. */
  daily(topic: TopicKey): DayCount[];
}

interface Book {
  days: Map<string, DayHours>;
  items: Map<string, DayItems>;
  readOn: string;
}

const noise: readonly Category[] = ['advert', 'spam'];
export const isNoise = ({ categories }: Pick<ItemFact, 'categories'>) =>
  categories.some((category) => noise.includes(category));

/** For all matters, and for the one that is told. */
const keysOf = ([topic]: readonly string[]): TopicKey[] =>
  topic === noneValue ? [null] : [null, ServiceTopic.parse(topic)];

function addHours(days: Map<string, DayHours>, { at, values, count }: Count): void {
  const day = at.slice(0, 10);
  const hours = days.get(day) ?? new Map<TopicKey, number[]>();
  days.set(day, hours);
  for (const key of keysOf(values)) {
    const counts = hours.get(key) ?? new Array<number>(24).fill(0);
    const hour = Number(at.slice(11, 13));
    counts[hour] = (counts[hour] ?? 0) + count;
    hours.set(key, counts);
  }
}

function addItems(days: Map<string, DayItems>, { at: day, values, count }: Count): void {
  const items = days.get(day) ?? new Map<TopicKey, number>();
  days.set(day, items);
  for (const key of keysOf(values)) items.set(key, (items.get(key) ?? 0) + count);
}

interface HoursQuery {
  coverage: ChannelCoverage;
  /** In Shanghai; the hour that is under way, of it. */
  today: string;
  hour: number;
  schoolDay(day: string): SchoolDay;
  signal?: AbortSignal | undefined;
}

/**
 * Counts by the hour of the channels, from the rollups; what is older than some days is remembered for a day. Nothing is kept that
 * could not be read again.
 */
export function openBurstHours({ rollups }: Pick<Stores, 'rollups'>) {
  const books = new Map<string, Book>();
  /** By topic. */
  async function count(
    channelId: string,
    period: TrendPeriod,
    by: Pick<CubeQuestion, 'without'> & Pick<CountBy, 'time'>,
  ): Promise<Count[]> {
    const { time, ...rest } = by;
    const question: CubeQuestion = {
      ...{ filter: { channels: [channelId] }, by: { dimensions: ['topic'], time } },
      ...rest,
    };
    const asked = { ...period, accessClasses: burstClasses, speaker: 'public' as const };
    return countCubes(await rollups.readCubes({ ...asked, ...planCube(question) }), question);
  }

  async function update(channelId: string, { today, signal }: HoursQuery): Promise<Book> {
    const known = books.get(channelId);
    const isFresh = known?.readOn === today;
    const firstDay = dayBefore(today, historyDays + lookBackDays);
    const book: Book = isFresh ? known : { days: new Map(), items: new Map(), readOn: today };
    for (let day = isFresh ? dayBefore(today, freshDays) : firstDay; day <= today; ) {
      signal?.throwIfAborted();
      const last = dayAfter(day, chunkDays - 1);
      const toDay = last < today ? last : today;
      for (let one = day; one <= toDay; one = dayAfter(one, 1)) book.days.delete(one);
      const hourly = { time: 'hour', without: noise } as const;
      for (const one of await count(channelId, { fromDay: day, toDay }, hourly)) addHours(book.days, one);
      day = dayAfter(toDay, 1);
    }
    if (!isFresh) {
      const past = { fromDay: dayBefore(today, factorDays), toDay: dayBefore(today, 1) };
      for (const one of await count(channelId, past, { time: 'day' })) addItems(book.items, one);
    }
    books.set(channelId, book);
    return book;
  }

  return {
    /** @returns whether the channel's whole past was read in this call, and not the last days alone */
    read: async (query: HoursQuery): Promise<ChannelHours & { isWhole: boolean }> => {
      const { channelId } = query.coverage;
      const isWhole = books.get(channelId)?.readOn !== query.today;
      return { ...buildHours(await update(channelId, query), query), isWhole };
    },
  };
}
export type BurstHours = ReturnType<typeof openBurstHours>;

function buildHours(book: Book, { coverage, today, hour, schoolDay }: HoursQuery): ChannelHours {
  const firstDay = dayBefore(today, historyDays + lookBackDays);
  const days = Array.from({ length: daysBetween(firstDay, today) + 1 }, (_, at) =>
    schoolDay(dayAfter(firstDay, at)),
  );
  const unknown = findUnknown(coverage, {
    fromDay: firstDay,
    toDay: today,
    nowHour: (days.length - 1) * 24 + hour,
  });
  const begun = coverage.kind === 'by-hand' ? firstDayOf(book) : firstDay;
  const keys = [null, ...ServiceTopic.options].filter((key) =>
    [...book.days.values()].some((one) => one.has(key)),
  );
  const series = new Map<TopicKey, number[]>();
  for (const key of keys) {
    const counts = days.flatMap(({ day }) =>
      day < begun ? new Array<number>(24).fill(Number.NaN) : (book.days.get(day)?.get(key) ?? zeros),
    );
    series.set(
      key,
      counts.map((count, at) => (unknown[at] === true ? Number.NaN : count)),
    );
  }
  return { days, series, daily: (topic) => dailyCounts(book, { coverage, today, schoolDay }, topic) };
}

const zeros: readonly number[] = new Array<number>(24).fill(0);

/** What people bring in begins with the first thing that they brought. */
function firstDayOf({ days, items }: Book): string {
  return [...days.keys(), ...items.keys()].reduce((first, day) => (day < first ? day : first), '9999-12-31');
}

/** Hours of which it is not known that all of them was read. One whose window is still open counts as far as it goes. */
function findUnknown(
  coverage: ChannelCoverage,
  { fromDay, toDay, nowHour }: { fromDay: string; toDay: string; nowHour: number },
): boolean[] {
  return hourStates([coverage], { fromDay, toDay }).map(
    (state, at) => state !== 'observed' && !(state === 'pending' && at > nowHour - pendingHours),
  );
}

function dailyCounts(
  book: Book,
  { coverage, today, schoolDay }: Pick<HoursQuery, 'coverage' | 'today' | 'schoolDay'>,
  topic: TopicKey,
): DayCount[] {
  const fromDay = dayBefore(today, factorDays);
  const states = hourStates([coverage], { fromDay, toDay: dayBefore(today, 1) });
  const begun = coverage.kind === 'by-hand' ? firstDayOf(book) : fromDay;
  const found: DayCount[] = [];
  for (let at = 0; at < factorDays; at += 1) {
    const day = dayAfter(fromDay, at);
    if (day < begun || states.slice(at * 24, at * 24 + 24).some((state) => state !== 'observed')) continue;
    found.push({ day: schoolDay(day), count: book.items.get(day)?.get(topic) ?? 0 });
  }
  return found;
}
