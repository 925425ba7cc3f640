import type { Migration } from './migration.ts';

/** What is usual for a channel by hour of the week, and since when a post's numbers stand as they do. Numbers only. */
export const migration: Migration = {
  number: 7,
  name: 'baselines',
  sql: `
-- Null for posts from before: then they were read when the post was gathered.
ALTER TABLE posts ADD COLUMN metrics_at TEXT;

CREATE TABLE baseline_set (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  built_at TEXT
) STRICT;
INSERT INTO baseline_set VALUES (1, 0, NULL);

CREATE TABLE baselines (
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (channel_id, kind)
) STRICT, WITHOUT ROWID;
`,
};
