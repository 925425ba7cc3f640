import { laterBy } from '../../domain/time.ts';
import type { RateStore } from '../../ports/rate-store.ts';
import { chargeResult, currentWindow, freeStart, RateEntry, rateKey } from '../rate-entry.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

export function openRateStore(db: SqliteDatabase): RateStore {
  return {
    reserveStart: async (name, now, pace) =>
      inTransaction(db, () => {
        const key = rateKey.pace(name);
        const start = freeStart(find(db, key), now, pace);
        if (start !== null) write(db, key, { count: 0, until: laterBy(start, pace.gapMs) });
        return start;
      }),
    charge: async (name, now, limits) =>
      inTransaction(db, () => {
        const key = rateKey.count(name);
        const before = find(db, key);
        const result = chargeResult(before, now, limits);
        if (!result.allowed) return result;
        const open = currentWindow(before, now, limits);
        write(db, key, { ...open, count: open.count + 1 });
        return result;
      }),
    refund: async (name, now) =>
      inTransaction(db, () => {
        const sql = 'UPDATE rates SET count = count - 1 WHERE name = ? AND until > ? AND count > 0';
        statement(db, sql).run(rateKey.count(name), now);
      }),
    remember: async (name, now, ttlMs) =>
      inTransaction(db, () => write(db, rateKey.memory(name), { count: 0, until: laterBy(now, ttlMs) })),
    isRemembered: async (name, now) => (find(db, rateKey.memory(name))?.until ?? '') > now,
    purge: async (now) =>
      inTransaction(db, () => statement(db, 'DELETE FROM rates WHERE until <= ?').run(now).changes),
  };
}

function find(db: SqliteDatabase, key: string): RateEntry | null {
  const row = statement(db, 'SELECT count, until FROM rates WHERE name = ?').get(key);
  return row === undefined ? null : RateEntry.parse(row);
}

function write(db: SqliteDatabase, key: string, { count, until }: RateEntry): void {
  statement(
    db,
    `INSERT INTO rates (name, count, until) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET count = excluded.count, until = excluded.until`,
  ).run(key, count, until);
}
