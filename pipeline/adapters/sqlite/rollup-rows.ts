import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { isUndecided } from '../../domain/case.ts';
import { CaseFact, HandoverFact } from '../../domain/case-fact.ts';
import { Category } from '../../domain/category.ts';
import { isWithUnit } from '../../domain/handover.ts';
import { FactLevel, FactService, type ItemFact, ItemKind, Tone } from '../../domain/item-fact.ts';
import type { Fact } from '../../domain/rollup.ts';
import { type SqliteDatabase, statement } from './database.ts';

type Kind = Fact['kind'];
const tables = {
  item: { name: 'item_facts', id: 'post_id' },
  case: { name: 'case_facts', id: 'case_id' },
  handover: { name: 'handover_facts', id: 'handover_id' },
} as const;

const joinCategories = (categories: readonly string[]): string => categories.join('+');

const factColumns = `hour, channel_id AS channelId, kind, access_class AS accessClass, unit_id AS unitId, categories,
  service_kind AS serviceKind, topic, tone, level`;

const Columns = z.object({
  hour: z.string(),
  channelId: z.string(),
  kind: ItemKind,
  accessClass: AccessClass,
  unitId: z.string(),
  categories: z.string(),
  serviceKind: z.string(),
  topic: z.string(),
  tone: Tone,
  level: FactLevel,
});

/** Thousands of rows say the same few things: each is checked once. */
function remember<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const parsed = parse(text);
    if (known.size < 1000) known.set(text, parsed);
    return parsed;
  };
}
const parseCategories = remember((text) => z.array(Category).parse(text.split('+')));
const parseService = remember((text) => {
  const [kind, topic] = text.split(' ');
  return FactService.parse({ kind, topic });
});

/** What a row says of its item. Nobody shares its lists. */
function parseColumns(row: unknown): Omit<ItemFact, 'postId'> {
  const { unitId, categories, serviceKind, topic, tone, level, ...place } = Columns.parse(row);
  return {
    ...place,
    unitId: unitId === '' ? null : unitId,
    categories: categories === '' ? [] : [...parseCategories(categories)],
    service: serviceKind === '' ? null : { ...parseService(`${serviceKind} ${topic}`) },
    ...{ tone, level },
  };
}

function toColumns(fact: Omit<ItemFact, 'postId'>) {
  const { hour, channelId, kind, accessClass, unitId, categories, service, tone, level } = fact;
  return {
    ...{ hour, channelId, kind, accessClass, tone, level },
    ...{ unitId: unitId ?? '', categories: joinCategories(categories) },
    ...{ serviceKind: service?.kind ?? '', topic: service?.topic ?? '' },
  };
}

export const itemColumns = `post_id AS postId, ${factColumns}`;
const PostId = z.object({ postId: z.string() });
export const parseItem = (row: unknown): ItemFact => ({
  postId: PostId.parse(row).postId,
  ...parseColumns(row),
});

const Body = z.object({ fact: z.string().transform((text): unknown => JSON.parse(text)) });
export const parseCaseFact = (row: unknown): CaseFact =>
  Body.transform(({ fact }) => fact)
    .pipe(CaseFact)
    .parse(row);
export const parseHandoverFact = (row: unknown): HandoverFact =>
  Body.transform(({ fact }) => fact)
    .pipe(HandoverFact)
    .parse(row);

/** The fact that stands in the sums of this epoch. */
export function findFact(db: SqliteDatabase, kind: Kind, id: string, epoch: number): Fact | null {
  const { name, id: key } = tables[kind];
  const columns = kind === 'item' ? itemColumns : 'fact';
  const row = statement(db, `SELECT ${columns} FROM ${name} WHERE ${key} = ? AND epoch = ?`).get(id, epoch);
  if (row === undefined) return null;
  if (kind === 'item') return { kind, fact: parseItem(row) };
  return kind === 'case' ? { kind, fact: parseCaseFact(row) } : { kind, fact: parseHandoverFact(row) };
}

export function deleteFact(db: SqliteDatabase, kind: Kind, id: string): void {
  const { name, id: key } = tables[kind];
  statement(db, `DELETE FROM ${name} WHERE ${key} = ?`).run(id);
}

export function writeFact(db: SqliteDatabase, fact: Fact, epoch: number): void {
  if (fact.kind === 'item') writeItem(db, fact.fact, epoch);
  else if (fact.kind === 'case') writeCase(db, fact.fact, epoch);
  else writeHandover(db, fact.fact, epoch);
}

function writeItem(db: SqliteDatabase, fact: ItemFact, epoch: number): void {
  statement(
    db,
    `REPLACE INTO item_facts (post_id, epoch, hour, channel_id, kind, access_class, unit_id, categories, service_kind,
       topic, tone, level) VALUES (@postId, @epoch, @hour, @channelId, @kind, @accessClass, @unitId, @categories,
       @serviceKind, @topic, @tone, @level)`,
  ).run({ ...toColumns(fact), postId: fact.postId, epoch });
}

function writeCase(db: SqliteDatabase, fact: CaseFact, epoch: number): void {
  const { caseId, openedAt, decidedAt, channelId, accessClass, level } = fact;
  statement(
    db,
    `REPLACE INTO case_facts (case_id, epoch, opened_at, decided_at, undecided, channel_id, access_class, unit_id,
       categories, topic, level, fact) VALUES (@caseId, @epoch, @openedAt, @decidedAt, @undecided, @channelId,
       @accessClass, @unitId, @categories, @topic, @level, @fact)`,
  ).run({
    ...{ caseId, epoch, openedAt, decidedAt, channelId, accessClass, level, fact: JSON.stringify(fact) },
    ...{ undecided: isUndecided(fact.state) ? 1 : 0, unitId: fact.unitId ?? '' },
    ...{ categories: joinCategories(fact.categories), topic: fact.service?.topic ?? '' },
  });
}

function writeHandover(db: SqliteDatabase, fact: HandoverFact, epoch: number): void {
  const { handoverId, sentAt, receivedAt, answeredAt, channelId, accessClass, unitId } = fact;
  statement(
    db,
    `REPLACE INTO handover_facts (handover_id, epoch, sent_at, received_at, answered_at, with_unit, channel_id,
       access_class, unit_id, topic, fact) VALUES (@handoverId, @epoch, @sentAt, @receivedAt, @answeredAt, @withUnit,
       @channelId, @accessClass, @unitId, @topic, @fact)`,
  ).run({
    ...{ handoverId, epoch, sentAt, receivedAt, answeredAt, channelId, accessClass, unitId },
    ...{ withUnit: isWithUnit(fact.state) ? 1 : 0, topic: fact.service?.topic ?? '' },
    fact: JSON.stringify(fact),
  });
}

export const CubeRow = z.object({
  cells: z.instanceof(Uint8Array),
  hours: z.instanceof(Uint8Array).nullable(),
});
