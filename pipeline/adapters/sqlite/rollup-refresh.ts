import { z } from 'zod';
import { buildRollupChange, type Fact, type FactChange } from '../../domain/rollup.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { deleteFact, findFact, writeFact } from './rollup-rows.ts';
import { writeRollupChange } from './rollup-sums.ts';
import { readCaseTruth, readHandoverTruth, readItemTruth } from './rollup-truth.ts';

const NoteRow = z.object({
  seq: z.number(),
  kind: z.enum(['item', 'case', 'handover']),
  subject: z.string(),
});
type Subjects = Record<Fact['kind'], Set<string>>;

/** In the transaction of the caller. @returns how many notes it looked at */
export function refreshRows(db: SqliteDatabase, limit: number): number {
  const notes = statement(db, 'SELECT seq, kind, subject FROM fact_changes ORDER BY seq LIMIT ?')
    .all(limit)
    .map((row) => NoteRow.parse(row));
  const last = notes.at(-1);
  if (last === undefined) return 0;
  const epoch = readEpoch(db);
  const changes: FactChange[] = [];
  for (const [kind, ids] of Object.entries(findSubjects(db, notes)) as [Fact['kind'], Set<string>][]) {
    for (const id of ids) {
      const change = bringUpToDate(db, kind, id, epoch);
      if (change !== null) changes.push(change);
    }
  }
  writeRollupChange(db, buildRollupChange(changes));
  statement(db, 'DELETE FROM fact_changes WHERE seq <= ?').run(last.seq);
  return notes.length;
}

const StateRow = z.object({ epoch: z.number() });

function readEpoch(db: SqliteDatabase): number {
  return StateRow.parse(statement(db, 'SELECT epoch FROM rollup_state').get()).epoch;
}

/** A case is told apart by its posts, and its slips tell what their case is: they are looked at with it. */
function findSubjects(db: SqliteDatabase, notes: readonly z.infer<typeof NoteRow>[]): Subjects {
  const all: Subjects = { item: new Set(), case: new Set(), handover: new Set() };
  for (const { kind, subject } of notes) all[kind].add(subject);
  const casesOf = statement<[string], { id: string }>(
    db,
    'SELECT case_id AS id FROM case_posts WHERE post_id = ?',
  );
  for (const postId of all.item) for (const { id } of casesOf.all(postId)) all.case.add(id);
  const slipsOf = statement<[string], { id: string }>(db, 'SELECT id FROM handovers WHERE case_id = ?');
  for (const caseId of all.case) for (const { id } of slipsOf.all(caseId)) all.handover.add(id);
  return all;
}

function readTruth(db: SqliteDatabase, kind: Fact['kind'], id: string): Fact | null {
  switch (kind) {
    case 'item': {
      const fact = readItemTruth(db, id);
      return fact === null ? null : { kind, fact };
    }
    case 'case': {
      const fact = readCaseTruth(db, id);
      return fact === null ? null : { kind, fact };
    }
    case 'handover': {
      const fact = readHandoverTruth(db, id);
      return fact === null ? null : { kind, fact };
    }
  }
}

/** Null: the sums stay as they are. */
function bringUpToDate(db: SqliteDatabase, kind: Fact['kind'], id: string, epoch: number): FactChange | null {
  const before = findFact(db, kind, id, epoch);
  const after = readTruth(db, kind, id);
  if (after === null) deleteFact(db, kind, id);
  if (before === null && after === null) return null;
  if (before !== null && JSON.stringify(before) === JSON.stringify(after)) return null;
  if (after !== null) writeFact(db, after, epoch);
  return { before, after };
}

export function countWaiting(db: SqliteDatabase, most: number): number {
  const row = statement<[number], { n: number }>(
    db,
    'SELECT count(*) AS n FROM (SELECT 1 FROM fact_changes LIMIT ?)',
  ).get(most);
  return row?.n ?? 0;
}
