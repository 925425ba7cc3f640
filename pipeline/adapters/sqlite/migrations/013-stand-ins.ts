import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 13,
  name: 'stand-ins',
  sql: ``,
};
