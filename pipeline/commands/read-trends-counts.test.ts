import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openRollupStore } from '../adapters/sqlite/rollup-store.ts';
import type { Stores } from '../ports/index.ts';
import { readBehind } from './read-trends-counts.ts';
import { refreshRollups } from './refresh-rollups.ts';

let db: SqliteDatabase;
beforeEach(() => {
  db = openDatabase(':memory:');
});
afterEach(() => {
  db.close();
});

it('nothing is said to be counted before all was, as after an update, though nothing waits', async () => {
  const clock = new FakeClock();
  const rollups = openRollupStore(db);
  const stores = { rollups } as Stores;
  expect(await readBehind({ stores, clock })).toEqual({ waiting: 0, countedTo: null });
  await refreshRollups({ stores });
  expect(await readBehind({ stores, clock })).toEqual({ waiting: 0, countedTo: clock.now() });
});
