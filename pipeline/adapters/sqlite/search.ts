import { z } from 'zod';
import type { Post } from '../../domain/post.ts';
import type { AddressQuery } from '../../ports/desk-store.ts';
import type { Page } from '../../ports/page.ts';
import type { SearchQuery } from '../../ports/post-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { parsePost } from './post-rows.ts';

/** The newest row that the window begins with; then where in the window the page before ended. */
const SearchCursor = z.tuple([z.number(), z.string(), z.number()]);

const quote = (word: string) => `"${word.replaceAll('"', '""').replaceAll('\0', '')}"`;

/** Words as FTS5 strings: inside quotes nothing is syntax. A word without a letter or digit would match nothing. */
export function toMatch(words: readonly string[], without: readonly string[] = []): string | null {
  const usable = (list: readonly string[]) => list.filter((word) => /[\p{L}\p{N}]/u.test(word)).map(quote);
  const [wanted, unwanted] = [usable(words), usable(without)];
  if (wanted.length === 0) return null;
  const all = `(${wanted.join(' AND ')})`;
  return unwanted.length === 0 ? all : `${all} NOT (${unwanted.join(' OR ')})`;
}

/**
 * Hits are read in windows of so many, newest gathered first, and put in order within the window: a word that stands in half of all
 * posts must not have all of them read and sorted.
 */
const windowSize = 1000;

const readWindow = `WITH hits AS MATERIALIZED (
    SELECT rowid AS seq, access_class, expires_at FROM post_index
      WHERE post_index MATCH @match AND rowid <= @top ORDER BY rowid DESC LIMIT ${windowSize}),
  bounds AS (SELECT count(*) AS n, min(seq) AS bottom FROM hits)
  SELECT p.*, b.n AS hit_count, b.bottom AS bottom FROM bounds b LEFT JOIN hits h ON (
      h.access_class IN (SELECT value FROM json_each(@classes)) AND (h.expires_at IS NULL OR h.expires_at > @now))
    LEFT JOIN posts p ON p.seq = h.seq AND p.sort_at >= @from AND p.sort_at < @to AND (p.sort_at, p.seq) < (@sortAt, @seq)
    ORDER BY p.sort_at DESC, p.seq DESC LIMIT @limit`;

interface HitRow {
  seq: number | null;
  sort_at: string;
  hit_count: number;
  bottom: number | null;
}

const fromTheTop = [Number.MAX_SAFE_INTEGER, '9', 0] as const;

export function searchPosts(db: SqliteDatabase, query: SearchQuery): Page<Post> {
  const match = toMatch(query.words, query.without);
  let at = query.cursor === null ? fromTheTop : parseCursor(query.cursor, SearchCursor);
  if (match === null) return { items: [], nextCursor: null };
  const items: Post[] = [];
  for (;;) {
    const [top, sortAt, seq] = at;
    const rows = statement<unknown[], HitRow>(db, readWindow).all({
      ...{ match, top, sortAt, seq },
      classes: JSON.stringify(query.accessClasses),
      now: query.now,
      from: query.from ?? '',
      to: query.to ?? '9',
      limit: query.limit - items.length + 1,
    });
    const found = rows.filter((row) => row.seq !== null);
    const shown = found.slice(0, query.limit - items.length);
    items.push(...shown.map(parsePost));
    const last = shown.at(-1);
    if (found.length > shown.length) {
      const end = last === undefined ? [sortAt, seq] : [last.sort_at, last.seq];
      return { items, nextCursor: encodeCursor([top, ...end]) };
    }
    const [row] = rows;
    const bottom = row?.bottom ?? null;
    if (row === undefined || bottom === null || row.hit_count < windowSize)
      return { items, nextCursor: null };
    at = [bottom - 1, '9', 0];
  }
}

/** The newest first of those that stand under one of the addresses, or the id of which begins so. */
export function findByAddressRows(db: SqliteDatabase, query: AddressQuery): Post[] {
  const visible = `access_class IN (SELECT value FROM json_each(@classes))
    AND (expires_at IS NULL OR expires_at > @now)`;
  const rows = statement(
    db,
    `SELECT * FROM (
       SELECT * FROM posts WHERE url IN (SELECT value FROM json_each(@urls)) AND ${visible}
       UNION
       SELECT p.* FROM json_each(@prefixes) i CROSS JOIN posts p
         ON p.id >= i.value AND p.id < i.value || char(0x10ffff) WHERE ${visible}
     ) ORDER BY sort_at DESC, seq DESC LIMIT @limit`,
  ).all({
    urls: JSON.stringify(query.urls),
    prefixes: JSON.stringify(query.idPrefixes),
    classes: JSON.stringify(query.accessClasses),
    now: query.now,
    limit: query.limit,
  });
  return rows.map(parsePost);
}
