import type { Migration } from './migration.ts';

export const migration: Migration = {
  number: 12,
  name: 'people',
  sql: `
ALTER TABLE users ADD COLUMN identities TEXT NOT NULL DEFAULT '[]';
ALTER TABLE users ADD COLUMN totp TEXT;
ALTER TABLE users ADD COLUMN emergency INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN leaves_on TEXT;
ALTER TABLE users ADD COLUMN emergency_uses TEXT NOT NULL DEFAULT '[]';
CREATE TABLE user_identities (
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  PRIMARY KEY (provider, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_identities_user ON user_identities (user_id);
ALTER TABLE sessions ADD COLUMN door TEXT NOT NULL DEFAULT 'password';
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN ticket TEXT;
CREATE INDEX sessions_ticket ON sessions (ticket) WHERE ticket IS NOT NULL;
`,
};
