import type { Migration } from './migration.ts';

/** Settings, accounts, sessions, the crawl ledger and leases. No table here has room for the text of a post (R8). */
export const migration: Migration = {
  number: 2,
  name: 'people-ledger',
  sql: `
-- Every version is kept: a verdict's stamp names the settings it was made with.
CREATE TABLE settings_versions (
  version INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  at TEXT NOT NULL,
  actor_id TEXT,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX settings_versions_kind ON settings_versions (kind, version);

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  unit_id TEXT,
  roles TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  failed_logins INTEGER NOT NULL,
  locked_until TEXT,
  disabled INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- id is a digest of the cookie's token. No foreign key: a session is ended by its own rules, and may be stored elsewhere.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  csrf_token TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE ledger_pages (
  channel_id TEXT NOT NULL,
  url TEXT NOT NULL,
  role TEXT NOT NULL,
  role_rank INTEGER NOT NULL AS (CASE role WHEN 'home' THEN 0 WHEN 'list' THEN 1 ELSE 2 END) VIRTUAL,
  state TEXT NOT NULL,
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  fetched_at TEXT,
  status INTEGER,
  etag TEXT,
  last_modified TEXT,
  content_hash TEXT,
  snapshot_hash TEXT,
  error TEXT,
  page_number INTEGER NOT NULL,
  post_id TEXT,
  PRIMARY KEY (channel_id, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_pages_due ON ledger_pages (channel_id, role_rank, due_at, url);
CREATE INDEX ledger_pages_state ON ledger_pages (channel_id, state, fetched_at);

CREATE TABLE crawl_runs (
  id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  fetched INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  parsed INTEGER NOT NULL,
  created INTEGER NOT NULL,
  edited INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  note TEXT
) STRICT;
CREATE INDEX crawl_runs_channel ON crawl_runs (channel_id, started_at DESC, id DESC);

-- A row outlives its lease, so that the token only grows.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  token INTEGER NOT NULL,
  owner TEXT,
  expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX audit_entry_time ON audit_entry (log, at DESC, id DESC);
`,
};
