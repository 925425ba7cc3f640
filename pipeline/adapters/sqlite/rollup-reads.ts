import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import type { CaseFact, HandoverFact } from '../../domain/case-fact.ts';
import { CubeKey, type DayCube, parseCube } from '../../domain/item-cube.ts';
import { type ItemFact, ItemKind, speakerOf } from '../../domain/item-fact.ts';
import { DayKey, type DayTally } from '../../domain/rollup.ts';
import { dayAfter, dayBefore, shanghaiInstant } from '../../domain/time.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type {
  CaseFilter,
  CaseMoment,
  FactPeriod,
  HandoverFilter,
  HandoverMoment,
  ItemFilter,
  RollupStore,
} from '../../ports/rollup-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { listItemHours, listWindows, planItemHours, takeHours } from '../item-hours.ts';
import { parseTally, TallyRow } from '../tally-row.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { CubeRow, itemColumns, parseCaseFact, parseHandoverFact, parseItem } from './rollup-rows.ts';

/** Conditions that narrow, with what they ask for. */
interface Narrowing {
  where: string[];
  values: Record<string, unknown>;
}

const oneOf = (column: string, name: string) => `${column} IN (SELECT value FROM json_each(@${name}))`;

function narrow(
  lists: Record<string, readonly unknown[] | undefined>,
  columns: Record<string, string>,
): Narrowing {
  const given = Object.entries(lists).filter(([, list]) => list !== undefined);
  return {
    where: given.map(([name]) => columns[name] ?? '0'),
    values: Object.fromEntries(given.map(([name, list]) => [name, JSON.stringify(list)])),
  };
}

/** Any of the categories asked for stands among those of the row. */
const anyCategory = `EXISTS (SELECT 1 FROM json_each(@categories) asked
  WHERE instr('+' || categories || '+', '+' || asked.value || '+') > 0)`;

const itemConditions = {
  accessClasses: oneOf('access_class', 'accessClasses'),
  spoken: oneOf('kind', 'spoken'),
  kinds: oneOf('kind', 'kinds'),
  channelIds: oneOf('channel_id', 'channelIds'),
  unitIds: oneOf('unit_id', 'unitIds'),
  tones: oneOf('tone', 'tones'),
  levels: oneOf('level', 'levels'),
  categories: `categories <> '' AND ${anyCategory}`,
  serviceKinds: oneOf('service_kind', 'serviceKinds'),
  topics: `topic <> '' AND ${oneOf('topic', 'topics')}`,
  hours: 'CAST(substr(hour, 12, 2) AS INTEGER) IN (SELECT value FROM json_each(@hours))',
};

function narrowItems(query: Pick<FactPeriod, 'accessClasses'> & ItemFilter): Narrowing {
  const { speaker, accessClasses, kinds, channelIds, unitIds, tones, levels } = query;
  const spoken =
    speaker === undefined ? undefined : ItemKind.options.filter((kind) => speakerOf(kind) === speaker);
  const { categories, serviceKinds, topics, hours } = query;
  const lists = {
    accessClasses,
    spoken,
    kinds,
    channelIds,
    unitIds,
    tones,
    levels,
    categories,
    serviceKinds,
    topics,
    hours,
  };
  const { where, values } = narrow(lists, itemConditions);
  return {
    where,
    values,
  };
}

export function readDays(db: SqliteDatabase, query: Parameters<RollupStore['readDays']>[0]): DayTally[] {
  const { family, fromDay, toDay, accessClasses, keys } = query;
  const { where, values } = narrow(
    { accessClasses, keys },
    { accessClasses: oneOf('access_class', 'accessClasses'), keys: oneOf('key', 'keys') },
  );
  const rows = statement(
    db,
    `SELECT day, family, key, access_class AS accessClass, tally, minutes FROM rollup_days
     WHERE family = @family AND day >= @fromDay AND day <= @toDay AND ${where.join(' AND ')}`,
  ).all({ ...values, family, fromDay, toDay });
  return rows.map((row) => ({ ...DayKey.parse(row), tally: parseTally(TallyRow.parse(row)) }));
}

const KeyedCubeRow = CubeKey.extend(CubeRow.shape);

