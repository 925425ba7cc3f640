import type { Migration } from './migration.ts';

/**
 * Own items with the time at which they are to be compared with what was approved, and what was found out. `address` is a link in
 * normal form. `open`: it asks a person for an answer. The whole record stands in `record`, JSON; the columns find it.
 */
export const migration: Migration = {
  number: 23,
  name: 'live matches',
  sql: `
CREATE TABLE live_items (
  post_id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL,
  url TEXT NOT NULL,
  address TEXT,
  published_at TEXT,
  published_precision TEXT,
  content_hash TEXT NOT NULL,
  images TEXT,
  met_at TEXT NOT NULL,
  sort_at TEXT NOT NULL,
  mark INTEGER NOT NULL,
  due_at TEXT
);
CREATE INDEX live_items_due ON live_items (due_at, post_id) WHERE due_at IS NOT NULL;
CREATE INDEX live_items_channel ON live_items (channel_id, sort_at);
CREATE INDEX live_items_address ON live_items (address) WHERE address IS NOT NULL;

CREATE TABLE live_matches (
  id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL,
  draft_id TEXT,
  result TEXT NOT NULL,
  access_class TEXT NOT NULL,
  open INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX live_matches_changed ON live_matches (changed_at, id);
CREATE INDEX live_matches_open ON live_matches (open, changed_at, id) WHERE open = 1;
CREATE INDEX live_matches_draft ON live_matches (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX live_matches_expiry ON live_matches (expires_at);

CREATE TABLE live_cursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  changed_at TEXT NOT NULL
);
`,
};
