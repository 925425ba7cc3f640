import type { Migration } from './migration.ts';

/** What a run says of its completeness, the windows and gaps made of it, and in what order pages of one rank are read. No text. */
export const migration: Migration = {
  number: 8,
  name: 'whole-ledger',
  sql: `
ALTER TABLE ledger_pages ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_pages ADD COLUMN newest_item_at TEXT;
DROP INDEX ledger_pages_due;
CREATE INDEX ledger_pages_due ON ledger_pages (channel_id, role_rank, priority, due_at, url);

ALTER TABLE crawl_runs ADD COLUMN objected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE crawl_runs ADD COLUMN credential TEXT NOT NULL DEFAULT 'none-needed';
ALTER TABLE crawl_runs ADD COLUMN outcome TEXT;
ALTER TABLE crawl_runs ADD COLUMN reached_back INTEGER;
ALTER TABLE crawl_runs ADD COLUMN next_step TEXT;
ALTER TABLE crawl_runs ADD COLUMN newest_item_at TEXT;
ALTER TABLE crawl_runs ADD COLUMN retry_at TEXT;

CREATE TABLE gaps (
  id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL,
  from_at TEXT NOT NULL,
  to_at TEXT NOT NULL,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL,
  next_step TEXT NOT NULL,
  in_reach_since TEXT,
  opened_at TEXT NOT NULL,
  filled_at TEXT,
  -- Null as well where a person says that it is filled.
  filled_by_run TEXT
) STRICT;
CREATE INDEX gaps_channel ON gaps (channel_id, from_at);
CREATE INDEX gaps_open ON gaps (channel_id, from_at) WHERE filled_at IS NULL;

-- Only windows that are closed.
CREATE TABLE channel_windows (
  channel_id TEXT NOT NULL,
  from_at TEXT NOT NULL,
  to_at TEXT NOT NULL,
  state TEXT NOT NULL,
  usual REAL,
  low REAL,
  runs INTEGER NOT NULL,
  fetched INTEGER NOT NULL,
  parsed INTEGER NOT NULL,
  created INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  objected INTEGER NOT NULL,
  credential TEXT NOT NULL,
  outcome TEXT,
  gap_id TEXT,
  closed_at TEXT NOT NULL,
  PRIMARY KEY (channel_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_windows_gap ON channel_windows (gap_id) WHERE gap_id IS NOT NULL;
`,
};
