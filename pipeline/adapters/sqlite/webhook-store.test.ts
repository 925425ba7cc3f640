import { describe } from 'vitest';
import { webhookStoreContract } from '../../../test/contracts/webhook-store.contract.ts';
import { countSqliteEvidence } from '../../../test/harness/sqlite-case-fixture.ts';
import { openDatabase } from './database.ts';
import { openWebhookStore } from './webhook-store.ts';

describe('webhook-store on SQLite', () =>
  webhookStoreContract(async () => {
    const db = openDatabase(':memory:');
    return {
      webhooks: openWebhookStore(db),
      countAudit: async (subject) => countSqliteEvidence(db, subject).auditEntries,
      close: async () => {
        db.close();
      },
    };
  }));
