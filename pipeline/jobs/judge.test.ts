import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGathered, buildQueuedVerdict } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { describeWithRedis } from '../../test/harness/services.ts';
import { until } from '../../test/harness/until.ts';
import { MemoryQueue } from '../adapters/memory-queue.ts';
import { openBullQueue } from '../adapters/redis/bull-queue.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openPostStore } from '../adapters/sqlite/post-store.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import type { PostStore } from '../ports/post-store.ts';
import { buildJudgeHandler, judgeTopic } from './judge.ts';
import { sweepDue } from './sweep.ts';

const bad = 'main-site:article:7';
let db: SqliteDatabase;
let clock: FakeClock;
let posts: PostStore;
beforeEach(async () => {
  db = openDatabase(':memory:');
  clock = new FakeClock();
  posts = openPostStore(db, clock);
  const gathered = Array.from({ length: 200 }, (_, index) => buildGathered({ externalId: String(index) }));
  await posts.storePosts(
    gathered.map((post) => ({ post, snapshotHash: null })),
    clock.now(),
  );
});
afterEach(() => {
  db.close();
});

const answers = (inputs: readonly unknown[]) =>
  inputs.map(() => ({ verdict: buildQueuedVerdict(), tokens: [] }));

/** A store that cannot keep the verdict of one post. */
function poisoned(): PostStore {
  const storeJudgements: PostStore['storeJudgements'] = async (judgements, at) => {
    if (judgements.some(({ postId }) => postId === bad)) throw new Error('cannot be stored');
    return posts.storeJudgements(judgements, at);
  };
  return { ...posts, storeJudgements };
}

function sweptBatch(open: () => JobQueue): void {
  it('a post that cannot be stored holds none of those that were swept up with it', async () => {
    const queue = open();
    const ports = { stores: { posts: poisoned() }, clock, queue };
    const failed: number[] = [];
    const metrics = { judged: (batch: { failed: number }) => void failed.push(batch.failed) };
    queue.process(
      judgeTopic,
      { concurrency: 2 },
      buildJudgeHandler({ ...ports, judgeTexts: async (inputs) => answers(inputs) }, metrics),
    );
    expect(await sweepDue(ports)).toBe(200);
    await until('all others', async () => (await posts.countStates()).judged === 199);
    await until('an idle queue', async () => (await queue.counts(judgeTopic)).running === 0);
    expect(await posts.countStates()).toEqual({ pending: 0, judged: 199, failed: 1 });
    expect(failed).toEqual([1]);
    expect(await queue.listDead(judgeTopic)).toEqual([]);
    expect(await sweepDue(ports)).toBe(0);
    await queue.close();
  });
}

describe('judging over the queue in memory', () => sweptBatch(() => new MemoryQueue()));

describeWithRedis('judging over Bull', (redisUrl) => {
  const prefix = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  sweptBatch(() => openBullQueue({ redisUrl, prefix }));
});

it('goes carefully about a job under which processes have ended: no post is begun that is not put off', async () => {
  const begun: (string | undefined)[] = [];
  const handle = buildJudgeHandler({
    stores: { posts },
    clock,
    judgeTexts: async (inputs) => {
      begun.push(...(await Promise.all(ids.map(async (id) => (await posts.findPost(id))?.state))));
      return answers(inputs);
    },
  });
  const ids = ['main-site:article:1', 'main-site:article:2'];
  const { signal } = new AbortController();
  await handle({ key: 'k', topic: judgeTopic, ids: ['main-site:article:0'], interrupted: 2 }, signal);
  begun.length = 0;
  await handle({ key: 'k', topic: judgeTopic, ids, interrupted: 3 }, signal);
  expect(begun).toEqual(['failed', 'pending', 'judged', 'failed']);
  expect(await posts.countStates()).toMatchObject({ judged: 3, failed: 0 });
});
