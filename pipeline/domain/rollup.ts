import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import type { CaseFact, HandoverFact } from './case-fact.ts';
import { Category, ServiceKind, ServiceTopic } from './category.ts';
import { FactLevel, type ItemFact, ItemKind, Speaker, speakerOf, Tone } from './item-fact.ts';
import { shanghaiDay } from './time.ts';

/** Raised whenever facts or rollups are made otherwise than before: everything is then counted anew. */
export const rollupLayout = 1;

/** One cell of the cube: hour × channel × kind × class × unit × categories × service × tone × level, and how many items. */
export type CellKey = Omit<ItemFact, 'postId'>;
export interface Cell extends CellKey {
  count: number;
}

/**
 * By what the days are kept, '' for none: the channel; the unit whose matter it is; the topic of its service; each of its
 * categories, so that the days of `category` do not add up to all items.
 */
export const RollupFamily = z.enum(['channel', 'unit', 'topic', 'category']);
export type RollupFamily = z.infer<typeof RollupFamily>;

export const DayKey = z.object({
  /** In Shanghai, YYYY-MM-DD. */
  day: z.iso.date(),
  family: RollupFamily,
  key: z.string(),
  speaker: Speaker,
  accessClass: AccessClass,
});
export type DayKey = z.infer<typeof DayKey>;

const count = z.int();
const counts = z.array(count);

/**
 * All that is asked of a day most often, at a fixed size: reading it costs the same however many items there were. Arrays follow
 * the order of their enumerations, which only ever grow at their end; a shorter one is filled up with zeros. `…Minutes` hold one
 * number for each case or slip, so that a median is exact and days can be put together.
 */
