import { historyDays } from '../domain/burst-baseline.ts';
import type { DayCount } from '../domain/calendar-factor.ts';
import { type Category, ServiceKind, ServiceTopic } from '../domain/category.ts';
import { type ChannelCoverage, hourStates } from '../domain/coverage.ts';
import { type Cell, serviceIndex, type Tally } from '../domain/rollup.ts';
import { readSchoolDay, type SchoolDay } from '../domain/school-period.ts';
import { dayAfter, dayBefore, daysBetween } from '../domain/time.ts';
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
  tallies: Map<string, Tally>;
  readOn: string;
}

const noise: readonly Category[] = ['advert', 'spam'];
export const isNoise = ({ categories }: Pick<Cell, 'categories'>) =>
  categories.some((category) => noise.includes(category));

function addCell(days: Map<string, DayHours>, cell: Cell): void {
  if (isNoise(cell)) return;
  const day = cell.hour.slice(0, 10);
  const hours = days.get(day) ?? new Map<TopicKey, number[]>();
  days.set(day, hours);
  const keys: TopicKey[] = cell.service === null ? [null] : [null, cell.service.topic];
  for (const key of keys) {
    const counts = hours.get(key) ?? new Array<number>(24).fill(0);
    const hour = Number(cell.hour.slice(11, 13));
    counts[hour] = (counts[hour] ?? 0) + cell.count;
    hours.set(key, counts);
  }
}

const kinds = ServiceKind.options;
const countOf = (tally: Tally | undefined, topic: TopicKey): number => {
  if (tally === undefined) return 0;
  if (topic === null) return tally.items;
  return kinds.reduce((sum, kind) => sum + (tally.services[serviceIndex({ kind, topic })] ?? 0), 0);
};

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
  const readCells = async (channelId: string, fromDay: string, toDay: string) =>
    rollups.readCells({
      ...{ fromDay, toDay, accessClasses: burstClasses, speaker: 'public', channelIds: [channelId] },
    });

  async function update(channelId: string, { today, signal }: HoursQuery): Promise<Book> {
    const known = books.get(channelId);
    const isFresh = known?.readOn === today;
    const firstDay = dayBefore(today, historyDays + lookBackDays);
    const book: Book = isFresh ? known : { days: new Map(), tallies: new Map(), readOn: today };
    for (let day = isFresh ? dayBefore(today, freshDays) : firstDay; day <= today; ) {
      signal?.throwIfAborted();
      const last = dayAfter(day, chunkDays - 1);
      const toDay = last < today ? last : today;
      for (let one = day; one <= toDay; one = dayAfter(one, 1)) book.days.delete(one);
      for (const cell of await readCells(channelId, day, toDay)) addCell(book.days, cell);
      day = dayAfter(toDay, 1);
    }
    if (!isFresh) {
      const days = await rollups.readDays({
        ...{ fromDay: dayBefore(today, factorDays), toDay: dayBefore(today, 1), accessClasses: burstClasses },
        ...{ family: 'channel', keys: [channelId], speaker: 'public', minutes: false },
      });
      for (const { day, tally } of days) book.tallies.set(day, tally);
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
function firstDayOf({ days, tallies }: Book): string {
  return [...days.keys(), ...tallies.keys()].reduce(
    (first, day) => (day < first ? day : first),
    '9999-12-31',
  );
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
    found.push({ day: schoolDay(day), count: countOf(book.tallies.get(day), topic) });
  }
  return found;
}
