import type { Migration } from './migration.ts';

/** Runs are kept, and closing what was interrupted must not read them all: only the few that still run are here. */
export const migration: Migration = {
  number: 4,
  name: 'running-runs',
  sql: `
CREATE INDEX crawl_runs_running ON crawl_runs (channel_id) WHERE state = 'running';
`,
};