export function readCubes(db: SqliteDatabase, query: Parameters<RollupStore['readCubes']>[0]): DayCube[] {
  const { plane, hours, fromDay, toDay, accessClasses, speaker } = query;
  const { where, values } = narrow(
    { accessClasses, speakers: speaker === undefined ? undefined : [speaker] },
    { accessClasses: oneOf('access_class', 'accessClasses'), speakers: oneOf('speaker', 'speakers') },
  );
  const rows = statement(
    db,
    `SELECT plane, day, speaker, access_class AS accessClass, cells, ${hours ? 'hours' : 'NULL AS hours'}
     FROM rollup_cubes WHERE plane = @plane AND day >= @fromDay AND day <= @toDay AND ${where.join(' AND ')}`,
  ).all({ ...values, plane, fromDay, toDay });
  return rows.map((row) => {
    const { cells, hours, ...key } = KeyedCubeRow.parse(row);
    return { ...key, cube: parseCube({ cells, hours }) };
  });
}

const Key = z.tuple([z.string(), z.string()]);
const [beforeAll, latest] = ['', '~'];
const inEpoch = 'epoch = (SELECT epoch FROM rollup_state)';

/** Newest first, then by id: rows after the cursor, from an index in this order. */
function after(column: string, id: string): string {
  return `${column} <= @at AND (${column} < @at OR ${id} > @id)`;
}

function toPage<T>(facts: T[], limit: number, keyOf: (fact: T) => readonly [string, string]): Page<T> {
  const items = facts.slice(0, limit);
  const last = items.at(-1);
  const more = facts.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(keyOf(last)) : null };
}

const start = (cursor: string | null): readonly [string, string] =>
  cursor === null ? [latest, beforeAll] : parseCursor(cursor, Key);

/** By what the fewest rows have to be looked at, in the order of the page. */
function indexFor({ topics, unitIds, categories, channelIds }: ItemFilter): [index: string, where: string] {
  if (topics?.length === 1) return ['item_facts_topic', 'topic = (@topics ->> 0)'];
  if (unitIds?.length === 1 && unitIds[0] !== '') {
    return ['item_facts_unit', "unit_id <> '' AND unit_id = (@unitIds ->> 0)"];
  }
  if (categories !== undefined) return ['item_facts_found', "categories <> ''"];
  if (channelIds?.length === 1) return ['item_facts_channel', 'channel_id = (@channelIds ->> 0)'];
  return ['item_facts_hour', '1 = 1'];
}

/**
 * Cubes tell in which hours there is something, so that what is looked at grows with the page and not with what stands between
 * its items. One that takes long lets others have a turn.
 */
export async function listItems(
  db: SqliteDatabase,
  query: FactPeriod & ItemFilter & PageRequest,
): Promise<Page<ItemFact>> {
  const { limit, cursor, accessClasses, speaker } = query;
  const { where, values } = narrowItems(query);
  const [index, first] = indexFor(query);
  const select = statement(
    db,
    `SELECT ${itemColumns} FROM item_facts INDEXED BY ${index} WHERE ${first}
       AND hour IN (SELECT value FROM json_each(@inHours)) AND (hour < @at OR post_id > @id)
       AND ${[...where, inEpoch].join(' AND ')} ORDER BY hour DESC, post_id LIMIT @most`,
  );
  const [at, last] = start(cursor);
  const facts: ItemFact[] = [];
  const turn = openTurn();
  for (const days of listWindows(query, cursor === null ? null : at.slice(0, 10))) {
    const asked = { ...days, accessClasses, ...(speaker && { speaker }), ...planItemHours(query) };
    const hours = listItemHours(readCubes(db, asked), query).filter(({ hour }) => hour <= at);
    while (hours.length > 0) {
      const most = limit + 1 - facts.length;
      const inHours = JSON.stringify(
        takeHours(hours, { items: most, hours: hoursAtOnce, after: cursor && at }),
      );
      facts.push(...select.all({ ...values, inHours, at, id: last, most }).map(parseItem));
      if (facts.length > limit) return toPage(facts, limit, keyOfItem);
      await turn();
    }
    await turn();
  }
  return toPage(facts, limit, keyOfItem);
}

const keyOfItem = ({ hour, postId }: ItemFact) => [hour, postId] as const;
/** A statement keeps everybody waiting until it ends. */
const hoursAtOnce = 12;
const longestTurnMs = 20;

/** Whoever asks it between two pieces of work lets others have a turn, once the time is up. */
function openTurn(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestTurnMs) return;
    await setImmediate();
    began = performance.now();
  };
}

/** The instants of a period of days: from the first one, before the second. */
function instantsOf({ fromDay, toDay }: FactPeriod): { from: string; to: string } {
  const midnight = (day: string) => {
    const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
    return shanghaiInstant(year, month, date) ?? day;
  };
  return { from: midnight(fromDay), to: midnight(dayAfter(toDay, 1)) };
}

