import { Conflict } from '../../domain/errors.ts';
import { Session } from '../../domain/user.ts';
import type { SessionStore } from '../../ports/session-store.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const columns = `id, user_id AS userId, csrf_token AS csrfToken, created_at AS createdAt,
  last_seen_at AS lastSeenAt, expires_at AS expiresAt, door, device, ticket`;

export function openSessionStore(db: SqliteDatabase): SessionStore {
  const run = (sql: string, ...values: string[]) =>
    inTransaction(db, () => db.prepare(sql).run(...values).changes);
  return {
    create: async (session) => inTransaction(db, () => create(db, Session.parse(session))),
    find: async (id, now) => {
      const row = db.prepare(`SELECT ${columns} FROM sessions WHERE id = ? AND expires_at > ?`).get(id, now);
      return row === undefined ? null : Session.parse(row);
    },
    listOfUser: async (userId, now) =>
      db
        .prepare(
          `SELECT ${columns} FROM sessions WHERE user_id = ? AND expires_at > ? ORDER BY last_seen_at DESC, id`,
        )
        .all(userId, now)
        .map((row) => Session.parse(row)),
    touch: async (id, lastSeenAt) => {
      run('UPDATE sessions SET last_seen_at = max(last_seen_at, ?) WHERE id = ?', lastSeenAt, id);
    },
    delete: async (id) => {
      run('DELETE FROM sessions WHERE id = ?', id);
    },
    deleteOfUser: async (userId) => {
      run('DELETE FROM sessions WHERE user_id = ?', userId);
    },
    deleteByTicket: async (ticket) => {
      const sql = 'DELETE FROM sessions WHERE ticket = ? RETURNING user_id';
      const userId = inTransaction(db, () => db.prepare(sql).pluck().get(ticket));
      return typeof userId === 'string' ? userId : null;
    },
    purge: async (now, idleBefore) =>
      run('DELETE FROM sessions WHERE expires_at <= ? OR last_seen_at < ?', now, idleBefore),
  };
}

function create(db: SqliteDatabase, session: Session): void {
  const row = db.prepare(`SELECT ${columns} FROM sessions WHERE id = ?`).get(session.id);
  if (row !== undefined) {
    if (JSON.stringify(Session.parse(row)) === JSON.stringify(session)) return;
    throw new Conflict('A session with this id exists already.');
  }
  db.prepare(
    `INSERT INTO sessions (id, user_id, csrf_token, created_at, last_seen_at, expires_at, door, device, ticket)
     VALUES (@id, @userId, @csrfToken, @createdAt, @lastSeenAt, @expiresAt, @door, @device, @ticket)`,
  ).run(session);
}
