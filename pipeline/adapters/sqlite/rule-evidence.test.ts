import { describe, expect, it } from 'vitest';
import { ruleEvidenceContract } from '../../../test/contracts/rule-evidence.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';
import { openRetentionStore } from './retention-store.ts';
import { openRuleEvidence } from './rule-evidence.ts';

describe('rule evidence on SQLite', () => {
  ruleEvidenceContract(async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    return {
      posts: openPostStore(db, clock),
      cases: openCaseStore(db, clock),
      retention: openRetentionStore(db),
      evidence: openRuleEvidence(db),
      clock,
      close: async () => {
        db.close();
      },
    };
  });

  it('has no column for a text, and goes with its post', () => {
    const db = openDatabase(':memory:');
    const columns = db.pragma('table_info(rule_hits)') as { name: string }[];
    expect(columns.map(({ name }) => name)).toEqual(['post_id', 'rule_id', 'rule_version', 'day', 'shadow']);
    const keys = db.pragma('foreign_key_list(rule_hits)') as { table: string; on_delete: string }[];
    expect(keys).toMatchObject([{ table: 'posts', on_delete: 'CASCADE' }]);
    db.close();
  });
});
