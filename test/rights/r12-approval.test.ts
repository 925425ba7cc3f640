import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoDraftStore } from '../../pipeline/adapters/mongo/draft-store.ts';
import { openDatabase, type SqliteDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import { openDraftStore } from '../../pipeline/adapters/sqlite/draft-store.ts';
import type { Draft } from '../../pipeline/domain/draft.ts';
import type { DraftStore } from '../../pipeline/ports/draft-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useMongoTestDatabase } from '../harness/mongo-database.ts';
import { describeWithMongo } from '../harness/services.ts';
import { acts, Walk } from './approval-walk.ts';

/**
 * R12: from no sequence of calls does a person approve the own draft or hold two steps, also in somebody's stead, nor does an edited
 * draft stay approved; and the store does what the rules say that need no store.
 */
async function walkAll(store: DraftStore, { numRuns, length }: { numRuns: number; length: number }) {
  const seen = new Map<Draft['state'], number>();
  let walks = 0;
  const clock = new FakeClock();
  await fc.assert(
    fc.asyncProperty(acts(length), async (all) => {
      walks += 1;
      const states = await new Walk(store, clock, `第${walks}次`).run(all);
      for (const state of states) seen.set(state, (seen.get(state) ?? 0) + 1);
    }),
    { numRuns, seed: 20261123 },
  );
  return seen;
}

describe('R12: no draft is approved by who wrote it, nor by fewer than it takes', () => {
  let db: SqliteDatabase;
  beforeAll(() => {
    db = openDatabase(':memory:');
  });
  afterAll(() => void db.close());

  it('whatever eleven people do, and in whatever order', { timeout: 60_000 }, async () => {
    const seen = await walkAll(openDraftStore(db), { numRuns: 32, length: 45 });
    // Walks that get nowhere would prove nothing.
    for (const state of ['in-review', 'approved', 'published', 'returned', 'correcting'] as const)
      expect(seen.get(state) ?? 0, state).toBeGreaterThan(2);
  });
});

describeWithMongo('R12 on MongoDB: no draft is approved by who wrote it', (uri) => {
  const database = useMongoTestDatabase(uri);
  it('whatever eleven people do, and in whatever order', { timeout: 120_000 }, async () => {
    const seen = await walkAll(openMongoDraftStore(database()), { numRuns: 3, length: 30 });
    expect(seen.get('approved') ?? 0).toBeGreaterThan(0);
  });
});
