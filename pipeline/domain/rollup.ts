import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import type { CaseFact, HandoverFact } from './case-fact.ts';
import { buildCubeChanges, type CubeChange } from './cube-change.ts';
import type { ItemFact } from './item-fact.ts';
import { shanghaiDay } from './time.ts';

/** Raised whenever facts or rollups are made otherwise than before: everything is then counted anew. */
export const rollupLayout = 2;

/**
 * By what days of cases and slips are kept, '' for none: the channel; the unit whose matter it is; the topic of its service; each
 * of its categories, so that the days of `category` do not add up to all.
 */
export const RollupFamily = z.enum(['channel', 'unit', 'topic', 'category']);
export type RollupFamily = z.infer<typeof RollupFamily>;

export const DayKey = z.object({
  /** In Shanghai, YYYY-MM-DD. */
  day: z.iso.date(),
  family: RollupFamily,
  key: z.string(),
  accessClass: AccessClass,
});
export type DayKey = z.infer<typeof DayKey>;

const count = z.int();

/**
 * What became of cases and slips on a day. `…Minutes` hold one number for each case or slip, so that a median is exact and days
 * can be put together.
 */
export const Tally = z.object({
  /** Cases by the day on which they were opened. */
  opened: count,
  /** Cases by the day of the decision that holds. */
  decided: count,
  /** From opened to decided. */
  decidedMinutes: z.array(z.int()),
  /** Slips by the day on which they were sent; and answered, late or in time, by the day of the answer. */
  sent: count,
  answered: count,
  answeredLate: count,
  /** From sent to received, by the day of receiving; from sent to answered, by the day of the answer. */
  receivedMinutes: z.array(z.int()),
  answeredMinutes: z.array(z.int()),
});
export type Tally = z.infer<typeof Tally>;

export interface DayTally extends DayKey {
  tally: Tally;
}

export function emptyTally(): Tally {
  return {
    ...{ opened: 0, decided: 0, decidedMinutes: [], sent: 0, answered: 0, answeredLate: 0 },
    ...{ receivedMinutes: [], answeredMinutes: [] },
  };
}

const scalars = ['opened', 'decided', 'sent', 'answered', 'answeredLate'] as const;
const multisets = ['decidedMinutes', 'receivedMinutes', 'answeredMinutes'] as const;

/** Adds one tally to another, in place. */
export function addTally(into: Tally, from: Tally): Tally {
  for (const name of scalars) into[name] += from[name];
  for (const name of multisets) into[name].push(...from[name]);
  return into;
}

/** What is to be added to a tally, and which of its minutes are to be taken out. */
export interface TallyChange {
  plus: Tally;
  minus: Tally;
}

/** In place. Minutes that are not there to be taken out are a fault of whoever keeps the facts. @throws Error */
export function changeTally(tally: Tally, { plus, minus }: TallyChange): Tally {
  addTally(tally, plus);
  for (const name of scalars) tally[name] -= minus[name];
  for (const name of multisets) {
    for (const value of minus[name]) {
      const at = tally[name].indexOf(value);
      if (at < 0) throw new Error(`the rollup of ${name} has no ${value} to take out`);
      tally[name].splice(at, 1);
    }
    tally[name].sort((a, b) => a - b);
  }
  return tally;
}

export function isEmptyTally(tally: Tally): boolean {
  return scalars.every((name) => tally[name] === 0) && multisets.every((name) => tally[name].length === 0);
}

export type Fact =
  | { kind: 'item'; fact: ItemFact }
  | { kind: 'case'; fact: CaseFact }
  | { kind: 'handover'; fact: HandoverFact };

/** What facts have become; null: there was none, or is none. */
export interface FactChange {
  before: Fact | null;
  after: Fact | null;
}

/** What a set of changes does to the rollups: cubes of items, and days of cases and slips. Nothing that comes to nothing. */
export interface RollupChange {
  cubes: CubeChange[];
  days: (DayKey & TallyChange)[];
}

const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

/** A slip has no categories: it is handed over for what its service says. */
function familiesOf({ kind, fact }: Exclude<Fact, { kind: 'item' }>): Pick<DayKey, 'family' | 'key'>[] {
  const categories = kind === 'handover' || fact.categories.length === 0 ? [''] : fact.categories;
  return [
    { family: 'channel', key: fact.channelId },
    { family: 'unit', key: fact.unitId ?? '' },
    { family: 'topic', key: fact.service?.topic ?? '' },
    ...categories.map((key) => ({ family: 'category' as const, key })),
  ];
}

type Part = [day: string, fill: (tally: Tally) => void];

function partsOfCase({ openedAt, decidedAt }: CaseFact): Part[] {
  const opened: Part = [
    shanghaiDay(openedAt),
    (tally) => {
      tally.opened += 1;
    },
  ];
  if (decidedAt === null) return [opened];
  const decided: Part = [
    shanghaiDay(decidedAt),
    (tally) => {
      tally.decided += 1;
      tally.decidedMinutes.push(minutesBetween(openedAt, decidedAt));
    },
  ];
  return [opened, decided];
}

function partsOfSlip({ state, sentAt, receivedAt, answeredAt, dueAt }: HandoverFact): Part[] {
  if (state === 'withdrawn') return [];
  const parts: Part[] = [
    [
      shanghaiDay(sentAt),
      (tally) => {
        tally.sent += 1;
      },
    ],
  ];
  if (receivedAt !== null) {
    const minutes = minutesBetween(sentAt, receivedAt);
    parts.push([shanghaiDay(receivedAt), (tally) => tally.receivedMinutes.push(minutes)]);
  }
  if (answeredAt !== null) {
    parts.push([
      shanghaiDay(answeredAt),
      (tally) => {
        tally.answered += 1;
        if (answeredAt > dueAt) tally.answeredLate += 1;
        tally.answeredMinutes.push(minutesBetween(sentAt, answeredAt));
      },
    ]);
  }
  return parts;
}

/** Unlike that of any other day: the key stands last. */
export function dayKeyText({ day, family, key, accessClass }: DayKey): string {
  return `${day} ${family} ${accessClass} ${key}`;
}

const isSame = (before: Fact | null, after: Fact | null) =>
  before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after);

/** Pure. What changes of facts do to the rollups. */
export function buildRollupChange(changes: readonly FactChange[]): RollupChange {
  const items: { fact: ItemFact; sign: 1 | -1 }[] = [];
  const days = new Map<string, DayKey & TallyChange>();
  const take = (one: Fact, sign: 1 | -1) => {
    if (one.kind === 'item') {
      items.push({ fact: one.fact, sign });
      return;
    }
    const parts = one.kind === 'case' ? partsOfCase(one.fact) : partsOfSlip(one.fact);
    for (const [day, fill] of parts) {
      for (const family of familiesOf(one)) {
        const key: DayKey = { day, ...family, accessClass: one.fact.accessClass };
        const text = dayKeyText(key);
        const change = days.get(text) ?? { ...key, plus: emptyTally(), minus: emptyTally() };
        fill(sign === 1 ? change.plus : change.minus);
        days.set(text, change);
      }
    }
  };
  for (const { before, after } of changes) {
    if (isSame(before, after)) continue;
    if (before !== null) take(before, -1);
    if (after !== null) take(after, 1);
  }
  return { cubes: buildCubeChanges(items), days: [...days.values()] };
}

/** All days put together: what a figure over a period is read from. */
export function sumTallies(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  return sum;
}
