import type { RollupStoreFixture } from '../../../test/contracts/rollup-bench.ts';
import { rollupCasesContract } from '../../../test/contracts/rollup-cases.contract.ts';
import { rollupStoreContract } from '../../../test/contracts/rollup-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoHandoverStore } from './handover-store.ts';
import { openMongoOutbox } from './outbox.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';
import { openMongoRollupStore } from './rollup-store.ts';

describeWithMongo('rollup-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const open = async (): Promise<RollupStoreFixture> => {
    await database().clear();
    const clock = new FakeClock();
    return {
      rollups: openMongoRollupStore(database()),
      handovers: openMongoHandoverStore(database()),
      posts: openMongoPostStore(database(), clock),
      cases: openMongoCaseStore(database(), clock),
      outbox: openMongoOutbox(database()),
      audit: openMongoAuditLog(database()),
      retention: openMongoRetentionStore(database()),
      clock,
      close: async () => {},
    };
  };
  rollupStoreContract(open);
  rollupCasesContract(open);
});
