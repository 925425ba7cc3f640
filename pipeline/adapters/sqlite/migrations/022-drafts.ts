import type { Migration } from './migration.ts';

/**
 * Drafts with their versions, events, reports and seals. Beside each draft what it is found by: what waits for whom
 * (`draft_waits`, keys of adapters/draft-record.ts), who has a part in it, where it is meant for. `draft_files` names the files of
 * each version (0: of its events), `draft_uploads` every file that was ever brought, until it is swept.
 */
export const migration: Migration = {
  number: 22,
  name: 'drafts',
  sql: `
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  number TEXT UNIQUE,
  unit_id TEXT NOT NULL,
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  late_by TEXT,
  confirm_by TEXT,
  take_down_at TEXT,
  -- It has, or had, a seal.
  sealed INTEGER NOT NULL,
  expires_at TEXT,
  facts TEXT NOT NULL
);
CREATE INDEX drafts_changed ON drafts (changed_at, id);
CREATE INDEX drafts_state ON drafts (state, changed_at, id);
CREATE INDEX drafts_unit ON drafts (unit_id, state, changed_at, id);
CREATE INDEX drafts_late ON drafts (late_by, id) WHERE late_by IS NOT NULL;
CREATE INDEX drafts_unconfirmed ON drafts (confirm_by, id) WHERE confirm_by IS NOT NULL;
CREATE INDEX drafts_take_down ON drafts (take_down_at, id) WHERE take_down_at IS NOT NULL;
CREATE INDEX drafts_sealed ON drafts (changed_at, id) WHERE sealed = 1;
CREATE INDEX drafts_expiry ON drafts (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE draft_waits (
  key TEXT NOT NULL,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  PRIMARY KEY (key, draft_id)
) WITHOUT ROWID;
CREATE INDEX draft_waits_draft ON draft_waits (draft_id);

CREATE TABLE draft_people (
  part TEXT NOT NULL,
  person_id TEXT NOT NULL,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  PRIMARY KEY (part, person_id, draft_id)
) WITHOUT ROWID;
CREATE INDEX draft_people_draft ON draft_people (draft_id);

CREATE TABLE draft_channels (
  channel_id TEXT NOT NULL,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  PRIMARY KEY (channel_id, draft_id)
) WITHOUT ROWID;
CREATE INDEX draft_channels_draft ON draft_channels (draft_id);

CREATE TABLE draft_versions (
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  written_by TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  frozen INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (draft_id, version)
);

CREATE TABLE draft_events (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  event TEXT NOT NULL,
  command_salt TEXT,
  command_digest TEXT,
  UNIQUE (draft_id, revision)
);

CREATE TABLE draft_reports (
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  round INTEGER NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (draft_id, round)
);

CREATE TABLE draft_seals (
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  digest TEXT NOT NULL,
  seal TEXT NOT NULL,
  ended_at TEXT,
  ended_by TEXT,
  PRIMARY KEY (draft_id, revision)
);

CREATE TABLE draft_numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);

CREATE TABLE draft_links (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  content_version INTEGER NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  device_digest TEXT,
  opened_at TEXT
);
CREATE INDEX draft_links_draft ON draft_links (draft_id);

CREATE TABLE draft_files (
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (draft_id, version, hash)
) WITHOUT ROWID;
CREATE INDEX draft_files_hash ON draft_files (hash);

CREATE TABLE draft_uploads (
  hash TEXT PRIMARY KEY,
  at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX draft_uploads_at ON draft_uploads (at);
`,
};
