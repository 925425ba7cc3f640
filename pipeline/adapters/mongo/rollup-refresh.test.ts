import type { Db } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../../../test/builders/post.ts';
import { type CutPoint, CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { type MongoTestDatabase, useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { countCubes, countDays, nameDays, readAllCubes } from '../../../test/rollups/plain-count.ts';
import type { RollupStore } from '../../ports/rollup-store.ts';
import { openMongo } from './connection.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRollupStore } from './rollup-store.ts';

const always = {
  ...{ fromDay: '2020-01-01', toDay: '2039-12-31', cursor: null, limit: 200 },
  accessClasses: ['open', 'victim', 'safety'] as const,
};

/** Where a refresh may be cut: on its way there the server rolls back, on the way back it may have committed. */
const points: readonly CutPoint[] = [
  { command: 'findAndModify', collection: 'rollup_fence', side: 'after' },
  { command: 'insert', collection: 'item_facts', side: 'after' },
  { command: 'update', collection: 'rollup_cubes', side: 'before' },
  { command: 'update', collection: 'rollup_days', side: 'after' },
  { command: 'delete', collection: 'fact_changes', side: 'before' },
  { command: 'commitTransaction', collection: 'fact_changes', side: 'before' },
  { command: 'commitTransaction', collection: 'fact_changes', side: 'after' },
];

describeWithMongo('counting on MongoDB, with others at work', (uri) => {
  const opened = useMongoTestDatabase(uri);
  let database: MongoTestDatabase;
  let clock: FakeClock;
  let nth = 0;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(() => {
    database = opened();
    clock = new FakeClock();
  });
  beforeEach(() => database.clear());
  afterAll(() => Promise.all(closing.map((close) => close())));

  /** A connection of its own, as another process has. */
  async function connect(to: string): Promise<RollupStore> {
    const connection = await openMongo(to, database.name);
    closing.push(() => connection.client.close());
    return openMongoRollupStore(connection);
  }
  /** So many posts of one hour, half of them with a case. */
  async function bring(count: number): Promise<void> {
    const posts = openMongoPostStore(database, clock);
    const ids = Array.from({ length: count }, () => {
      nth += 1;
      return `c${nth}`;
    });
    const items = ids.map((externalId) => buildGathered({ externalId, kind: 'comment', title: '' }));
    await posts.storePosts(
      items.map((post) => ({ post, snapshotHash: null })),
      clock.now(),
    );
    const judgements = ids.map((externalId, index) => ({
      ...{ postId: `main-site:comment:${externalId}`, textVersion: 1, tokens: [] },
      verdict: index % 2 === 0 ? buildQueuedVerdict() : buildVerdict(),
      caseId: clock.newId(),
    }));
    await posts.storeJudgements(judgements, clock.now());
  }
  async function drain(rollups: RollupStore): Promise<void> {
    while ((await rollups.refresh(20)) > 0);
  }
  /** The sums are those of the facts, and no item is missing. */
  async function expectRight(rollups: RollupStore, count: number): Promise<void> {
    expect(await rollups.countWaiting(1)).toBe(0);
    const { items } = await rollups.listItems(always);
    expect(items).toHaveLength(count);
    const { items: cases } = await rollups.listCases({ ...always, moment: 'opened' });
    expect(cases).toHaveLength(count / 2);
    expect(await readAllCubes(rollups, always)).toEqual(countCubes(items));
    const families = ['channel', 'unit', 'topic', 'category'] as const;
    const days = await Promise.all(families.map((family) => rollups.readDays({ ...always, family })));
    expect(nameDays(days.flat())).toEqual(countDays(cases, []));
  }

  it('counts each change once, wherever a count is cut off', { timeout: 60_000 }, async () => {
    const proxy = await CuttingProxy.open(uri);
    closing.push(() => proxy.close());
    const rollups = await connect(proxy.uri);
    const whole = openMongoRollupStore(database);
    await bring(4);
    await drain(whole);
    for (const [index, point] of points.entries()) {
      await bring(4);
      const cut = proxy.cutAt(point);
      // Whether it is begun again by itself or fails, another one goes on.
      await Promise.all([cut, rollups.refresh(100).catch(() => null)]);
      await drain(whole);
      await expectRight(whole, 4 * (index + 2));
    }
    expect(proxy.cuts).toBe(points.length);
  });

  it('counts each change once when two count while others write', { timeout: 60_000 }, async () => {
    const [one, other] = await Promise.all([connect(uri), connect(uri)]);
    let writing = true;
    const write = async () => {
      for (let batch = 0; batch < 10; batch += 1) await bring(10);
      writing = false;
    };
    const count = async (rollups: RollupStore) => {
      while (writing) await rollups.refresh(7);
    };
    await Promise.all([write(), count(one), count(other)]);
    await Promise.all([drain(one), drain(other)]);
    await expectRight(one, 100);
  });

  it('counts nothing while everything is being forgotten, and goes on where that was cut off', async () => {
    const whole = openMongoRollupStore(database);
    await bring(4);
    await drain(whole);
    const dying = await openMongo(uri, database.name);
    dying.client.on('commandStarted', ({ command }) => {
      if (command.insert === 'fact_changes') void dying.client.close(true);
    });
    await expect(openMongoRollupStore(dying).noteAll(2)).rejects.toThrow();
    expect(await whole.readLayout()).toBe(0);
    await bring(4);
    expect(await whole.refresh(10)).toBe(0);
    await whole.noteAll(2);
    await drain(whole);
    await expectRight(whole, 8);
    expect(await whole.readLayout()).toBe(2);
  });

  it('forgets nothing that another one has counted since it took over', async () => {
    const whole = openMongoRollupStore(database);
    await bring(4);
    await drain(whole);
    const { db, slowed, goOn } = slowAt('item_facts', database.db);
    const slow = openMongoRollupStore({ ...database, db }).noteAll(2);
    await slowed;
    await whole.noteAll(2);
    await drain(whole);
    goOn();
    await slow;
    await drain(whole);
    await expectRight(whole, 4);
    expect(await whole.readLayout()).toBe(2);
  });
});

function openGate(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A database whose first page of a collection is read, and then waits. */
function slowAt(name: string, database: Db): { db: Db; slowed: Promise<void>; goOn(): void } {
  const [slowed, gate] = [openGate(), openGate()];
  const waiting = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, key) {
        const value: unknown = Reflect.get(of, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const found: unknown = Reflect.apply(value, of, args);
          if (key === 'find' || key === 'sort' || key === 'limit') return waiting(found as object);
          if (key !== 'toArray') return found;
          return (found as Promise<unknown>).finally(() => {
            slowed.resolve();
            return gate.promise;
          });
        };
      },
    });
  const db = new Proxy(database, {
    get(of, key) {
      const value: unknown = Reflect.get(of, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const made: unknown = Reflect.apply(value, of, args);
        return key === 'collection' && args[0] === name ? waiting(made as object) : made;
      };
    },
  });
  return { db, slowed: slowed.promise, goOn: gate.resolve };
}
