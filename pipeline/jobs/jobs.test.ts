import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGathered, buildQueuedVerdict } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { until } from '../../test/harness/until.ts';
import { MemoryQueue } from '../adapters/memory-queue.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openOutbox } from '../adapters/sqlite/outbox.ts';
import { openPostStore } from '../adapters/sqlite/post-store.ts';
import type { PostStore } from '../ports/post-store.ts';
import { relayOutbox } from './relay-outbox.ts';
import { startRepeating } from './repeat.ts';
import { sweepDue } from './sweep.ts';

describe('the sweeper', () => {
  let db: SqliteDatabase;
  let posts: PostStore;
  const clock = new FakeClock();
  beforeEach(() => {
    db = openDatabase(':memory:');
    posts = openPostStore(db, clock);
  });
  afterEach(() => {
    db.close();
  });

  it('fills a queue that has lost everything from the store, in batches, without doubling what waits', async () => {
    const items = Array.from({ length: 250 }, (_, index) => buildGathered({ externalId: String(index) }));
    await posts.storePosts(
      items.map((post) => ({ post, snapshotHash: null })),
      clock.now(),
    );
    const lost = new MemoryQueue();
    const queue = new MemoryQueue();
    for (const one of [lost, queue, queue])
      expect(await sweepDue({ stores: { posts }, queue: one, clock })).toBe(250);
    expect((await queue.counts('judge')).waiting).toBe(2);
    const seen: string[] = [];
    queue.process('judge', { concurrency: 1 }, async (job) => {
      seen.push(...job.ids);
    });
    await until('all jobs', () => seen.length >= 250);
    expect(new Set(seen).size).toBe(250);
    await Promise.all([lost.close(), queue.close()]);
  });
});

describe('many sweepers', () => {
  it('do not pile up jobs while the workers have enough to do', async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    const posts = openPostStore(db, clock);
    const post = buildGathered({ externalId: '1' });
    await posts.storePosts([{ post, snapshotHash: null }], clock.now());
    const queue = new MemoryQueue();
    const ports = { stores: { posts }, queue, clock };
    for (let job = 0; job < 20; job += 1)
      await queue.enqueue({ key: `crawl:${job}`, topic: 'judge', ids: ['?'] });
    expect(await sweepDue(ports)).toBe(0);
    expect((await queue.counts('judge')).waiting).toBe(20);
    await queue.close();
    db.close();
  });
});

describe('the outbox relay', () => {
  it('delivers what a decision wrote, and again what could not be delivered', async () => {
    const db = openDatabase(':memory:');
    const clock = new FakeClock();
    const posts = openPostStore(db, clock);
    const stores = { outbox: openOutbox(db) };
    await posts.storePosts([{ post: buildGathered({ externalId: '1' }), snapshotHash: null }], clock.now());
    const judgement = {
      postId: 'main-site:article:1',
      textVersion: 1,
      verdict: buildQueuedVerdict(),
      tokens: [],
    };
    await posts.storeJudgements([{ ...judgement, caseId: clock.newId() }], clock.now());
    const told: string[] = [];
    const refuse = () => Promise.reject(new Error('nobody there'));
    await expect(relayOutbox({ stores, clock }, refuse)).rejects.toThrow('nobody there');
    const deliver = (entry: { topic: string }) => void told.push(entry.topic);
    expect(await relayOutbox({ stores, clock }, deliver)).toBe(0);
    clock.advance(60_000);
    expect(await relayOutbox({ stores, clock }, deliver)).toBe(1);
    clock.advance(60_000);
    expect(await relayOutbox({ stores, clock }, deliver)).toBe(0);
    expect(told).toEqual(['case.opened']);
    db.close();
  });
});

describe('the outbox relay with much to tell', () => {
  let db: SqliteDatabase;
  const clock = new FakeClock();
  beforeEach(async () => {
    db = openDatabase(':memory:');
    const posts = openPostStore(db, clock);
    const names = Array.from({ length: 250 }, (_, index) => String(index));
    await posts.storePosts(
      names.map((externalId) => ({ post: buildGathered({ externalId }), snapshotHash: null })),
      clock.now(),
    );
    const judgements = names.map((name) => ({
      postId: `main-site:article:${name}`,
      textVersion: 1,
      verdict: buildQueuedVerdict(),
      tokens: [],
      caseId: clock.newId(),
    }));
    await posts.storeJudgements(judgements, clock.now());
  });
  afterEach(() => {
    db.close();
  });
  const countingMarks = () => {
    const outbox = openOutbox(db);
    const marks: number[] = [];
    const markDelivered = (ids: readonly string[]) => {
      marks.push(ids.length);
      return outbox.markDelivered(ids);
    };
    return { marks, stores: { outbox: { ...outbox, markDelivered } } };
  };

  it('empties the outbox in one run, with one mark a batch', async () => {
    const { marks, stores } = countingMarks();
    const told = new Set<string>();
    expect(await relayOutbox({ stores, clock }, ({ subject }) => void told.add(subject))).toBe(250);
    expect(told.size).toBe(250);
    expect(marks).toEqual([100, 100, 50]);
    expect(await stores.outbox.countWaiting()).toBe(0);
  });

  it('marks what was delivered before one could not be, and no more', async () => {
    const { marks, stores } = countingMarks();
    let told = 0;
    const deliver = () => {
      told += 1;
      if (told > 130) throw new Error('nobody there');
    };
    await expect(relayOutbox({ stores, clock }, deliver)).rejects.toThrow('nobody there');
    expect(marks).toEqual([100, 30]);
    expect(await stores.outbox.countWaiting()).toBe(120);
  });

  it('stops after its batch when told to', async () => {
    const { stores } = countingMarks();
    const stop = new AbortController();
    expect(await relayOutbox({ stores, clock }, () => stop.abort(), stop.signal)).toBe(100);
    expect(await stores.outbox.countWaiting()).toBe(150);
  });
});

describe('a repeating task', () => {
  it('goes on after a failure and waits for its run when stopped', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    const task = startRepeating(
      'test',
      1,
      async () => {
        runs += 1;
        if (runs === 1) throw new Error('the first fails');
      },
      (_name, error) => errors.push(error),
    );
    await until('a second run', () => runs >= 2);
    await task.stop();
    const stoppedAt = runs;
    await new Promise((settle) => setTimeout(settle, 10));
    expect(runs).toBe(stoppedAt);
    expect(errors).toHaveLength(1);
  });
});
