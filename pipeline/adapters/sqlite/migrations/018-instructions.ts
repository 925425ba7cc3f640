import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 18,
  name: 'instructions',
  sql: ``,
};
