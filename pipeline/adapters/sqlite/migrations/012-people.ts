import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 12,
  name: 'people',
  sql: `
ALTER TABLE users ADD COLUMN identities TEXT NOT NULL DEFAULT '[]';
ALTER TABLE users ADD COLUMN totp TEXT;
ALTER TABLE users ADD COLUMN emergency INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN leaves_on TEXT;
ALTER TABLE sessions ADD COLUMN door TEXT NOT NULL DEFAULT 'password';
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
`,
};
