import { describe } from 'vitest';
import { draftCommentsContract } from '../../../test/contracts/draft-comments.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openDatabase, statement } from './database.ts';
import { openDraftComments } from './draft-comments.ts';
import { openDraftStore } from './draft-store.ts';

describe('draft-comments on SQLite', () =>
  draftCommentsContract(async () => {
    const db = openDatabase(':memory:');
    return {
      comments: openDraftComments(db),
      drafts: openDraftStore(db),
      clock: new FakeClock(),
      listAudit: async (subject) =>
        statement<[string], { action: string; raw: string }>(
          db,
          `SELECT e.action, e.subject || p.body AS raw FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
             WHERE e.subject = ? ORDER BY e.rowid`,
        ).all(subject),
      close: async () => {
        db.close();
      },
    };
  }));
