import {
  type Cell,
  changeTally,
  type DayKey,
  emptyTally,
  isEmptyTally,
  type RollupChange,
  type TallyChange,
} from '../../domain/rollup.ts';
import { parseTally, TallyRow, toTallyRow } from '../tally-row.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { toColumns } from './rollup-rows.ts';

/** In the transaction of the facts that changed. */
export function writeRollupChange(db: SqliteDatabase, { cells, days }: RollupChange): void {
  for (const cell of cells) changeCell(db, cell);
  for (const day of days) changeDay(db, day);
}

const cellKey = `hour = @hour AND channel_id = @channelId AND kind = @kind AND access_class = @accessClass
  AND unit_id = @unitId AND categories = @categories AND service_kind = @serviceKind AND topic = @topic
  AND tone = @tone AND level = @level`;

function changeCell(db: SqliteDatabase, { count, ...cell }: Cell): void {
  const key = toColumns(cell);
  const left = statement<Record<string, unknown>, { count: number }>(
    db,
    `INSERT INTO rollup_cells (hour, channel_id, kind, access_class, unit_id, categories, service_kind, topic, tone,
       level, count) VALUES (@hour, @channelId, @kind, @accessClass, @unitId, @categories, @serviceKind, @topic, @tone,
       @level, @count) ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`,
  ).get({ ...key, count });
  if (left?.count === 0) statement(db, `DELETE FROM rollup_cells WHERE ${cellKey}`).run(key);
}

const dayKey =
  'family = @family AND day = @day AND key = @key AND speaker = @speaker AND access_class = @accessClass';

function changeDay(db: SqliteDatabase, { plus, minus, ...key }: DayKey & TallyChange): void {
  const row = statement(db, `SELECT tally, minutes FROM rollup_days WHERE ${dayKey}`).get(key);
  const before = row === undefined ? emptyTally() : parseTally(TallyRow.parse(row));
  const tally = changeTally(before, { plus, minus });
  if (isEmptyTally(tally)) {
    statement(db, `DELETE FROM rollup_days WHERE ${dayKey}`).run(key);
    return;
  }
  statement(
    db,
    `INSERT INTO rollup_days (family, day, key, speaker, access_class, tally, minutes) VALUES (@family, @day, @key,
       @speaker, @accessClass, @tally, @minutes)
     ON CONFLICT DO UPDATE SET tally = excluded.tally, minutes = excluded.minutes`,
  ).run({ ...key, ...toTallyRow(tally) });
}
