import { Objection } from '../../domain/objection.ts';
import type { ObjectionList } from '../../ports/objection-list.ts';
import {
  auditAdded,
  auditRemoved,
  isSameObjection,
  takenObjection,
  unknownObjection,
} from '../objection-change.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement, truncateLog } from './database.ts';

const columns = 'id, platform, digest, kid, received_on AS receivedOn, reference';

export function openObjectionList(db: SqliteDatabase): ObjectionList {
  return {
    list: async () =>
      statement(db, `SELECT ${columns} FROM objections ORDER BY received_on, id`)
        .all()
        .map((row) => Objection.parse(row)),
    readVersion: async () =>
      statement<[], { version: number }>(db, 'SELECT version FROM objection_head').get()?.version ?? 0,
    add: async (given, change) =>
      inTransaction(db, () => {
        const objection = Objection.parse(given);
        const known = findLike(db, objection);
        if (known !== null) {
          if (isSameObjection(known, objection)) return;
          throw takenObjection(known);
        }
        statement(
          db,
          `INSERT INTO objections (id, platform, digest, kid, received_on, reference)
           VALUES (@id, @platform, @digest, @kid, @receivedOn, @reference)`,
        ).run(objection);
        raiseVersion(db);
        insertAudit(db, auditAdded(objection, change));
      }),
    remove: async (id, reason, change) => {
      inTransaction(db, () => {
        if (statement(db, 'DELETE FROM objections WHERE id = ?').run(id).changes === 0) {
          if (isRecorded(db, change.id)) return;
          throw unknownObjection(id);
        }
        raiseVersion(db);
        insertAudit(db, auditRemoved(id, reason, change));
      });
      truncateLog(db);
    },
  };
}

/** Of the same id, or of the same person on this platform. */
function findLike(db: SqliteDatabase, { id, platform, digest, kid }: Objection): Objection | null {
  const row = statement(
    db,
    `SELECT ${columns} FROM objections
     WHERE id = @id OR (platform = @platform AND kid = @kid AND digest = @digest) ORDER BY id = @id DESC`,
  ).get({ id, platform, digest, kid });
  return row === undefined ? null : Objection.parse(row);
}

function raiseVersion(db: SqliteDatabase): void {
  statement(db, 'UPDATE objection_head SET version = version + 1').run();
}

function isRecorded(db: SqliteDatabase, auditId: string): boolean {
  return statement(db, 'SELECT 1 FROM audit_entry WHERE id = ?').get(auditId) !== undefined;
}