export const Tally = z.object({
  items: count,
  /** By the hour of the Shanghai clock. */
  hours: counts,
  kinds: counts,
  tones: counts,
  levels: counts,
  /** An item with two categories counts for both. */
  categories: counts,
  /** By kind, and within a kind by topic. */
  services: counts,
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

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

export function emptyTally(): Tally {
  return {
    ...{ items: 0, hours: zeros(24), kinds: zeros(ItemKind.options.length) },
    ...{ tones: zeros(Tone.options.length), levels: zeros(FactLevel.options.length) },
    categories: zeros(Category.options.length),
    services: zeros(ServiceKind.options.length * ServiceTopic.options.length),
    ...{ opened: 0, decided: 0, decidedMinutes: [], sent: 0, answered: 0, answeredLate: 0 },
    ...{ receivedMinutes: [], answeredMinutes: [] },
  };
}

export function serviceIndex({ kind, topic }: { kind: ServiceKind; topic: ServiceTopic }): number {
  return (
    ServiceKind.options.indexOf(kind) * ServiceTopic.options.length + ServiceTopic.options.indexOf(topic)
  );
}

function addAt(counts: number[], index: number, by: number): void {
  while (counts.length <= index) counts.push(0);
  counts[index] = (counts[index] ?? 0) + by;
}

function addArrays(into: number[], from: readonly number[]): void {
  for (const [index, value] of from.entries()) addAt(into, index, value);
}

const scalars = ['items', 'opened', 'decided', 'sent', 'answered', 'answeredLate'] as const;
const vectors = ['hours', 'kinds', 'tones', 'levels', 'categories', 'services'] as const;
const multisets = ['decidedMinutes', 'receivedMinutes', 'answeredMinutes'] as const;

/** Adds one tally to another, in place. */
export function addTally(into: Tally, from: Tally): Tally {
  for (const name of scalars) into[name] += from[name];
  for (const name of vectors) addArrays(into[name], from[name]);
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
  for (const name of vectors) {
    for (const [index, value] of minus[name].entries()) addAt(tally[name], index, -value);
  }
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
  return (
    scalars.every((name) => tally[name] === 0) &&
    vectors.every((name) => tally[name].every((value) => value === 0)) &&
    multisets.every((name) => tally[name].length === 0)
  );
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

/** What a set of changes does to the rollups: cells by how many, days by what. Nothing that comes to nothing. */
export interface RollupChange {
  cells: Cell[];
  days: (DayKey & TallyChange)[];
}

const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

/** A slip has no categories: it is handed over for what its service says. */
function familiesOf({ kind, fact }: Fact): Pick<DayKey, 'family' | 'key'>[] {
  const categories = kind === 'handover' || fact.categories.length === 0 ? [''] : fact.categories;
  return [
    { family: 'channel', key: fact.channelId },
    { family: 'unit', key: fact.unitId ?? '' },
    { family: 'topic', key: fact.service?.topic ?? '' },
    ...categories.map((key) => ({ family: 'category' as const, key })),
  ];
}

type Part = [day: string, speaker: Speaker, fill: (tally: Tally) => void];

function partsOf({ kind, fact }: Fact): Part[] {
  if (kind === 'item')
    return [[fact.hour.slice(0, 10), speakerOf(fact.kind), (tally) => countItem(tally, fact)]];
  return kind === 'case' ? partsOfCase(fact) : partsOfSlip(fact);
}

function countItem(tally: Tally, fact: ItemFact): void {
  tally.items += 1;
  addAt(tally.hours, Number(fact.hour.slice(11, 13)), 1);
  addAt(tally.kinds, ItemKind.options.indexOf(fact.kind), 1);
  addAt(tally.tones, Tone.options.indexOf(fact.tone), 1);
  addAt(tally.levels, FactLevel.options.indexOf(fact.level), 1);
  for (const category of fact.categories) addAt(tally.categories, Category.options.indexOf(category), 1);
  if (fact.service !== null) addAt(tally.services, serviceIndex(fact.service), 1);
}

function partsOfCase({ openedAt, decidedAt }: CaseFact): Part[] {
  const opened: Part = [
    shanghaiDay(openedAt),
    'public',
    (tally) => {
      tally.opened += 1;
    },
  ];
  if (decidedAt === null) return [opened];
  const decided: Part = [
    shanghaiDay(decidedAt),
    'public',
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
      'public',
      (tally) => {
        tally.sent += 1;
      },
    ],
  ];
  if (receivedAt !== null) {
    const minutes = minutesBetween(sentAt, receivedAt);
    parts.push([shanghaiDay(receivedAt), 'public', (tally) => tally.receivedMinutes.push(minutes)]);
  }
  if (answeredAt !== null) {
    parts.push([
      shanghaiDay(answeredAt),
      'public',
      (tally) => {
        tally.answered += 1;
        if (answeredAt > dueAt) tally.answeredLate += 1;
        tally.answeredMinutes.push(minutesBetween(sentAt, answeredAt));
      },
    ]);
  }
  return parts;
}

/** Unlike that of any other cell; ids have no line breaks. */
export function cellKeyText(cell: CellKey): string {
  const { hour, channelId, kind, accessClass, unitId, categories, service, tone, level } = cell;
  const said = service === null ? '' : `${service.kind}/${service.topic}`;
  const found = categories.join('+');
  return `${hour} ${kind} ${accessClass} ${tone} ${level} ${found} ${said}\n${unitId ?? ''}\n${channelId}`;
}

/** Unlike that of any other day: the key stands last. */
export function dayKeyText({ day, family, key, speaker, accessClass }: DayKey): string {
  return `${day} ${family} ${speaker} ${accessClass} ${key}`;
}

const isSame = (before: Fact | null, after: Fact | null) =>
  before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after);

/** Pure. What changes of facts do to the rollups. */
export function buildRollupChange(changes: readonly FactChange[]): RollupChange {
  const cells = new Map<string, Cell>();
  const days = new Map<string, DayKey & TallyChange>();
  const take = (one: Fact, sign: 1 | -1) => {
    if (one.kind === 'item') countCell(cells, one.fact, sign);
    for (const [day, speaker, fill] of partsOf(one)) {
      for (const family of familiesOf(one)) {
        const key: DayKey = { day, ...family, speaker, accessClass: one.fact.accessClass };
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
  return { cells: [...cells.values()].filter((cell) => cell.count !== 0), days: [...days.values()] };
}

function countCell(cells: Map<string, Cell>, { postId: _, ...key }: ItemFact, sign: 1 | -1): void {
  const text = cellKeyText(key);
  const cell = cells.get(text) ?? { ...key, count: 0 };
  cell.count += sign;
  cells.set(text, cell);
}

/** All days put together: what a figure over a period is read from. */
export function sumTallies(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  return sum;
}
