import { ruleEvidenceContract } from '../../../test/contracts/rule-evidence.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';
import { openMongoRuleEvidence } from './rule-evidence.ts';

describeWithMongo('rule evidence on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  ruleEvidenceContract(async () => {
    await database().clear();
    const clock = new FakeClock();
    return {
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      retention: openMongoRetentionStore(database()),
      evidence: openMongoRuleEvidence(database()),
      clock,
      close: async () => {},
    };
  });
});
