import type { RetentionClass } from '../domain/retention-class.ts';

export interface PurgeResult {
  texts: number;
  notes: number;
  auditPayloads: number;
  cases: number;
}

export interface ExpiredSnapshot {
  retentionClass: RetentionClass;
  hash: string;
}

/** Deleting means gone (R8). Blobs go first, then the rows that name them: a purge that was cut off can start again. */
export interface RetentionStore {
  /**
   * Snapshots of the very posts that `purgeExpired` with the same arguments erases next, but for those that a living
   * text of their class points to as well.
   */
  listExpiredSnapshots(now: string, limit: number): Promise<ExpiredSnapshot[]>;

  /**
   * Erases up to `limit` of each: posts' texts with their index entries, notes, audit payloads, and whole cases past their
   * term; from the bytes of the store too, where the store can promise it. What remains of a post is its text-free row.
   */
  purgeExpired(now: string, limit: number): Promise<PurgeResult>;
}
