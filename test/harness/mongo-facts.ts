import { afterEach, expect } from 'vitest';
import { caseCollections } from '../../pipeline/adapters/mongo/case-documents.ts';
import { postCollections } from '../../pipeline/adapters/mongo/post-documents.ts';
import { rollupCollections } from '../../pipeline/adapters/mongo/rollup-documents.ts';
import { readFacts } from '../../pipeline/adapters/mongo/rollup-facts.ts';
import { readStoredFacts } from '../../pipeline/adapters/mongo/rollup-refresh.ts';
import { openMongoRollupStore } from '../../pipeline/adapters/mongo/rollup-store.ts';
import type { MongoTestDatabase } from './mongo-database.ts';

/**
 * Has a suite find every way of writing that forgets to note what it changes: all notes are counted away after each call of a
 * store, and at the end of each test the facts must be what the store says. On SQLite triggers note, and none can forget.
 * @returns what stores are wrapped with
 */
export function watchMongoFacts(database: () => MongoTestDatabase): <T extends object>(store: T) => T {
  let counting: Promise<void> = Promise.resolve();
  const countAway = (): Promise<void> => {
    const rollups = openMongoRollupStore(database());
    counting = counting.then(async () => {
      while ((await rollups.refresh(1000)) > 0);
    });
    return counting;
  };
  afterEach(async () => {
    await countAway();
    const { truth, stored } = await readBoth(database());
    expect(stored).toEqual(truth);
  });
  return (store) =>
    new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          try {
            return await member.apply(target, args);
          } finally {
            await countAway();
          }
        };
      },
    });
}

async function readBoth({ client, db }: MongoTestDatabase) {
  const at = { ...caseCollections(db), ...postCollections(db), ...rollupCollections(db) };
  const idsOf = async (...names: string[]) => {
    const found = names.map((name) => db.collection<{ _id: string }>(name).distinct('_id'));
    return new Set((await Promise.all(found)).flat());
  };
  const all = {
    items: await idsOf('posts', 'item_facts'),
    cases: await idsOf('cases', 'case_facts'),
    handovers: await idsOf('handovers', 'handover_facts'),
  };
  return client.withSession(async (session) => ({
    truth: (await readFacts({ at, session }, all)).facts,
    stored: await readStoredFacts({ at, session }, all),
  }));
}
