import { z } from 'zod';
import { ChannelWindow, Gap, Stretch } from '../../domain/completeness.ts';
import { NotFound } from '../../domain/errors.ts';
import type { CompletenessLedger } from '../../ports/completeness-ledger.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const windowColumns = `channel_id AS channelId, from_at AS "from", to_at AS "to", state, usual, low, runs, fetched, parsed,
  created, failed, refused, objected, credential, outcome, gap_id AS gapId, closed_at AS closedAt`;
const gapColumns = `id, channel_id AS channelId, from_at AS "from", to_at AS "to", cause, reason, next_step AS nextStep,
  in_reach_since AS inReachSince, opened_at AS openedAt, filled_at AS filledAt, filled_by_run AS filledByRun`;

const WindowRow = z.looseObject({ usual: z.number().nullable(), low: z.number().nullable() });

function parseWindowRow(row: unknown): ChannelWindow {
  const { usual, low, ...fields } = WindowRow.parse(row);
  return ChannelWindow.parse({ ...fields, expected: usual === null ? null : { usual, low } });
}

export function openCompletenessRows(db: SqliteDatabase): CompletenessLedger {
  const selectGaps = (where: string, order: string) =>
    `SELECT ${gapColumns} FROM gaps WHERE ${where} ORDER BY ${order}`;
  return {
    closeWindow: async (window, gap) =>
      inTransaction(db, () => {
        const isFirst = insertWindow(db, ChannelWindow.parse(window));
        if (isFirst && gap !== null) upsertGap(db, Gap.parse(gap));
        return isFirst;
      }),
    settleGap: async (gap) => inTransaction(db, () => settleGap(db, Gap.parse(gap))),
    listWindows: async (channelId, since, limit) =>
      db
        .prepare(
          `SELECT ${windowColumns} FROM channel_windows WHERE channel_id = ? AND from_at >= ? ORDER BY from_at DESC LIMIT ?`,
        )
        .all(channelId, since, limit)
        .map(parseWindowRow),
    listGaps: async (channelId, state, limit) => {
      const isState = state === 'open' ? 'filled_at IS NULL' : 'filled_at IS NOT NULL';
      // A question of its own each: a condition that may be empty would use no index.
      const where = channelId === null ? isState : `${isState} AND channel_id = @channelId`;
      const found = db.prepare(`${selectGaps(where, 'from_at DESC, id DESC')} LIMIT @limit`);
      return found.all(channelId === null ? { limit } : { channelId, limit }).map((row) => Gap.parse(row));
    },
    listGapsOver: async (channelId, { from, to }, limit) =>
      db
        .prepare(
          `${selectGaps('channel_id = ? AND from_at < ? AND to_at > ?', 'from_at DESC, id DESC')} LIMIT ?`,
        )
        .all(channelId, to, from, limit)
        .map((row) => Gap.parse(row)),
    readSpan: async (channelId) => {
      const end = (column: string, order: string) =>
        `(SELECT ${column} FROM channel_windows WHERE channel_id = @channelId ORDER BY from_at ${order} LIMIT 1)`;
      const found = db.prepare(`SELECT ${end('from_at', 'ASC')} AS "from", ${end('to_at', 'DESC')} AS "to"`);
      return Stretch.nullable().catch(null).parse(found.get({ channelId }));
    },
    findOldestGap: async (channelId) => {
      const where = 'channel_id = ? AND filled_at IS NULL AND in_reach_since IS NOT NULL';
      const row = db.prepare(`${selectGaps(where, 'from_at, id')} LIMIT 1`).get(channelId);
      return row === undefined ? null : Gap.parse(row);
    },
  };
}

function insertWindow(db: SqliteDatabase, { expected, ...window }: ChannelWindow): boolean {
  const insert = db.prepare(
    `INSERT INTO channel_windows (channel_id, from_at, to_at, state, usual, low, runs, fetched, parsed, created, failed, refused,
     objected, credential, outcome, gap_id, closed_at)
     VALUES (@channelId, @from, @to, @state, @usual, @low, @runs, @fetched, @parsed, @created, @failed, @refused,
     @objected, @credential, @outcome, @gapId, @closedAt) ON CONFLICT (channel_id, from_at) DO NOTHING`,
  );
  const { usual, low } = expected ?? { usual: null, low: null };
  return insert.run({ ...window, usual, low }).changes === 1;
}

const gapChange = `to_at = max(to_at, @to), reason = @reason, next_step = @nextStep, in_reach_since = @inReachSince`;

function upsertGap(db: SqliteDatabase, gap: Gap): void {
  db.prepare(
    `INSERT INTO gaps (id, channel_id, from_at, to_at, cause, reason, next_step, in_reach_since, opened_at, filled_at, filled_by_run)
     VALUES (@id, @channelId, @from, @to, @cause, @reason, @nextStep, @inReachSince, @openedAt, @filledAt, @filledByRun)
     ON CONFLICT (id) DO UPDATE SET ${gapChange} WHERE filled_at IS NULL`,
  ).run(gap);
}

function settleGap(db: SqliteDatabase, gap: Gap): void {
  const known = db.prepare('SELECT 1 FROM gaps WHERE id = ?').get(gap.id);
  if (known === undefined) throw new NotFound(`There is no gap ${gap.id}.`);
  const { changes } = db
    .prepare(
      `UPDATE gaps SET ${gapChange}, filled_at = @filledAt, filled_by_run = @filledByRun
       WHERE id = @id AND filled_at IS NULL`,
    )
    .run(gap);
  if (changes === 1 && gap.filledAt !== null) {
    db.prepare(`UPDATE channel_windows SET state = 'filled' WHERE gap_id = ?`).run(gap.id);
  }
}
