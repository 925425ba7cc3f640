import { z } from 'zod';
import { StandIn } from '../../domain/stand-in.ts';
import { type SqliteDatabase, statement } from './database.ts';

const columns = `id, version, absent_id AS absentId, stand_in_id AS standInId, roles, from_day AS "from", until_day AS until,
  starts_at AS startsAt, ends_at AS endsAt, reason, made_by AS madeBy, made_at AS madeAt, ended_at AS endedAt,
  ended_by AS endedBy`;

const StandInRow = z
  .looseObject({ roles: z.string() })
  .transform((row): unknown => ({ ...row, roles: JSON.parse(row.roles) }))
  .pipe(StandIn);

/** @param where an index's first columns, so that it is used */
export function readStandIns(
  db: SqliteDatabase,
  where: string,
  values: readonly (string | number)[],
): StandIn[] {
  return statement(db, `SELECT ${columns} FROM stand_ins WHERE ${where}`)
    .all(...values)
    .map((row) => StandInRow.parse(row));
}

export function insertStandIn(db: SqliteDatabase, one: StandIn): void {
  statement(
    db,
    `INSERT INTO stand_ins VALUES (@id, @version, @absentId, @standInId, @roles, @from, @until, @startsAt, @endsAt, @reason,
     @madeBy, @madeAt, @endedAt, @endedBy)`,
  ).run({ ...one, roles: JSON.stringify(one.roles) });
}

/** Only what an ending changes. */
export function updateEnd(db: SqliteDatabase, { id, version, endsAt, endedAt, endedBy }: StandIn): void {
  statement(
    db,
    `UPDATE stand_ins SET version = @version, ends_at = @endsAt, ended_at = @endedAt, ended_by = @endedBy WHERE id = @id`,
  ).run({ id, version, endsAt, endedAt, endedBy });
}

/** Given and received by either person, those that are not over. */
export function readOpenOf(db: SqliteDatabase, personIds: readonly string[], at: string): StandIn[] {
  const given = personIds.flatMap((id) => readStandIns(db, 'absent_id = ? AND ends_at > ?', [id, at]));
  const received = personIds.flatMap((id) => readStandIns(db, 'stand_in_id = ? AND ends_at > ?', [id, at]));
  return [...new Map([...given, ...received].map((one) => [one.id, one])).values()];
}
