import type { Case } from '../../domain/case.ts';
import { compareWords, type Fingerprint, mayFold } from '../../domain/near-copy.ts';
import type { Post } from '../../domain/post.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { mayJoin } from '../judged-case.ts';
import { type Candidate, chooseTwin, postsOfKey, rankShared } from '../near-copies.ts';
import { findCaseRow } from './case-rows.ts';
import { type SqliteDatabase, statement } from './database.ts';

type KnownPost = Pick<Post, 'id' | 'kind'> & { seq: number };

export function findNewestCase(db: SqliteDatabase, postId: string): Case | null {
  const row = statement<[string], { id: string }>(
    db,
    `SELECT c.id FROM cases c JOIN case_posts p ON p.case_id = c.id WHERE p.post_id = ?
       ORDER BY c.opened_at DESC, c.id DESC LIMIT 1`,
  ).get(postId);
  return row === undefined ? null : findCaseRow(db, row.id);
}

/** The case that a post is a near copy of. @param current the newest case of the post itself */
export function findTwin(
  db: SqliteDatabase,
  post: KnownPost,
  judgement: Judgement,
  current: Case | null,
  at: string,
): Case | null {
  const { fingerprint } = judgement;
  if (fingerprint === null || fingerprint === undefined) return null;
  if (!mayFold(judgement.verdict) || !mayJoin(post, current)) return null;
  const candidates = findCandidates(db, judgement.tokens, fingerprint, at);
  if (candidates.length === 0) return null;
  const parted = current === null ? [] : findParted(db, post.id);
  return chooseTwin(post, judgement, { candidates, parted }, at);
}

/** A few index look-ups for each key, however many fingerprints there are; cases are read only of what is near indeed. */
function findCandidates(
  db: SqliteDatabase,
  words: readonly string[],
  fingerprint: Fingerprint,
  at: string,
): Candidate[] {
  const { keys } = fingerprint;
  const postsWith = statement<[number, number], { seq: number }>(
    db,
    'SELECT seq FROM fingerprint_keys WHERE key = ? ORDER BY seq DESC LIMIT ?',
  );
  const found = keys.map((key) => postsWith.all(key, postsOfKey).map(({ seq }) => seq));
  return rankShared(found).flatMap((seq) => {
    const entry = statement<[number, string], { id: string; tokens: string }>(
      db,
      `SELECT p.id, i.tokens FROM posts p JOIN post_index i ON i.rowid = p.seq
       WHERE p.seq = ? AND (i.expires_at IS NULL OR i.expires_at > ?)`,
    ).get(seq, at);
    if (entry === undefined) return [];
    const tokens = entry.tokens === '' ? [] : entry.tokens.split(' ');
    if (compareWords(words, tokens, fingerprint) === 0) return [];
    const one = findNewestCase(db, entry.id);
    return one === null ? [] : { postId: entry.id, tokens, case: one };
  });
}

function findParted(db: SqliteDatabase, postId: string): string[] {
  return statement<[string], { caseId: string }>(
    db,
    "SELECT case_id AS caseId FROM case_events WHERE kind = 'split' AND post_id = ?",
  )
    .all(postId)
    .map(({ caseId }) => caseId);
}

/**
 * What is left of an earlier text gives way. Only the text that a case was opened on is found by its keys; a copy keeps its own
 * for the day when it is parted from the case.
 * @param home the case that the post is in now
 */
export function writeFingerprint(
  db: SqliteDatabase,
  post: Pick<KnownPost, 'id' | 'seq'>,
  judgement: Judgement,
  home: Case | null,
): void {
  // Also without a case: a page outlives the record of its case.
  deleteFingerprint(db, post.seq);
  const { fingerprint, verdict } = judgement;
  if (home === null || fingerprint === null || fingerprint === undefined || !mayFold(verdict)) return;
  statement(db, 'INSERT INTO fingerprints VALUES (?, ?)').run(post.seq, JSON.stringify(fingerprint.keys));
  if (home.postIds[0] === post.id) insertKeys(db, post.seq, fingerprint.keys);
}

function insertKeys(db: SqliteDatabase, seq: number, keys: readonly number[]): void {
  const insert = statement(db, 'INSERT OR IGNORE INTO fingerprint_keys VALUES (?, ?)');
  for (const key of keys) insert.run(key, seq);
}

function findKeys(db: SqliteDatabase, seq: number): number[] {
  const row = statement<[number], { keys: string }>(db, 'SELECT keys FROM fingerprints WHERE seq = ?').get(
    seq,
  );
  return row === undefined ? [] : (JSON.parse(row.keys) as number[]);
}

/** A copy that was parted from its case is from now on what its own case was opened on. */
export function leadWithFingerprint(db: SqliteDatabase, postId: string): void {
  const seq = findSeq(db, postId);
  insertKeys(db, seq, findKeys(db, seq));
}

/** Before the text goes, or when it goes to those on duty. */
export function deleteFingerprint(db: SqliteDatabase, seq: number): void {
  const remove = statement(db, 'DELETE FROM fingerprint_keys WHERE key = ? AND seq = ?');
  for (const key of findKeys(db, seq)) remove.run(key, seq);
  statement(db, 'DELETE FROM fingerprints WHERE seq = ?').run(seq);
}

export function findSeq(db: SqliteDatabase, postId: string): number {
  return statement<[string], { seq: number }>(db, 'SELECT seq FROM posts WHERE id = ?').get(postId)?.seq ?? 0;
}
