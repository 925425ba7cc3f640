import type { Migration } from './migration.ts';

/** Waves on channels: text-free, the whole record in `record`, JSON; the columns find it. `rank`: open, ended, dismissed. */
export const migration: Migration = {
  number: 28,
  name: 'bursts',
  sql: `
CREATE TABLE bursts (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  channel_id TEXT NOT NULL,
  rank INTEGER NOT NULL,
  from_hour TEXT NOT NULL,
  last_hour TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX bursts_listed ON bursts (rank, from_hour DESC, id);
CREATE INDEX bursts_last ON bursts (last_hour);
CREATE INDEX bursts_channel ON bursts (channel_id, last_hour);
`,
};
