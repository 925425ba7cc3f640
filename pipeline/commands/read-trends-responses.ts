import { setImmediate } from 'node:timers/promises';
import { type HandoverFact, isLate } from '../domain/case-fact.ts';
import { type ChannelCoverage, type Cover, coverOf, stretchOfDays } from '../domain/coverage.ts';
import { sumTallies, type Tally } from '../domain/rollup.ts';
import { assertPeriod, type TrendFilter, type TrendPeriod } from '../domain/trend.ts';
import { type EvidenceMoment, valueOfKey, writeEvidence } from '../domain/trend-evidence.ts';
import { type Durations, measureMinutes } from '../domain/trend-minutes.ts';
import {
  type Behind,
  coverageOf,
  narrowToSight,
  readBehind,
  type TrendReader,
} from './read-trends-counts.ts';

interface Counted {
  count: number;
  evidence: string;
}

/** How slips were answered, and cases decided. Beside each median stands of how many it is. */
export interface ResponseLine {
  /** A unit or a topic; null: all. */
  value: string | null;
  sent: Counted;
  received: Counted;
  toReceipt: Durations;
  answered: Counted;
  answeredLate: Counted;
  toAnswer: Durations;
  openNow: Counted;
  overdueNow: Counted;
  opened: Counted;
  decided: Counted;
  /** Decided by opened in these days; null where none was opened. It may be above 1. */
  decidedShare: number | null;
  toDecision: Durations;
}

export interface Responses {
  total: ResponseLine;
  byUnit: ResponseLine[];
  /** Null for somebody who sees single units only: the days of a topic are those of all units. */
  byTopic: ResponseLine[] | null;
  cover: Cover;
  coverage: ChannelCoverage[];
  behind: Behind;
}

export interface ResponseQuestion extends TrendPeriod {
  /** `-` for cases that are nobody's. */
  units?: string[] | undefined;
}

const pageSize = 200;

/** All slips that wait for their unit now: few, whatever the period. */
async function listWaiting(
  { accessClasses, stores }: TrendReader,
  period: TrendPeriod,
): Promise<HandoverFact[]> {
  const facts: HandoverFact[] = [];
  for (let cursor: string | null = null; ; ) {
    const asked = { ...period, accessClasses, moment: 'with-unit-now' as const, cursor, limit: pageSize };
    const page = await stores.rollups.listHandovers(asked);
    facts.push(...page.items);
    if (page.nextCursor === null) return facts;
    cursor = page.nextCursor;
  }
}

interface LineFacts {
  value: string | null;
  tally: Tally;
  waiting: readonly HandoverFact[];
  filter: TrendFilter;
}

function buildLine(
  { value, tally, waiting, filter }: LineFacts,
  period: TrendPeriod,
  now: string,
): ResponseLine {
  const slips = (count: number, moment: EvidenceMoment, late?: true): Counted => ({
    count,
    evidence: writeEvidence({ about: 'handovers', ...period, moment, ...(late && { late }), filter }),
  });
  const cases = (count: number, moment: EvidenceMoment): Counted => ({
    count,
    evidence: writeEvidence({ about: 'cases', ...period, moment, filter }),
  });
  const { opened, decided } = tally;
  return {
    value,
    sent: slips(tally.sent, 'sent'),
    received: slips(tally.receivedMinutes.length, 'received'),
    toReceipt: measureMinutes(tally.receivedMinutes),
    answered: slips(tally.answered, 'answered'),
    answeredLate: slips(tally.answeredLate, 'answered', true),
    toAnswer: measureMinutes(tally.answeredMinutes),
    openNow: slips(waiting.length, 'with-unit-now'),
    overdueNow: slips(waiting.filter((fact) => isLate(fact, now)).length, 'with-unit-now', true),
    opened: cases(opened, 'opened'),
    decided: cases(decided, 'decided'),
    decidedShare: opened === 0 ? null : Number((decided / opened).toFixed(3)),
    toDecision: measureMinutes(tally.decidedMinutes),
  };
}

/**
 * By unit and by topic, in the order of their ids, never of their figures. Exact: a day keeps how long each took.
 * @throws InvalidInput for a period that is too long, or a unit that is unknown or not one's own
 */
export async function readResponses(asked: ResponseQuestion, reader: TrendReader): Promise<Responses> {
  const { fromDay, toDay } = asked;
  const period = { fromDay, toDay };
  assertPeriod(period);
  const { units } = await narrowToSight(asked.units === undefined ? {} : { units: asked.units }, reader);
  const filter = units === undefined ? {} : { units };
  const now = reader.clock.now();
  const inSight = ({ unitId }: HandoverFact) => units?.includes(unitId) !== false;
  const waiting = (await listWaiting(reader, period)).filter(inSight);
  const byUnit = await readFamily('unit', { period, reader, units });
  const line = (facts: LineFacts) => buildLine(facts, period, now);
  const unitKeys = new Set([...byUnit.keys(), ...waiting.map(({ unitId }) => unitId)]);
  const of = (key: string, tallies: Map<string, Tally>) => tallies.get(key) ?? sumTallies([]);
  const unitLines = [...unitKeys].sort().map((key) => {
    const value = valueOfKey(key);
    const own = waiting.filter(({ unitId }) => unitId === key);
    return line({ value, tally: of(key, byUnit), waiting: own, filter: { units: [value] } });
  });
  const coverage = await coverageOf({ ...period, speaker: 'public', filter: {} }, reader);
  return {
    total: line({ value: null, tally: sumTallies(byUnit.values()), waiting, filter }),
    byUnit: unitLines,
    byTopic: units === undefined ? await readTopics(line, { period, reader, waiting }) : null,
    cover: coverOf(coverage, stretchOfDays(fromDay, toDay)),
    coverage,
    behind: await readBehind(reader),
  };
}

async function readFamily(
  family: 'unit' | 'topic',
  {
    period,
    reader,
    units,
  }: { period: TrendPeriod; reader: TrendReader; units?: readonly string[] | undefined },
): Promise<Map<string, Tally>> {
  const { accessClasses, stores } = reader;
  const keys = units?.map((unit) => (unit === valueOfKey('') ? '' : unit));
  const days = await stores.rollups.readDays({
    ...{ ...period, accessClasses, family },
    ...(keys && { keys }),
  });
  // Minutes by the ten thousand are put together: others have a turn before.
  await setImmediate();
  const found = new Map<string, Tally[]>();
  for (const { key, tally } of days) found.set(key, [...(found.get(key) ?? []), tally]);
  const sums = [...found].map(([key, tallies]) => [key, sumTallies(tallies)] as const);
  return new Map(sums);
}

async function readTopics(
  line: (facts: LineFacts) => ResponseLine,
  { period, reader, waiting }: { period: TrendPeriod; reader: TrendReader; waiting: readonly HandoverFact[] },
): Promise<ResponseLine[]> {
  const tallies = await readFamily('topic', { period, reader });
  const topicOf = ({ service }: HandoverFact) => service?.topic ?? '';
  const keys = new Set([...tallies.keys(), ...waiting.map(topicOf)]);
  return [...keys].sort().map((key) => {
    const value = valueOfKey(key);
    const own = waiting.filter((fact) => topicOf(fact) === key);
    const filter = { topics: [value] } as TrendFilter;
    return line({ value, tally: tallies.get(key) ?? sumTallies([]), waiting: own, filter });
  });
}
