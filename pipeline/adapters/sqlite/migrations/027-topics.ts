import type { Migration } from './migration.ts';

/**
 * Topics: what items speak of one matter. Members are text-free; phrases stand in several different items each, so they are nobody's
 * own words. What is to be looked at is noted where the facts of items change.
 */
export const migration: Migration = {
  number: 27,
  name: 'topics',
  sql: `
-- One row: whoever changes anything of topics raises the version first.
CREATE TABLE topic_board (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  tidied_on TEXT NOT NULL
) STRICT;
INSERT INTO topic_board VALUES (1, 0, '');

CREATE TABLE topics (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  merged_into TEXT,
  last_item_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX topics_order ON topics (last_item_at DESC, id DESC);

CREATE TABLE topic_members (
  post_id TEXT PRIMARY KEY,
  topic_id TEXT NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  speaker TEXT NOT NULL,
  root_id TEXT,
  unit_id TEXT NOT NULL,
  pinned INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_members_topic ON topic_members (topic_id, at DESC, post_id DESC);

CREATE TABLE topic_bars (
  topic_id TEXT NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  post_id TEXT NOT NULL,
  PRIMARY KEY (topic_id, post_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE topic_events (
  id TEXT PRIMARY KEY,
  topic_id TEXT NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_events_topic ON topic_events (topic_id, at, id);

-- Posts whose fact has changed since they were looked at, with the hour of the item.
CREATE TABLE topic_due (
  post_id TEXT PRIMARY KEY,
  hour TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_due_order ON topic_due (hour, post_id);
CREATE TRIGGER topic_item_new AFTER INSERT ON item_facts
  BEGIN INSERT OR REPLACE INTO topic_due (post_id, hour) VALUES (NEW.post_id, NEW.hour); END;
CREATE TRIGGER topic_item_changed AFTER UPDATE OF access_class, tone, categories, channel_id, hour ON item_facts
  WHEN OLD.access_class <> NEW.access_class OR OLD.tone <> NEW.tone OR OLD.categories <> NEW.categories
    OR OLD.channel_id <> NEW.channel_id OR OLD.hour <> NEW.hour
  BEGIN INSERT OR REPLACE INTO topic_due (post_id, hour) VALUES (NEW.post_id, NEW.hour); END;
CREATE TRIGGER topic_item_gone AFTER DELETE ON item_facts
  BEGIN INSERT OR REPLACE INTO topic_due (post_id, hour) VALUES (OLD.post_id, OLD.hour); END;

-- In how many different items of the last months a phrase stands: none of fewer than five.
CREATE TABLE phrase_set (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  built_at TEXT,
  items INTEGER NOT NULL
) STRICT;
INSERT INTO phrase_set VALUES (1, 0, NULL, 0);
CREATE TABLE phrases (
  phrase TEXT PRIMARY KEY,
  items INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
