import { type ChannelCoverage, type Cover, coverOf, stretchOfDays } from '../domain/coverage.ts';
import {
  assertNoToneByUnit,
  assertPeriod,
  bucketsOf,
  daysOf,
  narrowTo,
  type TrendDimension,
  type TrendPeriod,
  type TrendQuestion,
} from '../domain/trend.ts';
import { spreadOf } from '../domain/trend-chance.ts';
import {
  type Against,
  baselineOf,
  type Change,
  compareCounts,
  type NoClaim,
  whyNoClaim,
} from '../domain/trend-compare.ts';
import type { Count } from '../domain/trend-counts.ts';
import { itemEvidence } from '../domain/trend-evidence.ts';
import {
  type Behind,
  countItems,
  coverageOf,
  narrowToSight,
  readBehind,
  type TrendReader,
} from './read-trends-counts.ts';

export interface CompareQuestion extends TrendQuestion {
  against: Against;
  /** With `other`. */
  againstFromDay?: string | undefined;
  split: TrendDimension | null;
}

interface Side {
  count: number;
  /** Null unless the period was read in full. */
  perDay: number | null;
  evidence: string;
}

interface ComparedLine {
  /** Null: all of it. */
  value: string | null;
  now: Side;
  before: Side;
  change: Change | null;
  /** Why nothing is said of a change; null where something is. */
  reason: NoClaim | null;
}

export interface Compared {
  now: { period: TrendPeriod; cover: Cover };
  before: { period: TrendPeriod; cover: Cover };
  /** By how much days differ more than single, independent items would make them; null for too few days. */
  spread: number | null;
  total: ComparedLine;
  lines: ComparedLine[];
  coverage: ChannelCoverage[];
  behind: Behind;
}

/** By value, the count of each day; '' for all. */
type Days = Map<string, Map<string, number>>;

function daysByValue(counts: readonly Count[]): Days {
  const found: Days = new Map();
  for (const { at, values, count } of counts) {
    const [value = ''] = values;
    const days = found.get(value) ?? new Map<string, number>();
    days.set(at, (days.get(at) ?? 0) + count);
    found.set(value, days);
  }
  return found;
}

const listDays = (days: ReadonlyMap<string, number> | undefined, period: TrendPeriod): number[] =>
  bucketsOf(period, 'day').map(({ at }) => days?.get(at) ?? 0);
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

function spanOf(a: TrendPeriod, b: TrendPeriod): TrendPeriod {
  const [first, second] = a.fromDay < b.fromDay ? [a, b] : [b, a];
  return { fromDay: first.fromDay, toDay: second.toDay };
}

/** @throws InvalidInput for periods that cannot be compared, tone by unit, or a unit that is unknown or not one's own */
export async function comparePeriods(asked: CompareQuestion, reader: TrendReader): Promise<Compared> {
  const { fromDay, toDay, against, againstFromDay, split } = asked;
  assertPeriod({ fromDay, toDay });
  assertNoToneByUnit(asked.filter, split === null ? [] : [{ field: 'split', dimension: split }]);
  const question = { ...asked, filter: await narrowToSight(asked.filter, reader) };
  const sides = [{ fromDay, toDay }, baselineOf({ fromDay, toDay }, against, againstFromDay)] as const;
  const coverage = await coverageOf(question, reader, spanOf(...sides));
  const covers = sides.map((side) => coverOf(coverage, stretchOfDays(side.fromDay, side.toDay)));
  const noClaim = whyNoClaim(covers);
  const read = async (dimensions: TrendDimension[]) =>
    Promise.all(
      sides.map(async (side) =>
        daysByValue(await countItems({ ...question, ...side }, { dimensions, time: 'day' }, reader)),
      ),
    );
  const [all, values] = [await read([]), split === null ? [] : await read([split])];
  const facts = { asked, sides, covers, noClaim };
  const [nowCover, beforeCover] = covers as [Cover, Cover];
  return {
    now: { period: sides[0], cover: nowCover },
    before: { period: sides[1], cover: beforeCover },
    spread: roundSpread(spreadOf(sides.map((side, at) => listDays(all[at]?.get(''), side)))),
    total: buildLine('', all, facts),
    lines: [...new Set(values.flatMap((days) => [...days.keys()]))]
      .sort()
      .map((value) => buildLine(value, values, facts)),
    coverage,
    behind: await readBehind(reader),
  };
}

const roundSpread = (spread: number | null) => (spread === null ? null : Number(spread.toFixed(2)));

interface LineFacts {
  asked: CompareQuestion;
  sides: readonly [TrendPeriod, TrendPeriod];
  covers: readonly Cover[];
  noClaim: NoClaim | null;
}

function buildLine(
  value: string,
  days: readonly Days[],
  { asked, sides, covers, noClaim }: LineFacts,
): ComparedLine {
  const { filter, split } = asked;
  const listed = sides.map((side, at) => listDays(days[at]?.get(value), side));
  const narrowed = split === null || value === '' ? filter : narrowTo(filter, split, value);
  const [now, before] = sides.map((side, at): Side => {
    const count = sum(listed[at] ?? []);
    const perDay = covers[at]?.complete === true ? Number((count / daysOf(side)).toFixed(2)) : null;
    return { count, perDay, evidence: itemEvidence({ ...asked, ...side, filter: narrowed }) };
  }) as [Side, Side];
  const length = daysOf(sides[0]);
  const compared = compareCounts(
    { count: now.count, days: length },
    { count: before.count, days: length },
    { spread: spreadOf(listed), noClaim },
  );
  return { value: value === '' ? null : value, now, before, ...compared };
}
