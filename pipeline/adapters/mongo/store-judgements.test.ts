import { beforeAll, beforeEach, expect, it } from 'vitest';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../../../test/builders/post.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { type MongoTestDatabase, useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Judgement, PostStore } from '../../ports/post-store.ts';
import { caseCollections } from './case-documents.ts';
import { openMongo } from './connection.ts';
import { postCollections } from './post-documents.ts';
import { openMongoPostStore } from './post-store.ts';

const batchSize = 20;
const rounds = 20;

describeWithMongo('storeJudgements on MongoDB, with others at work', (uri) => {
  const opened = useMongoTestDatabase(uri);
  let database: MongoTestDatabase;
  let clock: FakeClock;
  let one: PostStore;
  let other: PostStore;
  let at: ReturnType<typeof collectionsOf>;

  const collectionsOf = ({ db }: MongoTestDatabase) => ({ ...caseCollections(db), ...postCollections(db) });
  /** A connection of its own, as a second worker has. */
  beforeAll(async () => {
    database = opened();
    const connection = await openMongo(uri, database.name);
    clock = new FakeClock();
    one = openMongoPostStore(database, clock);
    other = openMongoPostStore(connection, clock);
    at = collectionsOf(database);
    return () => connection.client.close();
  });
  beforeEach(() => database.clear());

  const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index));
  const gather = (store: PostStore, externalIds: string[], text = '原文') =>
    store.storePosts(
      externalIds.map((externalId) => ({
        post: buildGathered({ externalId, kind: 'comment', title: '', text }),
        snapshotHash: null,
      })),
      clock.now(),
    );
  const judge = (store: PostStore, externalIds: string[], textVersion = 1, verdict?: Verdict) =>
    store.storeJudgements(
      externalIds.map(
        (externalId, index): Judgement => ({
          postId: `main-site:comment:${externalId}`,
          textVersion,
          verdict: verdict ?? (index % 2 === 0 ? buildQueuedVerdict() : buildVerdict()),
          tokens: ['自习', `词${externalId}`],
          caseId: clock.newId(),
        }),
      ),
      clock.now(),
    );

  /** What must fit together whatever happened: one verdict, index entry and case a judged text, and their facts. */
  async function countAll() {
    const [verdicts, index, cases, events, audit, outbox] = await Promise.all([
      at.verdicts.countDocuments(),
      at.index.countDocuments(),
      at.cases.countDocuments(),
      at.events.countDocuments(),
      at.audit.countDocuments(),
      at.outbox.countDocuments(),
    ]);
    return { verdicts, index, cases, events, audit, outbox };
  }

  it('judges once when two workers have the same batch', { timeout: 60_000 }, async () => {
    const half = batchSize / 2;
    for (let round = 0; round < rounds; round += 1) {
      await database.clear();
      await gather(one, ids(batchSize));
      const results = await Promise.all([judge(one, ids(batchSize)), judge(other, ids(batchSize).reverse())]);
      const openedIds = results.flat();
      const stored = (await at.cases.find().toArray()).map((each) => each._id);
      expect(openedIds.sort()).toEqual(stored.sort());
      expect(await countAll()).toEqual({
        verdicts: batchSize,
        index: batchSize,
        cases: half,
        events: half,
        audit: half,
        outbox: half,
      });
    }
  });

  it('judges each post once when batches overlap', { timeout: 60_000 }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await database.clear();
      await gather(one, ids(batchSize));
      const all = ids(batchSize);
      await Promise.all([
        judge(one, all.slice(0, 14)),
        judge(other, all.slice(6)),
        judge(one, all.slice(3, 17)),
      ]);
      const { verdicts, index, cases, outbox } = await countAll();
      expect({ verdicts, index }).toEqual({ verdicts: batchSize, index: batchSize });
      expect(outbox).toBe(cases);
      expect(await at.cases.distinct('postIds')).toHaveLength(cases);
    }
  });

  it('never loses an edit that comes in the middle', { timeout: 60_000 }, async () => {
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      await database.clear();
      await gather(one, ids(4));
      const [, outcomes] = await Promise.all([judge(one, ids(4)), gather(other, ids(2), '改过的正文')]);
      expect(outcomes).toEqual(['edited', 'edited']);
      const edited = await at.posts.find({ textVersion: 2 }).toArray();
      expect(edited.map((post) => post.state)).toEqual(['pending', 'pending']);
      expect(await one.listDue(clock.now(), 10)).toHaveLength(2);
      // Either the judgement came first, and stands for the first version, or it was dropped.
      seen.add(edited.map((post) => post.judgedVersion).join());
      expect(await at.verdicts.countDocuments()).toBe(
        2 + edited.filter((post) => post.judgedVersion === 1).length,
      );
      await judge(other, ids(4), 2, buildQueuedVerdict());
      expect(await at.posts.countDocuments({ state: 'judged' })).toBe(4);
      expect(await at.index.countDocuments()).toBe(4);
      expect(await at.cases.countDocuments({ postIds: 'main-site:comment:0' })).toBe(1);
    }
    expect([...seen].every((one) => one === ',' || one === '1,1')).toBe(true);
  });

  it('stores a post once when two crawlers bring it', { timeout: 60_000 }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await database.clear();
      const [a, b] = await Promise.all([
        gather(one, ids(batchSize)),
        gather(other, ids(batchSize).reverse()),
      ]);
      const created = [...a, ...b].filter((outcome) => outcome === 'created');
      expect(created).toHaveLength(batchSize);
      expect(await at.texts.countDocuments()).toBe(batchSize);
    }
  });

  it('takes the same few round trips for a small batch and for a large one', {
    timeout: 60_000,
  }, async () => {
    const commands: string[] = [];
    database.client.on('commandStarted', (event) => commands.push(event.commandName));
    const countDuring = async (work: () => Promise<unknown>) => {
      commands.length = 0;
      await work();
      return commands.length;
    };
    const measure = async (count: number) => {
      await database.clear();
      const storing = await countDuring(() => gather(one, ids(count)));
      const judging = await countDuring(() => judge(one, ids(count)));
      const editing = await countDuring(() => gather(one, ids(count), '改过的正文'));
      const again = await countDuring(() => judge(one, ids(count), 2));
      return { storing, judging, editing, again };
    };
    const small = await measure(4);
    expect(await measure(200)).toEqual(small);
    // The eleventh notes what the figures have to count, the twelfth asks whether the comments were answered already.
    expect(small.judging).toBeLessThanOrEqual(12);
  });
});
