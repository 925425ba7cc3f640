import type { Migration } from './migration.ts';

/**
 * Posts and their texts, verdicts, the search index, cases with their events, the audit log and the outbox: what one
 * transaction may have to change together. Every text-bearing row carries access class, retention class and expiry.
 * No table has a column for an author (R3).
 */
export const migration: Migration = {
  number: 1,
  name: 'posts-cases',
  sql: `
CREATE TABLE posts (
  seq INTEGER PRIMARY KEY,
  -- channel, kind and external id in one: the natural key.
  id TEXT NOT NULL UNIQUE,
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  url TEXT NOT NULL,
  parent_id TEXT,
  root_id TEXT,
  text_version INTEGER NOT NULL,
  published_at TEXT,
  published_precision TEXT,
  bucket_hour TEXT NOT NULL,
  gathered_at TEXT NOT NULL,
  sort_at TEXT NOT NULL,
  state TEXT NOT NULL,
  marks TEXT NOT NULL,
  metrics TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT,
  due_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT
) STRICT;
CREATE INDEX posts_due ON posts (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE post_texts (
  post_id TEXT NOT NULL REFERENCES posts (id),
  text_version INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  links TEXT NOT NULL,
  attachments TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  snapshot_hash TEXT,
  gathered_at TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT,
  PRIMARY KEY (post_id, text_version)
) STRICT;
CREATE INDEX post_texts_expiry ON post_texts (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX post_texts_snapshot ON post_texts (snapshot_hash) WHERE snapshot_hash IS NOT NULL;

CREATE TABLE verdicts (
  post_id TEXT NOT NULL REFERENCES posts (id),
  text_version INTEGER NOT NULL,
  body TEXT NOT NULL,
  judged_at TEXT NOT NULL,
  PRIMARY KEY (post_id, text_version)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE post_index USING fts5(
  tokens,
  access_class UNINDEXED,
  retention_class UNINDEXED,
  expires_at UNINDEXED,
  tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO post_index (post_index, rank) VALUES ('secure-delete', 1);

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  queues TEXT NOT NULL,
  access_class TEXT NOT NULL,
  level TEXT NOT NULL,
  risk_score REAL NOT NULL,
  life_safety INTEGER NOT NULL,
  categories TEXT NOT NULL,
  service TEXT,
  channel_id TEXT NOT NULL,
  text_version INTEGER NOT NULL,
  opened_at TEXT NOT NULL,
  decision_id TEXT,
  decided_at TEXT,
  unit_id TEXT,
  referred_at TEXT,
  previous_case_id TEXT,
  claim_actor TEXT,
  claim_token TEXT,
  claim_expires_at TEXT,
  expires_at TEXT NOT NULL
) STRICT;

CREATE TABLE case_posts (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  post_id TEXT NOT NULL REFERENCES posts (id),
  PRIMARY KEY (case_id, position),
  UNIQUE (case_id, post_id)
) STRICT;
CREATE INDEX case_posts_post ON case_posts (post_id);

-- One row for each queue that a case stands in, so that a queue page is read from an index in its order.
CREATE TABLE case_queues (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  queue TEXT NOT NULL,
  access_class TEXT NOT NULL,
  state TEXT NOT NULL,
  life_safety INTEGER NOT NULL,
  risk_score REAL NOT NULL,
  opened_at TEXT NOT NULL,
  PRIMARY KEY (case_id, queue)
) STRICT;
CREATE INDEX case_queues_order ON case_queues (queue, state, life_safety DESC, risk_score DESC, opened_at, case_id);

CREATE TABLE case_events (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  case_version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  actor_id TEXT,
  decision TEXT,
  undoes TEXT,
  before TEXT NOT NULL,
  -- What the command asked for, salted: tells a repeated command from another one under the same id.
  command_salt TEXT,
  command_digest TEXT,
  UNIQUE (case_id, case_version)
) STRICT;

CREATE TABLE case_notes (
  event_id TEXT PRIMARY KEY REFERENCES case_events (id) ON DELETE CASCADE,
  case_id TEXT NOT NULL,
  note TEXT NOT NULL,
  access_class TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX case_notes_case ON case_notes (case_id);
CREATE INDEX case_notes_expiry ON case_notes (expires_at);

CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  log TEXT NOT NULL,
  at TEXT NOT NULL,
  actor_id TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  retention_class TEXT NOT NULL,
  payload_digest TEXT NOT NULL,
  chain TEXT NOT NULL,
  linked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX audit_entry_unlinked ON audit_entry (seq) WHERE linked = 0;
CREATE INDEX audit_entry_log ON audit_entry (log, seq);

-- What a digest covers, erasable without breaking the chain.
CREATE TABLE audit_payload (
  entry_id TEXT PRIMARY KEY,
  salt TEXT NOT NULL,
  body TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX audit_payload_expiry ON audit_payload (expires_at);

CREATE TABLE audit_link (
  chain TEXT NOT NULL,
  seq INTEGER NOT NULL,
  entry_id TEXT NOT NULL UNIQUE,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (chain, seq)
) STRICT;

CREATE TABLE audit_anchor (
  chain TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  kid TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (chain, seq)
) STRICT;

-- The newest fencing token seen: a chainer that was overtaken is refused.
CREATE TABLE audit_fence (id INTEGER PRIMARY KEY CHECK (id = 1), token INTEGER NOT NULL) STRICT;
INSERT INTO audit_fence VALUES (1, 0);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  subject TEXT NOT NULL,
  created_at TEXT NOT NULL,
  hidden_until TEXT
) STRICT;
`,
};
