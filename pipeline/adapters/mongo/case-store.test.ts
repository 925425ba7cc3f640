import { describe } from 'vitest';
import { caseDecidingContract } from '../../../test/contracts/case-deciding.contract.ts';
import { caseStoreContract } from '../../../test/contracts/case-store.contract.ts';
import { openMongoCaseFixture } from '../../../test/harness/mongo-case-fixture.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { watchMongoFacts } from '../../../test/harness/mongo-facts.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';

describeWithMongo('case-store on MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const counted = watchMongoFacts(database);
  describe('cases', () => caseStoreContract(() => openMongoCaseFixture(database(), counted)));
  describe('deciding', () => caseDecidingContract(() => openMongoCaseFixture(database(), counted)));
});
