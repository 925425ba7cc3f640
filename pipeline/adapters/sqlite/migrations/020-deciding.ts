import type { Migration } from './migration.ts';

/** Why a case was reopened, and whose claim was taken over. */
export const migration: Migration = {
  number: 20,
  name: 'deciding',
  sql: `
ALTER TABLE case_events ADD COLUMN reason TEXT;
ALTER TABLE case_events ADD COLUMN holder_id TEXT;
`,
};
