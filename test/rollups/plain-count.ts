import type { CaseFact, HandoverFact } from '../../pipeline/domain/case-fact.ts';
import { Category, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { FactLevel, type ItemFact, ItemKind, Tone } from '../../pipeline/domain/item-fact.ts';
import type { Cell, DayTally, Tally } from '../../pipeline/domain/rollup.ts';

/** Figures by name; what is nought is not there. Lists of minutes are sorted. */
type Figures = Record<string, number | number[]>;

const dayOf = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 'YYYY-MM-DD'.length);
const minutes = (from: string, to: string) =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

/** Every figure of every day, counted one by one, without the product's own way of counting. */
export function countDays(
  items: ItemFact[],
  cases: CaseFact[],
  slips: HandoverFact[],
): Record<string, Figures> {
  const days: Record<string, Figures> = {};
  const add = (keys: string[], name: string, minute?: number) => {
    for (const key of keys) {
      days[key] ??= {};
      const figures = days[key];
      if (minute === undefined) figures[name] = ((figures[name] as number | undefined) ?? 0) + 1;
      else figures[name] = [...((figures[name] as number[] | undefined) ?? []), minute].sort((a, b) => a - b);
    }
  };
  for (const item of items) {
    const speaker = ['comment', 'lead'].includes(item.kind) ? 'public' : 'school';
    const keys = keysOf(item, item.categories).map((key) => `${item.hour.slice(0, 10)} ${speaker} ${key}`);
    for (const name of ['items', `hour ${Number(item.hour.slice(-2))}`, `kind ${item.kind}`]) add(keys, name);
    for (const name of [`tone ${item.tone}`, `level ${item.level}`]) add(keys, name);
    for (const category of item.categories) add(keys, `category ${category}`);
    if (item.service !== null) add(keys, `service ${item.service.kind} ${item.service.topic}`);
  }
  for (const one of cases) {
    const on = (instant: string) =>
      keysOf(one, one.categories).map((key) => `${dayOf(instant)} public ${key}`);
    add(on(one.openedAt), 'opened');
    if (one.decidedAt === null) continue;
    add(on(one.decidedAt), 'decided');
    add(on(one.decidedAt), 'decidedMinutes', minutes(one.openedAt, one.decidedAt));
  }
  for (const slip of slips.filter(({ state }) => state !== 'withdrawn')) {
    const on = (instant: string) => keysOf(slip, []).map((key) => `${dayOf(instant)} public ${key}`);
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

/** How many items are alike in everything but their id. */
export function countCells(items: ItemFact[]): Record<string, number> {
  const cells: Record<string, number> = {};
  for (const { postId: _, ...key } of items) {
    const name = JSON.stringify(key);
    cells[name] = (cells[name] ?? 0) + 1;
  }
  return cells;
}

export function nameCells(cells: readonly Cell[]): Record<string, number> {
  const named: Record<string, number> = {};
  for (const { count, ...key } of cells) {
    const { hour, channelId, kind, accessClass, unitId, categories, service, tone, level } = key;
    const name = JSON.stringify({
      hour,
      channelId,
      kind,
      accessClass,
      unitId,
      categories,
      service,
      tone,
      level,
    });
    if (named[name] !== undefined) throw new Error(`the cell ${name} came twice`);
    named[name] = count;
  }
  return named;
}

/** The store's days in the words of `countDays`. */
export function nameDays(days: readonly DayTally[]): Record<string, Figures> {
  const named: Record<string, Figures> = {};
  for (const { day, family, key, speaker, accessClass, tally } of days) {
    const name = `${day} ${speaker} ${family}=${key} ${accessClass}`;
    if (named[name] !== undefined) throw new Error(`the day ${name} came twice`);
    named[name] = nameFigures(tally);
  }
  return named;
}

function nameFigures({ hours, kinds, tones, levels, categories, services, ...rest }: Tally): Figures {
  const figures: Figures = {};
  const put = (counts: number[], nameOf: (index: number) => string) => {
    for (const [index, count] of counts.entries()) if (count !== 0) figures[nameOf(index)] = count;
  };
  put(hours, (index) => `hour ${index}`);
  put(kinds, (index) => `kind ${ItemKind.options[index]}`);
  put(tones, (index) => `tone ${Tone.options[index]}`);
  put(levels, (index) => `level ${FactLevel.options[index]}`);
  put(categories, (index) => `category ${Category.options[index]}`);
  const topics = ServiceTopic.options.length;
  put(services, (index) => {
    return `service ${ServiceKind.options[Math.floor(index / topics)]} ${ServiceTopic.options[index % topics]}`;
  });
  for (const [name, value] of Object.entries(rest)) {
    if (Array.isArray(value) ? value.length > 0 : value !== 0) figures[name] = value;
  }
  return figures;
}
