import { z } from 'zod';
import { NotFound } from '../../domain/errors.ts';
import {
  buildLiveMatch,
  type ExplainLive,
  explainLive,
  isAbsent,
  type LiveFinding,
  LiveMatch,
  liveMatchId,
  MetItem,
} from '../../domain/live-match.ts';
import { Instant } from '../../domain/time.ts';
import type { DueItem, LiveMatchStore, LiveQuery } from '../../ports/live-match-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { buildLiveAudit, facetsOf, fillCounts, LiveCursor, placeOf, saysOtherThan } from '../live-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const itemColumns = `post_id AS postId, channel_id AS channelId, url, published_at AS publishedAt,
  published_precision AS publishedPrecision, content_hash AS contentHash, images, met_at AS metAt, mark`;
const Json = z.string().transform((text): unknown => JSON.parse(text));
const ItemRow = z
  .looseObject({ images: Json.nullable() })
  .pipe(MetItem.extend({ metAt: Instant, mark: z.int() }));
const RecordRow = z
  .object({ record: Json })
  .transform(({ record }) => record)
  .pipe(LiveMatch);

export function openLiveMatchStore(db: SqliteDatabase): LiveMatchStore {
  return {
    noteItems: async (items, at) =>
      inTransaction(db, () => items.forEach((item) => void noteItem(db, item, at))),
    listDue: async (now, limit) =>
      statement(
        db,
        `SELECT ${itemColumns} FROM live_items WHERE due_at <= ? ORDER BY due_at, post_id LIMIT ?`,
      )
        .all(now, limit)
        .map((row) => ItemRow.parse(row)),
    defer: async ({ postId, mark }, until) => {
      statement(db, 'UPDATE live_items SET due_at = ? WHERE post_id = ? AND mark = ?').run(
        until,
        postId,
        mark,
      );
    },
    wake: async (which, at) => inTransaction(db, () => wake(db, which, at)),
    wakeItems: async (postIds, at) => {
      statement(
        db,
        'UPDATE live_items SET due_at = ?, mark = mark + 1 WHERE post_id IN (SELECT value FROM json_each(?))',
      ).run(at, JSON.stringify(postIds));
    },
    record: async (finding, mark, at) => inTransaction(db, () => record(db, finding, mark, at)),
    forget: async (id) =>
      inTransaction(db, () => {
        statement(db, 'DELETE FROM live_items WHERE post_id = ?').run(id);
        if (isAbsent(id)) statement(db, 'DELETE FROM live_matches WHERE id = ?').run(id);
      }),
    find: async (id) => find(db, id),
    listOfDraft: async (draftId) =>
      statement(db, 'SELECT record FROM live_matches WHERE draft_id = ? ORDER BY id')
        .all(draftId)
        .map((row) => RecordRow.parse(row)),
    findByAddress: async (address) =>
      statement<[string], { postId: string }>(
        db,
        'SELECT post_id AS postId FROM live_items WHERE address = ? ORDER BY post_id',
      )
        .all(address)
        .map(({ postId }) => ({ postId, match: find(db, postId) })),
    list: async (query) => list(db, query),
    countOpen: async ({ channelIds, accessClasses }) => {
      const rows = statement<unknown[], { result: string; count: number }>(
        db,
        `SELECT result, count(*) AS count FROM live_matches WHERE open = 1 AND ${inSight(channelIds)} GROUP BY result`,
      ).all(sightOf({ channelIds, accessClasses }));
      return fillCounts(rows);
    },
    explain: async (command, by, at) => inTransaction(db, () => explain(db, command, by, at)),
    readCursor: async () =>
      statement<[], { changedAt: string }>(db, 'SELECT changed_at AS changedAt FROM live_cursor').get()
        ?.changedAt ?? null,
    writeCursor: async (changedAt) => {
      statement(
        db,
        'INSERT INTO live_cursor VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at',
      ).run(changedAt);
    },
    purge: async (now) => statement(db, 'DELETE FROM live_matches WHERE expires_at <= ?').run(now).changes,
  };
}

function noteItem(db: SqliteDatabase, item: MetItem, at: string): void {
  const row = statement(db, `SELECT ${itemColumns} FROM live_items WHERE post_id = ?`).get(item.postId);
  const known: DueItem | null = row === undefined ? null : ItemRow.parse(row);
  if (known !== null && !saysOtherThan(known, item)) return;
  const metAt = known?.metAt ?? at;
  statement(
    db,
    `INSERT OR REPLACE INTO live_items VALUES (@postId, @channelId, @url, @address, @publishedAt, @publishedPrecision,
       @contentHash, @images, @metAt, @sortAt, @mark, @at)`,
  ).run({
    ...item,
    images: item.images === null ? null : JSON.stringify(item.images),
    ...placeOf(item, metAt),
    ...{ metAt, at, mark: (known?.mark ?? 0) + 1 },
  });
}

