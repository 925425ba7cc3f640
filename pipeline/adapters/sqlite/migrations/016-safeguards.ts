import type { Migration } from './migration.ts';

/** The registers of R10, R13 and R20. Texts lie beside the entries, each with its class and its end. */
export const migration: Migration = {
  number: 16,
  name: 'safeguards',
  sql: `
CREATE TABLE docket_entries (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  facts TEXT NOT NULL,
  moves TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  UNIQUE (kind, year, serial)
) STRICT;
CREATE INDEX docket_entries_newest ON docket_entries (kind, opened_at DESC, id DESC);
CREATE INDEX docket_entries_expiry ON docket_entries (expires_at);

-- The last number given, which outlives the entries.
CREATE TABLE docket_serials (
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE docket_texts (
  entry_id TEXT NOT NULL REFERENCES docket_entries (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  post_ids TEXT NOT NULL,
  PRIMARY KEY (entry_id, name)
) STRICT;
CREATE INDEX docket_texts_expiry ON docket_texts (expires_at);

-- Readings of a person, newest first.
CREATE INDEX audit_entry_actor ON audit_entry (log, actor_id, at DESC, id DESC);
`,
};
