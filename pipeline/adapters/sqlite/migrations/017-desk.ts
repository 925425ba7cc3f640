import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 17,
  name: 'desk',
  sql: ``,
};
