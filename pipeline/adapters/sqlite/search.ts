import { z } from 'zod';
import type { Post } from '../../domain/post.ts';
import type { Page } from '../../ports/page.ts';
import type { SearchQuery } from '../../ports/post-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { type SqliteDatabase, statement } from './database.ts';
import { parsePost } from './post-rows.ts';

const SearchCursor = z.tuple([z.string(), z.number()]);

/** Words as FTS5 strings: inside quotes nothing is syntax. A word without a letter or digit would match nothing. */
export function toMatch(words: readonly string[]): string | null {
  const usable = words.filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (usable.length === 0) return null;
  return usable.map((word) => `"${word.replaceAll('"', '""').replaceAll('\0', '')}"`).join(' AND ');
}

export function searchPosts(db: SqliteDatabase, query: SearchQuery): Page<Post> {
  const after = query.cursor === null ? null : parseCursor(query.cursor, SearchCursor);
  const match = toMatch(query.words);
  if (match === null) return { items: [], nextCursor: null };
  const rows = statement<unknown[], { sort_at: string; seq: number }>(
    db,
    `SELECT p.* FROM post_index i JOIN posts p ON p.seq = i.rowid
       WHERE post_index MATCH @match AND i.access_class IN (SELECT value FROM json_each(@classes))
         AND (i.expires_at IS NULL OR i.expires_at > @now)
         AND (@start = 1 OR (p.sort_at, p.seq) < (@sortAt, @seq))
       ORDER BY p.sort_at DESC, p.seq DESC LIMIT @limit`,
  ).all({
    match,
    classes: JSON.stringify(query.accessClasses),
    now: query.now,
    start: after === null ? 1 : 0,
    sortAt: after?.[0] ?? '',
    seq: after?.[1] ?? 0,
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { items: shown.map(parsePost), nextCursor: more ? encodeCursor([last.sort_at, last.seq]) : null };
}
