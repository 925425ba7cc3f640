import type { Migration } from './migration.ts';

/** Who does not want to be gathered, as keyed digests and nothing else (R13). */
export const migration: Migration = {
  number: 10,
  name: 'objections',
  sql: `
CREATE TABLE objections (
  id TEXT PRIMARY KEY,
  platform TEXT NOT NULL,
  digest TEXT NOT NULL,
  kid TEXT NOT NULL,
  received_on TEXT NOT NULL,
  reference TEXT NOT NULL,
  UNIQUE (platform, kid, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE objection_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO objection_head VALUES (1, 0);
`,
};
