import { z } from 'zod';
import { type BaselineSet, ChannelBaseline, type PostFact } from '../../domain/baseline.ts';
import { Conflict } from '../../domain/errors.ts';
import { Metrics, PostKind } from '../../domain/post.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

export function openBaselineStore(db: SqliteDatabase): BaselineStore {
  return {
    listFacts: async (query) => listFacts(db, query),
    read: async () => inTransaction(db, () => read(db)),
    readVersion: async () => readVersion(db),
    save: async (channels, change) => inTransaction(db, () => save(db, channels, change)),
  };
}

const FactRow = z.object({
  id: z.string(),
  channelId: z.string(),
  kind: PostKind,
  bucketHour: z.string(),
  publishedAt: z.string().nullable(),
  metricsAt: z.string(),
  metrics: z.string(),
});
const FactCursor = z.tuple([z.string(), z.string()]);

function listFacts(
  db: SqliteDatabase,
  { fromHour, cursor, limit }: { fromHour: string; cursor: string | null; limit: number },
) {
  // Before the first, no hour is as late as this.
  const [hour, id] = cursor === null ? ['~', ''] : parseCursor(cursor, FactCursor);
  const rows = statement(
    db,
    `SELECT id, channel_id AS channelId, kind, bucket_hour AS bucketHour, published_at AS publishedAt,
       coalesce(metrics_at, gathered_at) AS metricsAt, metrics
     FROM posts WHERE bucket_hour >= @fromHour AND (bucket_hour, id) < (@hour, @id)
     ORDER BY bucket_hour DESC, id DESC LIMIT @limit`,
  )
    .all({ fromHour, hour, id, limit })
    .map((row) => FactRow.parse(row));
  const last = rows.at(-1);
  const nextCursor =
    last === undefined || rows.length < limit ? null : encodeCursor([last.bucketHour, last.id]);
  return { items: rows.map(toFact), nextCursor };
}

function toFact({ id, metrics, ...fact }: z.infer<typeof FactRow>): PostFact {
  return { ...fact, metrics: metrics === '{}' ? {} : Metrics.parse(JSON.parse(metrics)) };
}

const SetRow = z.object({ version: z.number(), builtAt: z.string().nullable() });

function readVersion(db: SqliteDatabase): Pick<BaselineSet, 'version' | 'builtAt'> {
  return SetRow.parse(statement(db, 'SELECT version, built_at AS builtAt FROM baseline_set').get());
}

function read(db: SqliteDatabase): BaselineSet {
  const rows = statement<[], { body: string }>(
    db,
    'SELECT body FROM baselines ORDER BY channel_id, kind',
  ).all();
  return { ...readVersion(db), channels: rows.map(({ body }) => ChannelBaseline.parse(JSON.parse(body))) };
}

function save(
  db: SqliteDatabase,
  channels: readonly ChannelBaseline[],
  { expectedVersion, at }: { expectedVersion: number; at: string },
): number {
  const version = expectedVersion + 1;
  const { changes } = statement(
    db,
    'UPDATE baseline_set SET version = ?, built_at = ? WHERE version = ?',
  ).run(version, at, expectedVersion);
  if (changes === 0) throw new Conflict('the baselines were measured anew meanwhile');
  statement(db, 'DELETE FROM baselines').run();
  for (const one of channels) {
    statement(db, 'INSERT INTO baselines VALUES (?, ?, ?)').run(one.channelId, one.kind, JSON.stringify(one));
  }
  return version;
}
