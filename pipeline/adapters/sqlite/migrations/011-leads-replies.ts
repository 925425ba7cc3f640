import type { Migration } from './migration.ts';

/**
 * Leads with the superior's deadline, which stands on queue rows too, so that what is due is read in its order; and replies of
 * the school's own account, found by what they answer.
 */
export const migration: Migration = {
  number: 11,
  name: 'leads-replies',
  sql: `
ALTER TABLE posts ADD COLUMN official INTEGER NOT NULL DEFAULT 0;
-- Text-free facts of a lead, JSON; null for everything else.
ALTER TABLE posts ADD COLUMN lead TEXT;
CREATE INDEX posts_official ON posts (channel_id, parent_id) WHERE official = 1;
CREATE INDEX posts_lead ON posts (gathered_at DESC, id DESC) WHERE lead IS NOT NULL;
CREATE INDEX posts_lead_number ON posts (lead ->> 'documentKey') WHERE lead IS NOT NULL;

ALTER TABLE cases ADD COLUMN deadline TEXT;
ALTER TABLE cases ADD COLUMN reply_seen_at TEXT;
ALTER TABLE case_queues ADD COLUMN deadline TEXT;
CREATE INDEX case_queues_due ON case_queues (queue, deadline, case_id) WHERE deadline IS NOT NULL;
`,
};
