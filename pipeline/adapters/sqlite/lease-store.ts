import { z } from 'zod';
import { clockToleranceMs, laterBy } from '../../domain/time.ts';
import type { Lease, LeaseStore } from '../../ports/lease.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const LeaseRow = z.object({
  name: z.string(),
  token: z.int().positive(),
  owner: z.string().nullable(),
  expiresAt: z.string(),
});
type LeaseRow = z.infer<typeof LeaseRow>;

export function openLeaseStore(db: SqliteDatabase): LeaseStore {
  return {
    acquire: async (name, owner, now, ttlMs) =>
      inTransaction(db, () => {
        const row = findRow(db, name);
        const latest = laterBy(now, ttlMs + clockToleranceMs);
        const held = row !== null && row.owner !== null && row.expiresAt > now && row.expiresAt <= latest;
        if (held && row.owner !== owner) return null;
        const token = held ? row.token : (row?.token ?? 0) + 1;
        return writeRow(db, { name, token, owner, expiresAt: laterBy(now, ttlMs) });
      }),
    renew: async (lease, owner, now, ttlMs) =>
      inTransaction(db, () => {
        const row = findRow(db, lease.name);
        if (row === null || !isOwn(row, lease, owner) || row.expiresAt <= now) return null;
        return writeRow(db, { ...row, expiresAt: laterBy(now, ttlMs) });
      }),
    release: async (lease, owner) =>
      inTransaction(db, () => {
        const row = findRow(db, lease.name);
        if (row !== null && isOwn(row, lease, owner)) writeRow(db, { ...row, owner: null });
      }),
  };
}

function isOwn(row: LeaseRow, lease: Lease, owner: string): boolean {
  return row.owner === owner && row.token === lease.token;
}

function findRow(db: SqliteDatabase, name: string): LeaseRow | null {
  const row = db
    .prepare('SELECT name, token, owner, expires_at AS expiresAt FROM leases WHERE name = ?')
    .get(name);
  return row === undefined ? null : LeaseRow.parse(row);
}

function writeRow(db: SqliteDatabase, row: LeaseRow): Lease {
  db.prepare(
    `INSERT INTO leases (name, token, owner, expires_at) VALUES (@name, @token, @owner, @expiresAt)
     ON CONFLICT (name) DO UPDATE SET token = excluded.token, owner = excluded.owner, expires_at = excluded.expires_at`,
  ).run(row);
  return { name: row.name, token: row.token, expiresAt: row.expiresAt };
}
