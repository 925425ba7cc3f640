import { type SqliteDatabase, statement } from './database.ts';

const ids = '(SELECT value FROM json_each(@ids))';
const cases = `(SELECT case_id FROM case_posts WHERE post_id IN ${ids})`;

/** What may quote a post: where it stands, and how it is found. A case's slips and replies speak of its posts. */
const quoting: readonly [table: string, where: string][] = [
  ['post_texts', `post_id IN ${ids} AND (expires_at IS NULL OR expires_at > @at)`],
  ['posts', `id IN ${ids} AND (expires_at IS NULL OR expires_at > @at)`],
  ['case_notes', `case_id IN ${cases} AND expires_at > @at`],
  ['replies', `case_id IN ${cases} AND expires_at > @at`],
  // An answer that was found not to quote stays with the case's record.
  ['handover_texts', `case_id IN ${cases} AND retention_class = 'comment' AND expires_at > @at`],
  [
    'docket_texts',
    `expires_at > @at AND EXISTS (SELECT 1 FROM json_each(docket_texts.post_ids) p WHERE p.value IN ${ids})`,
  ],
];

/** For use inside a transaction. */
export function endTexts(db: SqliteDatabase, postIds: readonly string[], at: string): void {
  for (const [table, where] of quoting) {
    statement(db, `UPDATE ${table} SET expires_at = @at WHERE ${where}`).run({
      at,
      ids: JSON.stringify(postIds),
    });
  }
}
