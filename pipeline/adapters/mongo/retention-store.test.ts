import {
  type RetentionStoreFixture,
  retentionStoreContract,
} from '../../../test/contracts/retention-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { type MongoTestDatabase, useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { caseCollections } from './case-documents.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

async function openFixture(
  database: MongoTestDatabase,
  counted: <T extends object>(store: T) => T,
): Promise<RetentionStoreFixture> {
  await database.clear();
  const clock = new FakeClock();
  const at = caseCollections(database.db);
  return {
    retention: counted(openMongoRetentionStore(database)),
    posts: counted(openMongoPostStore(database, clock)),
    cases: counted(openMongoCaseStore(database, clock)),
    clock,
    countContents: async () => ({
      texts: await at.texts.countDocuments(),
      indexEntries: await at.index.countDocuments(),
      notes: await at.notes.countDocuments(),
      cases: await at.cases.countDocuments(),
      events: await at.events.countDocuments(),
      auditEntries: await at.audit.countDocuments(),
      auditPayloads: await at.audit.countDocuments({ payload: { $ne: null } }),
    }),
    close: async () => {},
  };
}

describeWithMongo('retention-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const counted = watchMongoFacts(database);
  retentionStoreContract(() => openFixture(database(), counted));
});