const caseMoments: Record<CaseMoment, { column: string; now: string | null }> = {
  opened: { column: 'opened_at', now: null },
  decided: { column: 'decided_at', now: null },
  'undecided-now': { column: 'opened_at', now: 'undecided = 1' },
};
const handoverMoments: Record<HandoverMoment, { column: string; now: string | null }> = {
  sent: { column: 'sent_at', now: null },
  received: { column: 'received_at', now: null },
  answered: { column: 'answered_at', now: null },
  'with-unit-now': { column: 'sent_at', now: 'with_unit = 1' },
};

const caseConditions = {
  accessClasses: oneOf('access_class', 'accessClasses'),
  channelIds: oneOf('channel_id', 'channelIds'),
  unitIds: oneOf('unit_id', 'unitIds'),
  topics: oneOf('topic', 'topics'),
  categories: anyCategory,
  levels: oneOf('level', 'levels'),
};

/** A rare filter looks at every case of a period: by the month, so that others have a turn between. */
const daysAtOnce = 31;

function* listMonths({ fromDay, toDay, ...rest }: FactPeriod): Generator<FactPeriod> {
  for (let last = toDay; last >= fromDay; ) {
    const first = dayBefore(last, daysAtOnce - 1);
    yield { ...rest, fromDay: first > fromDay ? first : fromDay, toDay: last };
    last = dayBefore(first, 1);
  }
}

interface Listed {
  table: string;
  id: string;
  column: string;
  now: string | null;
}

async function listBodies(
  db: SqliteDatabase,
  { table, id, column, now }: Listed,
  query: FactPeriod & CaseFilter & PageRequest,
): Promise<unknown[]> {
  const { accessClasses, channelIds, unitIds, topics, categories, levels } = query;
  const lists = { accessClasses, channelIds, unitIds, topics, categories, levels };
  const { where, values } = narrow(lists, caseConditions);
  const when = now ?? `${column} >= @from AND ${column} < @to`;
  const [at, last] = start(query.cursor);
  const select = statement(
    db,
    `SELECT fact FROM ${table} WHERE ${[when, ...where, inEpoch].join(' AND ')} AND ${after(column, id)}
     ORDER BY ${column} DESC, ${id} LIMIT @most`,
  );
  const place = { ...values, at, id: last };
  if (now !== null) return select.all({ ...place, most: query.limit + 1 });
  const rows: unknown[] = [];
  const turn = openTurn();
  for (const month of listMonths(query)) {
    rows.push(...select.all({ ...place, ...instantsOf(month), most: query.limit + 1 - rows.length }));
    if (rows.length > query.limit) break;
    await turn();
  }
  return rows;
}

export async function listCases(
  db: SqliteDatabase,
  query: FactPeriod & CaseFilter & PageRequest & { moment: CaseMoment },
): Promise<Page<CaseFact>> {
  const { moment, limit } = query;
  const place = { table: 'case_facts', id: 'case_id', ...caseMoments[moment] };
  const facts = (await listBodies(db, place, query)).map(parseCaseFact);
  return toPage(facts, limit, ({ caseId, openedAt, decidedAt }) => [
    moment === 'decided' ? (decidedAt ?? openedAt) : openedAt,
    caseId,
  ]);
}

function instantAt(fact: HandoverFact, moment: HandoverMoment): string {
  if (moment === 'received') return fact.receivedAt ?? fact.sentAt;
  return moment === 'answered' ? (fact.answeredAt ?? fact.sentAt) : fact.sentAt;
}

export async function listHandovers(
  db: SqliteDatabase,
  { moment, ...query }: FactPeriod & HandoverFilter & PageRequest & { moment: HandoverMoment },
): Promise<Page<HandoverFact>> {
  const place = { table: 'handover_facts', id: 'handover_id', ...handoverMoments[moment] };
  const facts = (await listBodies(db, place, query)).map(parseHandoverFact);
  return toPage(facts, query.limit, (fact) => [instantAt(fact, moment), fact.handoverId]);
}

export function findItems(
  db: SqliteDatabase,
  postIds: readonly string[],
  accessClasses: readonly AccessClass[],
): ItemFact[] {
  return statement(
    db,
    `SELECT ${itemColumns} FROM item_facts WHERE post_id IN (SELECT value FROM json_each(@postIds)) AND ${inEpoch}
       AND ${oneOf('access_class', 'accessClasses')}`,
  )
    .all({ postIds: JSON.stringify(postIds), accessClasses: JSON.stringify(accessClasses) })
    .map(parseItem);
}
