import type { Migration } from './migration.ts';

/** Students write drafts, and review none. */
export const migration: Migration = {
  number: 21,
  name: 'students',
  sql: `
ALTER TABLE users ADD COLUMN student INTEGER NOT NULL DEFAULT 0;
`,
};
