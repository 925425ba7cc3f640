import type { Migration } from './migration.ts';

/**
 * Which rule hit which post, without a word of it: it stays when the text has expired, and goes with the post's own row. `day`
 * is the post's in Shanghai, so that judging again moves no hit to another day.
 */
export const migration: Migration = {
  number: 5,
  name: 'rule-hits',
  sql: `
CREATE TABLE rule_hits (
  post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  rule_id TEXT NOT NULL,
  rule_version TEXT NOT NULL,
  day TEXT NOT NULL,
  shadow INTEGER NOT NULL,
  PRIMARY KEY (post_id, rule_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_hits_day ON rule_hits (day);
-- What-if goes through the posts of some days, newest first.
CREATE INDEX posts_hour ON posts (bucket_hour, id);
`,
};
