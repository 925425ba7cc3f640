import { beforeAll, beforeEach, expect, it } from 'vitest';
import { buildGathered, buildVerdict } from '../../../test/builders/post.ts';
import { purgeOnce } from '../../../test/contracts/retention-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { type MongoTestDatabase, useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { findInDocuments } from '../../../test/harness/raw-documents.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import type { PostStore } from '../../ports/post-store.ts';
import { openMongo } from './connection.ts';
import { postCollections } from './post-documents.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';

const batchSize = 40;
const rounds = 10;
const dayMs = 86_400_000;

describeWithMongo('fresh index entries on MongoDB', (uri) => {
  const opened = useMongoTestDatabase(uri);
  let database: MongoTestDatabase;
  let clock: FakeClock;
  let one: PostStore;
  let other: PostStore;
  let index: ReturnType<typeof postCollections>['index'];

  /** A connection of its own, as a second worker has. */
  beforeAll(async () => {
    database = opened();
    const connection = await openMongo(uri, database.name);
    other = openMongoPostStore(connection, new FakeClock());
    index = postCollections(database.db).index;
    return () => connection.client.close();
  });
  beforeEach(async () => {
    await database.clear();
    clock = new FakeClock();
    one = openMongoPostStore(database, clock);
  });

  const ids = Array.from({ length: batchSize }, (_, position) => String(position));
  const gather = (text: string) =>
    one.storePosts(
      ids.map((externalId) => ({
        post: buildGathered({ externalId, kind: 'comment', title: '', text }),
        snapshotHash: null,
      })),
      clock.now(),
    );
  const judge = (textVersion: number, word: string) =>
    one.storeJudgements(
      ids.map((externalId) => ({
        postId: `main-site:comment:${externalId}`,
        textVersion,
        verdict: buildVerdict(),
        tokens: ['自习', word],
        caseId: clock.newId(),
      })),
      clock.now(),
    );
  const mergeAll = async (store: PostStore) => {
    let merged = 0;
    for (let more = await store.mergeIndex(7); more > 0; more = await store.mergeIndex(7)) merged += more;
    return merged;
  };

  it('are written outside the index of words, and each is merged once by two at once', async () => {
    await gather('原文');
    await judge(1, '图书馆');
    expect(await index.countDocuments({ tokens: [], fresh: ['自习', '图书馆'] })).toBe(batchSize);
    const both = await Promise.all([mergeAll(one), mergeAll(other)]);
    expect(both[0] + both[1] + (await mergeAll(one))).toBe(batchSize);
    const merged = { tokens: ['自习', '图书馆'], fresh: null, freshAt: null };
    expect(await index.countDocuments(merged)).toBe(batchSize);
  });

  it('keep the words of the newest text when it is judged while they are merged', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await database.clear();
      await gather('原文');
      await judge(1, '旧词');
      await gather('改过的正文');
      await Promise.all([judge(2, '新词'), mergeAll(other)]);
      const found = { accessClasses: ['open'] as const, now: clock.now(), cursor: null, limit: 100 };
      expect((await one.search({ ...found, words: ['旧词'] })).items).toEqual([]);
      expect((await one.search({ ...found, words: ['新词', '自习'] })).items).toHaveLength(batchSize);
      await mergeAll(other);
      expect(await index.countDocuments({ tokens: ['自习', '新词'], freshAt: null })).toBe(batchSize);
    }
  }, 60_000);

  it('leave nothing behind when they are erased while they are merged', async () => {
    for (let round = 0; round < rounds; round += 1) {
      await database.clear();
      await gather('原文');
      await judge(1, '藏词');
      const after = new Date(Date.parse(clock.now()) + 90 * dayMs).toISOString();
      const retention = openMongoRetentionStore(database);
      await Promise.all([purgeOnce(retention, after), mergeAll(other)]);
      expect(await findInDocuments(database, '藏词')).toEqual([]);
    }
  }, 60_000);
});
