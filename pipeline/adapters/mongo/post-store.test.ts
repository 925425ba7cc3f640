import { describe } from 'vitest';
import { copyRetentionContract } from '../../../test/contracts/copy-retention.contract.ts';
import { nearCopiesContract } from '../../../test/contracts/near-copies.contract.ts';
import { ownRepliesContract } from '../../../test/contracts/own-replies.contract.ts';
import { postIndexContract } from '../../../test/contracts/post-index.contract.ts';
import { postStoreContract } from '../../../test/contracts/post-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

describeWithMongo('post-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const open = async (counted: <T extends object>(store: T) => T = (store) => store) => {
    await database().clear();
    const clock = new FakeClock();
    return {
      posts: counted(openMongoPostStore(database(), clock)),
      cases: counted(openMongoCaseStore(database(), clock)),
      retention: counted(openMongoRetentionStore(database())),
      clock,
      close: async () => {},
    };
  };
  postStoreContract(() => open());
  postIndexContract(() => open());
  describe('as the figures see it', () => {
    const counted = watchMongoFacts(database);
    nearCopiesContract(() => open(counted));
    copyRetentionContract(() => open(counted));
    ownRepliesContract(() => open(counted));
  });
});
