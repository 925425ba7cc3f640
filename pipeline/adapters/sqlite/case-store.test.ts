import { describe } from 'vitest';
import { caseDecidingContract } from '../../../test/contracts/case-deciding.contract.ts';
import { caseStoreContract } from '../../../test/contracts/case-store.contract.ts';
import { openSqliteCaseFixture } from '../../../test/harness/sqlite-case-fixture.ts';

describe('case-store on SQLite', () => {
  describe('cases', () => caseStoreContract(() => openSqliteCaseFixture()));
  describe('deciding', () => caseDecidingContract(() => openSqliteCaseFixture()));
});
