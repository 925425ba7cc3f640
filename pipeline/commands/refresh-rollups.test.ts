import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGathered } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openPostStore } from '../adapters/sqlite/post-store.ts';
import { openRollupStore } from '../adapters/sqlite/rollup-store.ts';
import { listCells } from '../domain/item-cube.ts';
import { rollupLayout } from '../domain/rollup.ts';
import type { RollupStore } from '../ports/rollup-store.ts';
import { refreshRollups } from './refresh-rollups.ts';

let db: SqliteDatabase;
let rollups: RollupStore;
beforeEach(() => {
  db = openDatabase(':memory:');
  rollups = openRollupStore(db);
});
afterEach(() => {
  db.close();
});

async function gather(...names: string[]): Promise<void> {
  const clock = new FakeClock();
  const items = names.map((externalId) => ({ post: buildGathered({ externalId }), snapshotHash: null }));
  await openPostStore(db, clock).storePosts(items, clock.now());
}
const count = async () => {
  const period = { fromDay: '2026-01-01', toDay: '2026-12-31', accessClasses: ['open'] as const };
  const cubes = await rollups.readCubes({ ...period, plane: 'whole', hours: true });
  return cubes.flatMap(listCells).reduce((sum, one) => sum + one.count, 0);
};

it('counts until nothing waits', async () => {
  await gather(...Array.from({ length: 450 }, (_, n) => `a${n}`));
  await refreshRollups({ stores: { rollups } });
  expect(await count()).toBe(450);
  expect(await rollups.countWaiting(1)).toBe(0);
  expect(await refreshRollups({ stores: { rollups } })).toBe(0);
});

it('counts all anew once, when the program makes facts otherwise', async () => {
  await gather('a', 'b');
  db.exec('DELETE FROM fact_changes');
  expect(await refreshRollups({ stores: { rollups } })).toBe(2);
  expect(await count()).toBe(2);
  expect(await rollups.readLayout()).toBe(rollupLayout);
  expect(await refreshRollups({ stores: { rollups } })).toBe(0);
});

it('stops between two batches when it is told to', async () => {
  await gather(...Array.from({ length: 450 }, (_, n) => `a${n}`));
  await rollups.noteAll(rollupLayout);
  const stop = new AbortController();
  const stopping: RollupStore = {
    ...rollups,
    refresh: (limit) => {
      stop.abort();
      return rollups.refresh(limit);
    },
  };
  const looked = await refreshRollups({ stores: { rollups: stopping } }, stop.signal);
  expect(looked).toBeGreaterThan(0);
  expect(await count()).toBe(looked);
  expect(await rollups.countWaiting(1000)).toBe(450 - looked);
});
