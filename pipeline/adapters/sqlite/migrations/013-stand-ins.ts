import type { Migration } from './migration.ts';

/** Ids, roles and days: who is away, and why in one word of a list. */
export const migration: Migration = {
  number: 13,
  name: 'stand-ins',
  sql: `
ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;

CREATE TABLE stand_ins (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  absent_id TEXT NOT NULL,
  stand_in_id TEXT NOT NULL,
  roles TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  ended_at TEXT,
  ended_by TEXT
) STRICT;
-- Asked at every request: whom does this person stand in for?
CREATE INDEX stand_ins_received ON stand_ins (stand_in_id, ends_at);
CREATE INDEX stand_ins_given ON stand_ins (absent_id, ends_at);
CREATE INDEX stand_ins_by_end ON stand_ins (ends_at, id);

-- What a leaver still holds.
CREATE INDEX cases_claimed ON cases (claim_actor) WHERE claim_actor IS NOT NULL;
`,
};
