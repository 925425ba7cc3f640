import { describe } from 'vitest';
import { caseStoreContract } from '../../../test/contracts/case-store.contract.ts';
import { openSqliteCaseFixture } from '../../../test/harness/sqlite-case-fixture.ts';

describe('case-store on SQLite', () => caseStoreContract(() => openSqliteCaseFixture()));
