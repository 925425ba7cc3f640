import type { CaseFact, HandoverFact } from '../../pipeline/domain/case-fact.ts';
import { Category } from '../../pipeline/domain/category.ts';
import { type DayCube, eachHour, planeNames, planes, readCode } from '../../pipeline/domain/item-cube.ts';
import type { ItemFact } from '../../pipeline/domain/item-fact.ts';
import type { DayTally } from '../../pipeline/domain/rollup.ts';
import type { FactPeriod, RollupStore } from '../../pipeline/ports/rollup-store.ts';

/** Figures by name; what is nought is not there. Lists of minutes are sorted. */
type Figures = Record<string, number | number[]>;

const dayOf = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 'YYYY-MM-DD'.length);
const minutes = (from: string, to: string) =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

/** Every figure of every day, counted one by one, without the product's own way of counting. */
export function countDays(cases: CaseFact[], slips: HandoverFact[]): Record<string, Figures> {
  const days: Record<string, Figures> = {};
  const add = (keys: string[], name: string, minute?: number) => {
    for (const key of keys) {
      days[key] ??= {};
      const figures = days[key];
      if (minute === undefined) figures[name] = ((figures[name] as number | undefined) ?? 0) + 1;
      else figures[name] = [...((figures[name] as number[] | undefined) ?? []), minute].sort((a, b) => a - b);
    }
  };
  for (const one of cases) {
    const on = (instant: string) => keysOf(one, one.categories).map((key) => `${dayOf(instant)} ${key}`);
    add(on(one.openedAt), 'opened');
    if (one.decidedAt === null) continue;
    add(on(one.decidedAt), 'decided');
    add(on(one.decidedAt), 'decidedMinutes', minutes(one.openedAt, one.decidedAt));
  }
  for (const slip of slips.filter(({ state }) => state !== 'withdrawn')) {
    const on = (instant: string) => keysOf(slip, []).map((key) => `${dayOf(instant)} ${key}`);
    add(on(slip.sentAt), 'sent');
    if (slip.receivedAt !== null) {
      add(on(slip.receivedAt), 'receivedMinutes', minutes(slip.sentAt, slip.receivedAt));
    }
    if (slip.answeredAt === null) continue;
    add(on(slip.answeredAt), 'answered');
    if (slip.answeredAt > slip.dueAt) add(on(slip.answeredAt), 'answeredLate');
    add(on(slip.answeredAt), 'answeredMinutes', minutes(slip.sentAt, slip.answeredAt));
  }
  return days;
}

function keysOf(
  fact: Pick<ItemFact, 'channelId' | 'unitId' | 'service' | 'accessClass'>,
  categories: readonly string[],
): string[] {
  const named = [
    ...[`channel=${fact.channelId}`, `unit=${fact.unitId ?? ''}`, `topic=${fact.service?.topic ?? ''}`],
    ...(categories.length === 0 ? ['category='] : categories.map((category) => `category=${category}`)),
  ];
  return named.map((name) => `${name} ${fact.accessClass}`);
}

/** What a plane tells of an item, by name. */
const said: Record<string, (item: ItemFact) => string> = {
  channel: ({ channelId }) => channelId,
  unit: ({ unitId }) => unitId ?? '',
  service: ({ service }) => (service === null ? '' : `${service.kind} ${service.topic}`),
  category: ({ categories }) => categories.join('+'),
  level: ({ level }) => level,
  tone: ({ tone }) => tone,
};

/** How many items are alike in every cell of every plane, with the hours of those planes that tell them. */
export function countCubes(items: ItemFact[]): Record<string, number> {
  const cells: Record<string, number> = {};
  for (const item of items) {
    const speaker = ['comment', 'lead'].includes(item.kind) ? 'public' : 'school';
    for (const [plane, { tells, byHour }] of Object.entries(planes)) {
      const values = tells.map((one) => `${one}=${said[one]?.(item)}`).sort();
      const cell = [plane, item.hour.slice(0, 10), speaker, item.accessClass, item.kind, ...values].join(
        ' | ',
      );
      const names = byHour ? [cell, `${cell} | ${Number(item.hour.slice(-2))}`] : [cell];
      for (const name of names) cells[name] = (cells[name] ?? 0) + 1;
    }
  }
  return cells;
}

/** Every cell of every plane that a store has, in the words of `countCubes`. */
export async function readAllCubes(
  rollups: Pick<RollupStore, 'readCubes'>,
  period: FactPeriod,
): Promise<Record<string, number>> {
  const named: Record<string, number> = {};
  const put = (name: string, count: number) => {
    if (named[name] !== undefined) throw new Error(`the cell ${name} came twice`);
    named[name] = count;
  };
  for (const plane of planeNames) {
    const { byHour } = planes[plane];
    for (const day of await rollups.readCubes({ ...period, plane, hours: byHour })) {
      const names = nameCells(day);
      for (const [at, name] of names.entries()) put(name, day.cube.counts[at] ?? 0);
      eachHour(day.cube, (at, hour, count) => put(`${names[at]} | ${hour}`, count));
    }
  }
  return named;
}

function nameCells({ plane, day, speaker, accessClass, cube }: DayCube): string[] {
  const { channels, units, codes, masks, channelAt, unitAt } = cube;
  return Array.from(codes, (code, at) => {
    const read = readCode(code);
    if (read === null) throw new Error(`there is no code ${code}`);
    const { kind, tone, level, serviceKind, topic } = read;
    const values: Record<string, string | undefined> = {
      ...{ channel: channels[channelAt[at] ?? 0], unit: units[unitAt[at] ?? 0], tone, level },
      service: serviceKind === null ? '' : `${serviceKind} ${topic}`,
      category: Category.options.filter((_, bit) => (masks[at] ?? 0) & (1 << bit)).join('+'),
    };
    const told = planes[plane].tells.map((one: string) => `${one}=${values[one]}`).sort();
    return [plane, day, speaker, accessClass, kind, ...told].join(' | ');
  });
}

/** The store's days in the words of `countDays`. */
export function nameDays(days: readonly DayTally[]): Record<string, Figures> {
  const named: Record<string, Figures> = {};
  for (const { day, family, key, accessClass, tally } of days) {
    const name = `${day} ${family}=${key} ${accessClass}`;
    if (named[name] !== undefined) throw new Error(`the day ${name} came twice`);
    const figures = Object.entries(tally).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== 0,
    );
    named[name] = Object.fromEntries(figures);
  }
  return named;
}
