import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 29,
  name: 'briefs',
  sql: `
-- 简报: line holds all but what was counted and what was written; facts never change.
CREATE TABLE briefs (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  schedule_key TEXT UNIQUE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  line TEXT NOT NULL,
  facts TEXT NOT NULL,
  words TEXT NOT NULL
) STRICT;
CREATE INDEX briefs_newest ON briefs (created_at DESC, id DESC);
CREATE INDEX briefs_expiry ON briefs (expires_at);
CREATE TABLE brief_events (
  id TEXT PRIMARY KEY,
  brief_id TEXT NOT NULL REFERENCES briefs (id) ON DELETE CASCADE,
  brief_version INTEGER NOT NULL,
  asked TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX brief_events_brief ON brief_events (brief_id, brief_version);
-- The frozen ids under each number.
CREATE TABLE brief_evidence (
  brief_id TEXT NOT NULL REFERENCES briefs (id) ON DELETE CASCADE,
  number_id TEXT NOT NULL,
  ids TEXT NOT NULL,
  PRIMARY KEY (brief_id, number_id)
) STRICT, WITHOUT ROWID;
-- The last number given, by kind and Shanghai year; it outlives the briefs.
CREATE TABLE brief_serials (
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;
`,
};
