import type { Migration } from './migration.ts';

/**
 * By what near copies are found: one row for each key of a text on which a case was opened. Fingerprints go with the text, or
 * when its case goes to those on duty; their class and expiry are those of the index entry of the same `seq`.
 */
export const migration: Migration = {
  number: 6,
  name: 'clusters',
  sql: `
CREATE TABLE fingerprints (
  -- Of the post.
  seq INTEGER PRIMARY KEY,
  keys TEXT NOT NULL
) STRICT;
CREATE TABLE fingerprint_keys (
  key INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (key, seq)
) STRICT, WITHOUT ROWID;

ALTER TABLE case_events ADD COLUMN post_id TEXT;
ALTER TABLE case_events ADD COLUMN inherits TEXT;
CREATE INDEX case_events_split ON case_events (post_id) WHERE kind = 'split';
`,
};
