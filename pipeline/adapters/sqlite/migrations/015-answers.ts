import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 15,
  name: 'answers',
  sql: ``,
};
