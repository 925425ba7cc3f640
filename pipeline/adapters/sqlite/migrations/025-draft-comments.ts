import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 25,
  name: 'draft-comments',
  sql: `
-- What people say about a draft, or about words of it; replies and all in body.
CREATE TABLE draft_comments (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_comments_draft ON draft_comments (draft_id, at, id);
`,
};
