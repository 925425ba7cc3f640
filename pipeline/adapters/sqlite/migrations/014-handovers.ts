import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 14,
  name: 'handovers',
  sql: ``,
};
