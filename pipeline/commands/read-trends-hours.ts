import {
  type ChannelCoverage,
  type Cover,
  coverOf,
  type HourState,
  hourStates,
  stretchOfDays,
} from '../domain/coverage.ts';
import {
  assertNoToneByUnit,
  assertPeriod,
  bucketsOf,
  type TrendQuestion,
  weekdayOf,
} from '../domain/trend.ts';
import { itemEvidence } from '../domain/trend-evidence.ts';
import {
  type Behind,
  countItems,
  coverageOf,
  narrowToSight,
  readBehind,
  type TrendReader,
} from './read-trends-counts.ts';

/** One hour of the week. */
interface WeekHour {
  /** 1 for Monday to 7 for Sunday. */
  weekday: number;
  hour: number;
  /** All items, those of hours that were not read in full too. */
  count: number;
  /** How many such hours of the period were read in full. */
  observedHours: number;
  /** Items of an observed hour; null where there was none. */
  mean: number | null;
  evidence: string;
}

export interface WeekHours {
  hours: WeekHour[];
  cover: Cover;
  coverage: ChannelCoverage[];
  behind: Behind;
}

/** Hour by weekday. @throws InvalidInput as for a series */
export async function readWeekHours(asked: TrendQuestion, reader: TrendReader): Promise<WeekHours> {
  assertPeriod(asked);
  assertNoToneByUnit(asked.filter);
  const question = { ...asked, filter: await narrowToSight(asked.filter, reader) };
  const coverage = await coverageOf(question, reader);
  const counts = new Map<string, number>();
  for (const { at, count } of await countItems(question, { dimensions: [], time: 'hour' }, reader))
    counts.set(at, (counts.get(at) ?? 0) + count);
  const week = sumByWeekHour(question, {
    counts,
    states: hourStates(coverage, question),
    now: reader.clock.now(),
  });
  const hours = week.map(({ count, observed, observedHours }, at): WeekHour => {
    const place = { weekday: Math.floor(at / 24) + 1, hour: at % 24 };
    const filter = { ...asked.filter, weekdays: [place.weekday], hours: [place.hour] };
    const mean = observedHours === 0 ? null : Number((observed / observedHours).toFixed(3));
    return { ...place, count, observedHours, mean, evidence: itemEvidence({ ...asked, filter }) };
  });
  const cover = coverOf(coverage, stretchOfDays(question.fromDay, question.toDay));
  return { hours, cover, coverage, behind: await readBehind(reader) };
}

interface HourFacts {
  /** By `2026-03-05T14`. */
  counts: ReadonlyMap<string, number>;
  states: readonly HourState[];
  now: string;
}

function sumByWeekHour(period: TrendQuestion, { counts, states, now }: HourFacts) {
  const week = Array.from({ length: 7 * 24 }, () => ({ count: 0, observed: 0, observedHours: 0 }));
  for (const [index, { at, fromDay, hour = 0 }] of bucketsOf(period, 'hour').entries()) {
    const place = week[(weekdayOf(fromDay) - 1) * 24 + hour];
    if (place === undefined) continue;
    const count = counts.get(at) ?? 0;
    place.count += count;
    const isOver = Date.parse(`${at}:00:00+08:00`) + 3_600_000 <= Date.parse(now);
    if (states[index] !== 'observed' || !isOver) continue;
    place.observed += count;
    place.observedHours += 1;
  }
  return week;
}
