import type { Case } from '../../domain/case.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { reclassifyInstructions } from './instruction-store.ts';
import { hideReplies } from './reply-store.ts';

/**
 * What people wrote about a case follows its class, whether a person or the machine changed it. With those on duty, notes and
 * drafts stay there for good (R19). In the transaction of that change.
 */
export function reclassifyWritings(
  db: SqliteDatabase,
  { id, accessClass }: Pick<Case, 'id' | 'accessClass'>,
): void {
  reclassifyInstructions(db, id, accessClass);
  if (accessClass !== 'safety') return;
  hideReplies(db, id);
  statement(db, "UPDATE case_notes SET access_class = 'safety' WHERE case_id = ?").run(id);
}
