import { OutboxEntry } from '../../domain/outbox.ts';
import type { Outbox } from '../../ports/outbox.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

/** What was delivered is removed: the audit log, not the outbox, remembers what happened. */
export function openOutbox(db: SqliteDatabase): Outbox {
  return {
    take: async (limit, now, hideUntil) =>
      inTransaction(db, () => {
        const entries = db
          .prepare(
            `SELECT id, topic, subject, created_at AS createdAt FROM outbox
             WHERE hidden_until IS NULL OR hidden_until <= ? ORDER BY seq LIMIT ?`,
          )
          .all(now, limit)
          .map((row) => OutboxEntry.parse(row));
        const hide = db.prepare('UPDATE outbox SET hidden_until = ? WHERE id = ?');
        for (const entry of entries) hide.run(hideUntil, entry.id);
        return entries;
      }),
    markDelivered: async (ids) =>
      inTransaction(db, () => {
        const remove = db.prepare('DELETE FROM outbox WHERE id = ?');
        for (const id of ids) remove.run(id);
      }),
    countWaiting: async () => db.prepare<[], { n: number }>('SELECT count(*) AS n FROM outbox').get()?.n ?? 0,
  };
}
