import { type CubeChange, changeCube } from '../../domain/cube-change.ts';
import {
  changeTally,
  type DayKey,
  emptyTally,
  isEmptyTally,
  type RollupChange,
  type TallyChange,
} from '../../domain/rollup.ts';
import { parseTally, TallyRow, toTallyRow } from '../tally-row.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { CubeRow } from './rollup-rows.ts';

/** In the transaction of the facts that changed. */
export function writeRollupChange(db: SqliteDatabase, { cubes, days }: RollupChange): void {
  for (const cube of cubes) changeCubeRow(db, cube);
  for (const day of days) changeDay(db, day);
}

const cubeKey = 'plane = @plane AND day = @day AND speaker = @speaker AND access_class = @accessClass';

function changeCubeRow(db: SqliteDatabase, change: CubeChange): void {
  const { cells: _, ...key } = change;
  const row = statement(db, `SELECT cells, hours FROM rollup_cubes WHERE ${cubeKey}`).get(key);
  const left = changeCube(row === undefined ? null : CubeRow.parse(row), change);
  if (left === null) {
    statement(db, `DELETE FROM rollup_cubes WHERE ${cubeKey}`).run(key);
    return;
  }
  statement(
    db,
    `INSERT INTO rollup_cubes (plane, day, speaker, access_class, cells, hours)
     VALUES (@plane, @day, @speaker, @accessClass, @cells, @hours)
     ON CONFLICT DO UPDATE SET cells = excluded.cells, hours = excluded.hours`,
  ).run({ ...key, ...left });
}

const dayKey = 'family = @family AND day = @day AND key = @key AND access_class = @accessClass';

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
    `INSERT INTO rollup_days (family, day, key, access_class, tally, minutes)
     VALUES (@family, @day, @key, @accessClass, @tally, @minutes)
     ON CONFLICT DO UPDATE SET tally = excluded.tally, minutes = excluded.minutes`,
  ).run({ ...key, ...toTallyRow(tally) });
}
