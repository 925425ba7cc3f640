import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 24,
  name: 'check-memory',
  sql: `
-- What was said to be no mistake: one row for each unit, or draft, and key. The newest saying stands; the audit log has them all.
CREATE TABLE check_answers (
  owner_id TEXT NOT NULL,
  key TEXT NOT NULL,
  scope TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  at TEXT NOT NULL,
  times INTEGER NOT NULL,
  expires_at TEXT NOT NULL,
  taken_back_at TEXT,
  PRIMARY KEY (owner_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_answers_newest ON check_answers (at DESC, owner_id DESC, key DESC) WHERE scope = 'unit' AND taken_back_at IS NULL;

-- What each report of a submission showed, by rule.
CREATE TABLE check_shown (
  report_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  shown INTEGER NOT NULL,
  PRIMARY KEY (report_id, rule)
) STRICT, WITHOUT ROWID;
`,
};
