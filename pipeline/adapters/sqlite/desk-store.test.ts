import { describe } from 'vitest';
import { deskStoreContract } from '../../../test/contracts/desk-store.contract.ts';
import { filterStoreContract } from '../../../test/contracts/filter-store.contract.ts';
import { putAsideContract } from '../../../test/contracts/put-aside.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openCaseStore } from './case-store.ts';
import { openDatabase } from './database.ts';
import { openDeskStore } from './desk-store.ts';
import { openFilterStore } from './filter-store.ts';
import { openPostStore } from './post-store.ts';

const openFixture = async () => {
  const db = openDatabase(':memory:');
  const clock = new FakeClock();
  return {
    desk: openDeskStore(db),
    posts: openPostStore(db, clock),
    cases: openCaseStore(db, clock),
    clock,
    close: async () => {
      db.close();
    },
  };
};

describe('desk-store on SQLite', () => {
  deskStoreContract(openFixture);
  putAsideContract(openFixture);
});

describe('filter-store on SQLite', () =>
  filterStoreContract(async () => {
    const db = openDatabase(':memory:');
    return { filters: openFilterStore(db), close: async () => void db.close() };
  }));
