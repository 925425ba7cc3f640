import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 16,
  name: 'safeguards',
  sql: ``,
};
