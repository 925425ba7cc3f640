import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 18,
  name: 'instructions',
  sql: `
-- What a leader wants done, and what came of it. No text here quotes anybody (domain/quotation.ts): kept with the case record.
CREATE TABLE instructions (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  subject TEXT NOT NULL,
  case_id TEXT,
  state TEXT NOT NULL,
  access_class TEXT NOT NULL,
  leader_id TEXT NOT NULL,
  submitted_by TEXT,
  unit_id TEXT,
  due_at TEXT,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX instructions_changed ON instructions (changed_at DESC, id DESC);
CREATE INDEX instructions_leader ON instructions (leader_id, changed_at DESC, id DESC);
CREATE INDEX instructions_unit ON instructions (unit_id, changed_at DESC, id DESC);
CREATE INDEX instructions_case ON instructions (case_id);
CREATE INDEX instructions_expiry ON instructions (expires_at);

CREATE TABLE instruction_events (
  id TEXT PRIMARY KEY,
  instruction_id TEXT NOT NULL REFERENCES instructions (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  move TEXT NOT NULL,
  at TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  on_behalf_of TEXT,
  unit_id TEXT,
  due_at TEXT,
  text TEXT NOT NULL,
  UNIQUE (instruction_id, version)
) STRICT;

-- The office's own words on the one-minute card of a case or a topic.
CREATE TABLE card_texts (
  subject TEXT PRIMARY KEY,
  case_id TEXT,
  version INTEGER NOT NULL,
  gist TEXT NOT NULL,
  next_step TEXT NOT NULL,
  stock_answer_id TEXT,
  access_class TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX card_texts_case ON card_texts (case_id);
CREATE INDEX card_texts_updated ON card_texts (updated_at DESC);

-- How the cases of a topic stand.
CREATE INDEX cases_topic ON cases (service ->> 'topic', opened_at);
`,
};