function wake(
  db: SqliteDatabase,
  { draftId, channelIds, since, addresses }: Parameters<LiveMatchStore['wake']>[0],
  at: string,
): number {
  return statement(
    db,
    `UPDATE live_items SET due_at = @at, mark = mark + 1 WHERE post_id IN (
       SELECT post_id FROM live_items WHERE channel_id IN (SELECT value FROM json_each(@channelIds)) AND sort_at >= @since
       UNION SELECT post_id FROM live_items WHERE address IN (SELECT value FROM json_each(@addresses))
       UNION SELECT id FROM live_matches WHERE draft_id = @draftId)`,
  ).run({
    ...{ at, since, draftId, channelIds: JSON.stringify(channelIds), addresses: JSON.stringify(addresses) },
  }).changes;
}

function find(db: SqliteDatabase, id: string): LiveMatch | null {
  const row = statement(db, 'SELECT record FROM live_matches WHERE id = ?').get(id);
  return row === undefined ? null : RecordRow.parse(row);
}

function write(db: SqliteDatabase, match: LiveMatch): void {
  const facets = facetsOf(match);
  statement(
    db,
    `INSERT OR REPLACE INTO live_matches VALUES (@id, @channelId, @draftId, @result, @accessClass, @open, @changedAt, @expiresAt, @record)`,
  ).run({ ...facets, open: Number(facets.open), record: JSON.stringify(match) });
}

function record(db: SqliteDatabase, finding: LiveFinding, mark: number | null, at: string): LiveMatch {
  const match = buildLiveMatch(find(db, liveMatchId(finding)), finding, at);
  write(db, match);
  if (finding.postId !== null && finding.draftId !== null)
    statement(db, 'DELETE FROM live_matches WHERE id = ?').run(liveMatchId({ ...finding, postId: null }));
  if (finding.postId !== null && mark !== null)
    statement(db, 'UPDATE live_items SET due_at = NULL WHERE post_id = ? AND mark = ?').run(
      finding.postId,
      mark,
    );
  return match;
}

const inSight = (channelIds: LiveQuery['channelIds']) =>
  `access_class IN (SELECT value FROM json_each(@accessClasses))${
    channelIds === 'all' ? '' : ' AND channel_id IN (SELECT value FROM json_each(@channelIds))'
  }`;

const sightOf = ({ channelIds, accessClasses }: Pick<LiveQuery, 'channelIds' | 'accessClasses'>) => ({
  accessClasses: JSON.stringify(accessClasses),
  ...(channelIds === 'all' ? {} : { channelIds: JSON.stringify(channelIds) }),
});

function list(db: SqliteDatabase, query: LiveQuery): Page<LiveMatch> {
  const { channelIds, results, openOnly, cursor, limit } = query;
  const after = cursor === null ? null : parseCursor(cursor, LiveCursor);
  const conditions = [
    inSight(channelIds),
    ...(results === null ? [] : ['result IN (SELECT value FROM json_each(@results))']),
    ...(openOnly ? ['open = 1'] : []),
    ...(after === null ? [] : ['(changed_at, id) < (@at, @id)']),
  ];
  const rows = statement(
    db,
    `SELECT record FROM live_matches WHERE ${conditions.join(' AND ')} ORDER BY changed_at DESC, id DESC LIMIT @limit`,
  ).all({
    ...sightOf(query),
    limit: limit + 1,
    ...(results === null ? {} : { results: JSON.stringify(results) }),
    ...(after === null ? {} : { at: after[0], id: after[1] }),
  });
  const found = rows.map((row) => RecordRow.parse(row));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    found.length > limit && last !== undefined ? encodeCursor([last.changedAt, last.id]) : null;
  return { items, nextCursor };
}

function explain(db: SqliteDatabase, command: ExplainLive, by: string, at: string): LiveMatch {
  const before = find(db, command.id);
  if (before === null) throw new NotFound('没有这条核查结果。');
  const explained = explainLive(before, command, by, at);
  if (explained === null) return before;
  write(db, explained);
  insertAudit(db, buildLiveAudit(explained, command, by, at));
  return explained;
}
