import type { Migration } from './migration.ts';

/** Slips with their events, the texts beside them, the units that have a part, and one-time links by the digest of their token. */
export const migration: Migration = {
  number: 14,
  name: 'handovers',
  sql: `
CREATE TABLE handovers (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  due_at TEXT NOT NULL,
  supervised INTEGER NOT NULL,
  asks INTEGER NOT NULL,
  -- Its case went to those on duty: in nobody's list.
  hidden INTEGER NOT NULL,
  facts TEXT NOT NULL
);
CREATE INDEX handovers_due ON handovers (due_at, id);
CREATE INDEX handovers_state ON handovers (state, due_at, id);
CREATE INDEX handovers_case ON handovers (case_id);

CREATE TABLE handover_units (
  unit_id TEXT NOT NULL,
  handover_id TEXT NOT NULL REFERENCES handovers (id) ON DELETE CASCADE,
  PRIMARY KEY (unit_id, handover_id)
) WITHOUT ROWID;
CREATE INDEX handover_units_slip ON handover_units (handover_id);

CREATE TABLE handover_events (
  id TEXT PRIMARY KEY,
  handover_id TEXT NOT NULL REFERENCES handovers (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  event TEXT NOT NULL,
  command_salt TEXT,
  command_digest TEXT,
  UNIQUE (handover_id, version)
);

CREATE TABLE handover_texts (
  event_id TEXT PRIMARY KEY REFERENCES handover_events (id) ON DELETE CASCADE,
  handover_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  text TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT NOT NULL
);
CREATE INDEX handover_texts_slip ON handover_texts (handover_id);
CREATE INDEX handover_texts_case ON handover_texts (case_id);
CREATE INDEX handover_texts_expiry ON handover_texts (expires_at);

CREATE TABLE handover_numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);

CREATE TABLE handover_links (
  id TEXT PRIMARY KEY,
  handover_id TEXT NOT NULL REFERENCES handovers (id) ON DELETE CASCADE,
  digest TEXT NOT NULL UNIQUE,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  device_digest TEXT,
  opened_at TEXT
);
CREATE INDEX handover_links_slip ON handover_links (handover_id);
`,
};
