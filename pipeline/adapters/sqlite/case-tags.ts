import type { Case } from '../../domain/case.ts';
import { tagsOf } from '../../domain/case-filter.ts';
import { type SqliteDatabase, statement } from './database.ts';

/** Beside the case, in its transaction: by what it is found in its queues. */
export function writeCaseTags(db: SqliteDatabase, one: Case): void {
  statement(db, 'DELETE FROM case_tags WHERE case_id = ?').run(one.id);
  const insert = statement(db, 'INSERT INTO case_tags VALUES (?, ?, ?, ?, ?, ?, ?)');
  const lifeAfter = one.lifeSafety ? 0 : 1;
  for (const tag of tagsOf(one)) {
    insert.run(one.id, tag, one.state, one.accessClass, lifeAfter, -one.riskScore, one.openedAt);
  }
}
