import type { Migration } from './migration.ts';

/**
 * By what cases are found in their queues, each with the order of its page beside it, so that a page is read from an index however
 * many cases there are; what was judged praise or noise and never queued, counted by day; and filters that people keep.
 */
export const migration: Migration = {
  number: 17,
  name: 'desk',
  sql: `
-- What the routing rules gave the case, JSON.
ALTER TABLE cases ADD COLUMN routing TEXT;

-- life_after and risk_after are turned round, so that everything is read upwards.
CREATE TABLE case_tags (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  state TEXT NOT NULL,
  access_class TEXT NOT NULL,
  life_after INTEGER NOT NULL,
  risk_after REAL NOT NULL,
  opened_at TEXT NOT NULL,
  PRIMARY KEY (case_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_tags_risk ON case_tags (tag, state, life_after, risk_after, opened_at, case_id, access_class);
CREATE INDEX case_tags_opened ON case_tags (tag, state, opened_at, case_id, access_class);

INSERT INTO case_tags
SELECT id, tag, state, access_class, 1 - life_safety, -risk_score, opened_at FROM (
  SELECT c.*, 'queue:' || j.value AS tag FROM cases c, json_each(c.queues) j
  UNION SELECT c.*, 'category:' || j.value FROM cases c, json_each(c.categories) j
  UNION SELECT c.*, 'service:' || (c.service ->> 'kind') FROM cases c WHERE c.service IS NOT NULL
  UNION SELECT c.*, 'topic:' || (c.service ->> 'topic') FROM cases c WHERE c.service IS NOT NULL
  UNION SELECT c.*, 'channel:' || c.channel_id FROM cases c
  UNION SELECT c.*, 'level:' || c.level FROM cases c
  UNION SELECT c.*, 'kind:' || p.kind FROM cases c JOIN case_posts m ON m.case_id = c.id AND m.position = 0
    JOIN posts p ON p.id = m.post_id
  UNION SELECT c.*, 'unit:' || c.unit_id FROM cases c WHERE c.unit_id IS NOT NULL
  UNION SELECT c.*, 'deadline:yes' FROM cases c WHERE c.deadline IS NOT NULL
  UNION SELECT c.*, 'edited:yes' FROM cases c WHERE c.text_version > 1
);

-- Praise and noise that went to no queue. Text-free: it stays when the text has expired, and is counted.
ALTER TABLE posts ADD COLUMN passed TEXT;
CREATE INDEX posts_passed ON posts (passed, bucket_hour, channel_id, access_class) WHERE passed IS NOT NULL;
CREATE INDEX posts_passed_newest ON posts (passed, gathered_at DESC, seq DESC) WHERE passed IS NOT NULL;
UPDATE posts SET passed = (
  SELECT CASE WHEN v.body ->> 'noise' = 1 THEN 'noise' WHEN v.body ->> '$.service.kind' = 'praise' THEN 'praise' END
  FROM verdicts v WHERE v.post_id = posts.id AND v.text_version = posts.text_version
    AND json_array_length(v.body -> 'queues') = 0
) WHERE kind = 'comment' AND state = 'judged'
  AND NOT EXISTS (SELECT 1 FROM case_posts m WHERE m.post_id = posts.id);

CREATE INDEX posts_deleted ON posts (seq DESC) WHERE instr(marks, '"source-deleted"') > 0;
CREATE INDEX posts_url ON posts (url);

-- A person's own list, or the office's (owner 'office'); JSON, without words: those may quote.
CREATE TABLE saved_filters (
  owner TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  filters TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;
`,
};
