import type { Migration } from './migration.ts';

/**
 * Stock answers with their history, drafts of public replies, and help replies let out by those on duty. Replies and releases
 * are text-bearing: they carry class, retention class and expiry, and the purge takes the whole row.
 */
export const migration: Migration = {
  number: 15,
  name: 'answers',
  sql: `
CREATE TABLE stock_answers (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  kind TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  -- When the numbers of a help text were called, JSON.
  checked TEXT,
  -- Every version, oldest first, JSON.
  versions TEXT NOT NULL
) STRICT;

-- One row for each reply or release that was made from a stock answer: counted, and nothing else is known of it.
CREATE TABLE stock_answer_uses (
  answer_id TEXT NOT NULL,
  use_id TEXT NOT NULL,
  PRIMARY KEY (answer_id, use_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE replies (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  body TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX replies_case ON replies (case_id, changed_at);
CREATE INDEX replies_expiry ON replies (expires_at);

CREATE TABLE help_releases (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  collector_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  body TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX help_releases_case ON help_releases (case_id, created_at);
CREATE INDEX help_releases_collector ON help_releases (collector_id, created_at);
CREATE INDEX help_releases_expiry ON help_releases (expires_at);
`,
};
