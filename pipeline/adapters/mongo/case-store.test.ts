import { caseStoreContract } from '../../../test/contracts/case-store.contract.ts';
import { openMongoCaseFixture } from '../../../test/harness/mongo-case-fixture.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';

describeWithMongo('case-store on MongoDB', (uri) => caseStoreContract(() => openMongoCaseFixture(uri)));
