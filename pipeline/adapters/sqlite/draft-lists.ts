import { z } from 'zod';
import type { Draft } from '../../domain/draft.ts';
import { type DraftFilter, draftFilters } from '../../domain/draft-filter.ts';
import type { DraftMover } from '../../domain/draft-steps.ts';
import type { DraftQuery, DraftSight, DraftStore, SealedDrafts } from '../../ports/draft-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { DraftCursor, draftOrder, filterStates, isListed, placeOf, waitsForMover } from '../draft-record.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { parseDraft } from './draft-rows.ts';

const ofPart = (part: 'writer' | 'named', ids: string) =>
  `d.id IN (SELECT draft_id FROM draft_people WHERE part = '${part}' AND person_id IN (${ids}))`;
const inStates = (states: readonly string[]) => `d.state IN (${states.map((one) => `'${one}'`).join(', ')})`;

/** What waits is looked up by its keys; nothing is walked. */
const toReview = `d.id IN (
  SELECT w.draft_id FROM json_each(@held) k JOIN draft_waits w ON w.key = k.value ->> '$.key'
    WHERE NOT EXISTS (SELECT 1 FROM draft_people p WHERE p.part = 'involved' AND p.draft_id = w.draft_id
      AND p.person_id IN (@moverId, k.value ->> '$.holder'))
  UNION SELECT draft_id FROM draft_waits WHERE key IN (SELECT value FROM json_each(@signed)))`;

const conditions: Record<DraftFilter, string> = {
  mine: ofPart('writer', '@moverId'),
  'to-review': toReview,
  writing: inStates(filterStates.writing),
  'in-review': inStates(filterStates['in-review']),
  returned: inStates(filterStates.returned),
  approved: inStates(filterStates.approved),
  published: inStates(filterStates.published),
  late: 'd.late_by IS NOT NULL',
  unconfirmed: 'd.confirm_by IS NOT NULL',
  'take-down': 'd.take_down_at <= @now',
  closed: inStates(filterStates.closed),
  all: '1 = 1',
};

/** A question of its own each: a condition that may be empty would use no index. */
const inSight = ({ units }: DraftSight) =>
  units === 'all'
    ? '1 = 1'
    : `(d.unit_id IN (SELECT value FROM json_each(@units)) OR ${ofPart('named', 'SELECT value FROM json_each(@personIds)')})`;

/** What the question asks for and no more: a name too many is an error. */
function valuesFor(sql: string, { units, personIds }: DraftSight, values: Record<string, unknown>) {
  const all = { ...values, units: JSON.stringify(units), personIds: JSON.stringify(personIds) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`@${name}\\b`).test(sql)));
}

function valuesOf({ mover, now }: { mover: DraftMover; now: string }) {
  const { held, signed } = waitsForMover(mover);
  return { moverId: mover.id, now, held: JSON.stringify(held), signed: JSON.stringify(signed) };
}

const columns = {
  changed: 'd.changed_at',
  late: 'd.late_by',
  confirm: 'd.confirm_by',
  'take-down': 'd.take_down_at',
};

/** In LIKE, what was typed stands for itself. */
const escapeLike = (words: string) => words.replace(/[\\%_]/g, (sign) => `\\${sign}`);

export function listDrafts(db: SqliteDatabase, query: DraftQuery): Page<Draft> {
  const { by, latestFirst } = draftOrder[query.filter];
  const [at, id] =
    query.cursor === null ? [latestFirst ? '9' : '', ''] : parseCursor(query.cursor, DraftCursor);
  const words = query.words?.trim() ?? '';
  const said = words === '' ? '1 = 1' : "(d.title LIKE @part ESCAPE '\\' OR d.number = @words)";
  const order = latestFirst ? 'DESC' : 'ASC';
  const sql = `SELECT d.facts FROM drafts d WHERE ${conditions[query.filter]} AND ${inSight(query)} AND ${said}
    AND (${columns[by]}, d.id) ${latestFirst ? '<' : '>'} (@at, @id)
    ORDER BY ${columns[by]} ${order}, d.id ${order} LIMIT @limit`;
  const asked = { ...valuesOf(query), words, part: `%${escapeLike(words)}%` };
  const rows = statement(db, sql).all(valuesFor(sql, query, { ...asked, at, id, limit: query.limit + 1 }));
  const found = rows.slice(0, query.limit).map(parseDraft);
  const last = found.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return {
    items: found.filter((draft) => isListed(draft, query.filter, query.mover)),
    nextCursor: more ? encodeCursor(placeOf(last, query.filter)) : null,
  };
}

const Count = z.object({ count: z.number() });

/** One question a filter: each has its own index. */
export function countDrafts(
  db: SqliteDatabase,
  asked: Parameters<DraftStore['count']>[0],
): Record<DraftFilter, number> {
  const values = valuesOf(asked);
  const counts = draftFilters.map((filter) => {
    const sql = `SELECT count(*) AS count FROM drafts d WHERE ${conditions[filter]} AND ${inSight(asked)}`;
    return [filter, Count.parse(statement(db, sql).get(valuesFor(sql, asked, values))).count] as const;
  });
  return Object.fromEntries(counts) as Record<DraftFilter, number>;
}

export function findInSight(
  db: SqliteDatabase,
  { column, value }: { column: 'id' | 'number'; value: string },
  sight: DraftSight,
): Draft | null {
  const sql = `SELECT d.facts FROM drafts d WHERE d.${column} = @value AND ${inSight(sight)}`;
  const row = statement(db, sql).get(valuesFor(sql, sight, { value }));
  return row === undefined ? null : parseDraft(row);
}

export function listSealed(
  db: SqliteDatabase,
  { channelId, changedSince, cursor, limit }: Parameters<SealedDrafts['listSealed']>[0],
): Page<Draft> {
  const [at, id] = cursor === null ? [changedSince ?? '', ''] : parseCursor(cursor, DraftCursor);
  const ofChannel =
    channelId === null
      ? '1 = 1'
      : 'd.id IN (SELECT draft_id FROM draft_channels WHERE channel_id = @channelId)';
  const sql = `SELECT d.facts FROM drafts d WHERE d.sealed = 1 AND ${ofChannel} AND (d.changed_at, d.id) > (@at, @id)
    ORDER BY d.changed_at, d.id LIMIT @limit`;
  const values = { at, id, limit: limit + 1, ...(channelId === null ? {} : { channelId }) };
  const rows = statement(db, sql).all(values);
  const items = rows.slice(0, limit).map(parseDraft);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.changedAt, last.id]) : null };
}
