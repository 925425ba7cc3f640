import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 19,
  name: 'webhooks',
  sql: ``,
};
