import { caseStoreContract } from '../../../test/contracts/case-store.contract.ts';
import { openMongoCaseFixture } from '../../../test/harness/mongo-case-fixture.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';

describeWithMongo('case-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  caseStoreContract(() => openMongoCaseFixture(database()));
});
