import { z } from 'zod';
import { answerBurst, Burst } from '../../domain/burst.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { BurstStore, Origin } from '../../ports/burst-store.ts';
import type { Page } from '../../ports/page.ts';
import { buildBurstAudit, buildBurstOutbox, chooseContent, rankOf } from '../burst-record.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findRepeatedSubject } from './stock-answer-store.ts';

type Answer = Parameters<BurstStore['answer']>;

export function openBurstStore(db: SqliteDatabase): BurstStore {
  return {
    record: async (change) => inTransaction(db, () => record(db, change)),
    answer: async (id, answer, by) => inTransaction(db, () => answerOne(db, id, answer, by)),
    find: async (id) => find(db, id),
    list: async (query) => list(db, query),
    listOver: async ({ fromHour, toHour, channelId }) =>
      statement(
        db,
        `SELECT record FROM bursts WHERE from_hour <= @toHour AND (last_hour >= @fromHour OR rank = 0)
           AND (@channelId IS NULL OR channel_id = @channelId) ORDER BY from_hour, id`,
      )
        .all({ fromHour, toHour, channelId: channelId ?? null })
        .map(parseRow),
    readOrigins: async (postIds) => readOrigins(db, postIds),
  };
}

const Row = z.object({ record: z.string() });
const parseRow = (row: unknown): Burst => Burst.parse(JSON.parse(Row.parse(row).record));

function find(db: SqliteDatabase, id: string): Burst | null {
  const row = statement(db, 'SELECT record FROM bursts WHERE id = ?').get(id);
  return row === undefined ? null : parseRow(row);
}

const columnsOf = (burst: Burst) => ({
  ...{ id: burst.id, version: burst.version, channelId: burst.channelId, rank: rankOf(burst.state) },
  ...{ from: burst.from, last: burst.last, record: JSON.stringify(burst) },
});

function replace(db: SqliteDatabase, burst: Burst, expectedVersion: number): boolean {
  const { changes } = statement(
    db,
    `UPDATE bursts SET version = @version, rank = @rank, from_hour = @from, last_hour = @last, record = @record
     WHERE id = @id AND version = @expectedVersion AND channel_id = @channelId`,
  ).run({ ...columnsOf(burst), expectedVersion });
  return changes > 0;
}

function record(
  db: SqliteDatabase,
  { burst, expectedVersion, tell, at }: Parameters<BurstStore['record']>[0],
): boolean {
  if (expectedVersion !== null) return replace(db, burst, expectedVersion);
  const { changes } = statement(
    db,
    `INSERT INTO bursts VALUES (@id, @version, @channelId, @rank, @from, @last, @record) ON CONFLICT (id) DO NOTHING`,
  ).run(columnsOf(burst));
  if (changes > 0 && tell) insertOutbox(db, buildBurstOutbox(burst, at));
  return changes > 0;
}

function answerOne(db: SqliteDatabase, id: Answer[0], answer: Answer[1], by: Answer[2]): Burst {
  const { actor, at, channelIds } = by;
  const burst = find(db, id);
  if (burst === null || (channelIds !== 'all' && !channelIds.includes(burst.channelId)))
    throw new NotFound('没有这次异常增长。');
  if (findRepeatedSubject(db, answer, actor) !== null) return burst;
  const next = answerBurst(burst, answer, { actorId: actor.id, at });
  if (!replace(db, next, burst.version)) throw new Conflict('这次异常增长已有更新，请刷新后再处理。');
  insertAudit(db, buildBurstAudit(next, answer, { actor, at }));
  return next;
}

const ListCursor = z.tuple([z.int(), z.string(), z.string()]);

function list(
  db: SqliteDatabase,
  { states, channelIds, cursor, limit }: Parameters<BurstStore['list']>[0],
): Page<Burst> {
  const [rank, from, id] = cursor === null ? [-1, '', ''] : parseCursor(cursor, ListCursor);
  const items = statement(
    db,
    `SELECT record FROM bursts WHERE rank IN (SELECT value FROM json_each(@ranks))
       AND (@channels IS NULL OR channel_id IN (SELECT value FROM json_each(@channels)))
       AND (rank > @rank OR (rank = @rank AND (from_hour < @from OR (from_hour = @from AND id > @id))))
     ORDER BY rank, from_hour DESC, id LIMIT @limit`,
  )
    .all({
      ranks: JSON.stringify(states.map(rankOf)),
      channels: channelIds === 'all' ? null : JSON.stringify(channelIds),
      ...{ rank, from, id, limit: limit + 1 },
    })
    .map(parseRow);
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const more = items.length > limit && last !== undefined;
  return {
    items: shown,
    nextCursor: more ? encodeCursor([rankOf(last.state), last.from, last.id]) : null,
  };
}

function readOrigins(db: SqliteDatabase, postIds: readonly string[]): Origin[] {
  const rows = statement<[string], { postId: string; caseId: string | null; contentHash: string | null }>(
    db,
    `SELECT p.id AS postId,
       (SELECT max(c.case_id) FROM case_posts c WHERE c.post_id = p.id) AS caseId,
       (SELECT t.content_hash FROM post_texts t WHERE t.post_id = p.id AND t.text_version = p.text_version) AS contentHash
     FROM posts p WHERE p.id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(postIds));
  return rows.map(chooseContent);
}
