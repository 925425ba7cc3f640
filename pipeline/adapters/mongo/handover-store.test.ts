import type { HandoverStoreFixture } from '../../../test/contracts/handover-bench.ts';
import { handoverStoreContract } from '../../../test/contracts/handover-store.contract.ts';
import { handoverTextsContract } from '../../../test/contracts/handover-texts.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoHandoverStore } from './handover-store.ts';
import { openMongoOutbox } from './outbox.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('handover-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const counted = watchMongoFacts(database);
  const open = async (): Promise<HandoverStoreFixture> => {
    await database().clear();
    const clock = new FakeClock();
    return {
      handovers: counted(openMongoHandoverStore(database())),
      posts: counted(openMongoPostStore(database(), clock)),
      cases: counted(openMongoCaseStore(database(), clock)),
      outbox: openMongoOutbox(database()),
      audit: openMongoAuditLog(database()),
      retention: counted(openMongoRetentionStore(database())),
      clock,
      close: async () => {},
    };
  };
  handoverStoreContract(open);
  handoverTextsContract(open);
});
