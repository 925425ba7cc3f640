import type { Migration } from './migration.ts';

const was = (columns: readonly string[]) =>
  columns.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ');
const postColumns = ['text_version', 'bucket_hour', 'channel_id', 'kind', 'official', 'access_class'];
const caseColumns = [
  ...['state', 'access_class', 'level', 'life_safety', 'categories', 'service', 'channel_id', 'opened_at'],
  ...['decision_id', 'decided_at', 'unit_id', 'reply_seen_at'],
];
const note = (kind: string, subject: string) =>
  `INSERT OR IGNORE INTO fact_changes (kind, subject) VALUES ('${kind}', ${subject});`;

/**
 * Facts without texts, what is added up from them, and what has changed since. Triggers note the changes, so that no way of
 * writing can forget to; what was there before is noted by the first `noteAll`.
 */
export const migration: Migration = {
  number: 26,
  name: 'rollups',
  sql: `
-- Whose fact may be another one now: 'item', 'case' or 'handover', each once.
CREATE TABLE fact_changes (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  UNIQUE (kind, subject)
) STRICT;

-- A fact of another epoch is not in the sums: those were begun anew since.
CREATE TABLE rollup_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  layout INTEGER NOT NULL,
  epoch INTEGER NOT NULL
) STRICT;
INSERT INTO rollup_state VALUES (1, 0, 1);

-- Everywhere: '' for none; categories joined by '+'.
CREATE TABLE item_facts (
  post_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  hour TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  access_class TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  categories TEXT NOT NULL,
  service_kind TEXT NOT NULL,
  topic TEXT NOT NULL,
  tone TEXT NOT NULL,
  level TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX item_facts_hour ON item_facts (hour DESC, post_id);
CREATE INDEX item_facts_channel ON item_facts (channel_id, hour DESC, post_id);
CREATE INDEX item_facts_unit ON item_facts (unit_id, hour DESC, post_id) WHERE unit_id <> '';
CREATE INDEX item_facts_topic ON item_facts (topic, hour DESC, post_id) WHERE topic <> '';
CREATE INDEX item_facts_found ON item_facts (hour DESC, post_id) WHERE categories <> '';

CREATE TABLE case_facts (
  case_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  opened_at TEXT NOT NULL,
  decided_at TEXT,
  undecided INTEGER NOT NULL,
  channel_id TEXT NOT NULL,
  access_class TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  categories TEXT NOT NULL,
  topic TEXT NOT NULL,
  level TEXT NOT NULL,
  fact TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_facts_opened ON case_facts (opened_at DESC, case_id);
CREATE INDEX case_facts_decided ON case_facts (decided_at DESC, case_id) WHERE decided_at IS NOT NULL;
CREATE INDEX case_facts_undecided ON case_facts (opened_at DESC, case_id) WHERE undecided = 1;

CREATE TABLE handover_facts (
  handover_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  sent_at TEXT NOT NULL,
  received_at TEXT,
  answered_at TEXT,
  with_unit INTEGER NOT NULL,
  channel_id TEXT NOT NULL,
  access_class TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  fact TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_facts_sent ON handover_facts (sent_at DESC, handover_id);
CREATE INDEX handover_facts_received ON handover_facts (received_at DESC, handover_id) WHERE received_at IS NOT NULL;
CREATE INDEX handover_facts_answered ON handover_facts (answered_at DESC, handover_id) WHERE answered_at IS NOT NULL;
CREATE INDEX handover_facts_open ON handover_facts (sent_at DESC, handover_id) WHERE with_unit = 1;

CREATE TABLE rollup_cells (
  hour TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  access_class TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  categories TEXT NOT NULL,
  service_kind TEXT NOT NULL,
  topic TEXT NOT NULL,
  tone TEXT NOT NULL,
  level TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, channel_id, kind, access_class, unit_id, categories, service_kind, topic, tone, level)
) STRICT, WITHOUT ROWID;

-- The tally as lists of numbers; the lists of minutes apart, for they alone grow.
CREATE TABLE rollup_days (
  family TEXT NOT NULL,
  day TEXT NOT NULL,
  key TEXT NOT NULL,
  speaker TEXT NOT NULL,
  access_class TEXT NOT NULL,
  tally TEXT NOT NULL,
  minutes TEXT,
  PRIMARY KEY (family, day, key, speaker, access_class)
) STRICT;

CREATE TRIGGER fact_post_new AFTER INSERT ON posts BEGIN ${note('item', 'NEW.id')} END;
CREATE TRIGGER fact_post_changed AFTER UPDATE OF ${postColumns.join(', ')} ON posts WHEN ${was(postColumns)}
  BEGIN ${note('item', 'NEW.id')} END;
CREATE TRIGGER fact_post_gone AFTER DELETE ON posts BEGIN ${note('item', 'OLD.id')} END;

CREATE TRIGGER fact_verdict_new AFTER INSERT ON verdicts BEGIN ${note('item', 'NEW.post_id')} END;
CREATE TRIGGER fact_verdict_changed AFTER UPDATE OF body ON verdicts BEGIN ${note('item', 'NEW.post_id')} END;
CREATE TRIGGER fact_verdict_gone AFTER DELETE ON verdicts BEGIN ${note('item', 'OLD.post_id')} END;

CREATE TRIGGER fact_case_new AFTER INSERT ON cases BEGIN ${note('case', 'NEW.id')} END;
CREATE TRIGGER fact_case_changed AFTER UPDATE OF ${caseColumns.join(', ')} ON cases WHEN ${was(caseColumns)}
  BEGIN ${note('case', 'NEW.id')} END;
CREATE TRIGGER fact_case_moved AFTER UPDATE OF unit_id ON cases WHEN ${was(['unit_id'])}
  BEGIN
    INSERT OR IGNORE INTO fact_changes (kind, subject) SELECT 'item', post_id FROM case_posts WHERE case_id = NEW.id;
  END;
CREATE TRIGGER fact_case_gone AFTER DELETE ON cases BEGIN ${note('case', 'OLD.id')} END;

CREATE TRIGGER fact_case_post_new AFTER INSERT ON case_posts
  BEGIN ${note('item', 'NEW.post_id')} ${note('case', 'NEW.case_id')} END;
CREATE TRIGGER fact_case_post_gone AFTER DELETE ON case_posts
  BEGIN ${note('item', 'OLD.post_id')} ${note('case', 'OLD.case_id')} END;

CREATE TRIGGER fact_handover_new AFTER INSERT ON handovers BEGIN ${note('handover', 'NEW.id')} END;
CREATE TRIGGER fact_handover_changed AFTER UPDATE OF facts ON handovers WHEN ${was(['facts'])}
  BEGIN ${note('handover', 'NEW.id')} END;
CREATE TRIGGER fact_handover_gone AFTER DELETE ON handovers BEGIN ${note('handover', 'OLD.id')} END;
`,
};
