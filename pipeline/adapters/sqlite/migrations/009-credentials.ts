import type { Migration } from './migration.ts';

/** What the school's own accounts are let in with: sealed by a key that is not in here. */
export const migration: Migration = {
  number: 9,
  name: 'credentials',
  sql: `
CREATE TABLE credentials (
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  expires_at TEXT,
  saved_at TEXT NOT NULL,
  reason TEXT,
  kid TEXT NOT NULL,
  -- Null once removed: the row stays, so that the version only grows.
  sealed BLOB,
  PRIMARY KEY (channel_id, kind)
) STRICT, WITHOUT ROWID;
`,
};
