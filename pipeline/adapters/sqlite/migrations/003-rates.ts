import type { Migration } from './migration.ts';

/** Pace and counts that processes share. Names of persons come as keyed digests, and every row is over at `until`. */
export const migration: Migration = {
  number: 3,
  name: 'rates',
  sql: `
CREATE TABLE rates (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rates_until ON rates (until);
`,
};
