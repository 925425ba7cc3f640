import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGathered, buildQueuedVerdict } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openPostStore } from '../adapters/sqlite/post-store.ts';
import { RetryLater } from '../domain/errors.ts';
import type { PostStore } from '../ports/post-store.ts';
import { type JudgeBatchPorts, judgeAllDue, judgeBatch, judgeCarefully } from './judge-batch.ts';

const count = 50;
const bad = 'main-site:article:7';
const ids = Array.from({ length: count }, (_, index) => `main-site:article:${index}`);

let db: SqliteDatabase;
let posts: PostStore;
let clock: FakeClock;
let stored: number;
beforeEach(async () => {
  db = openDatabase(':memory:');
  clock = new FakeClock();
  posts = openPostStore(db, clock);
  stored = 0;
  await posts.storePosts(
    ids.map((_, index) => ({ post: buildGathered({ externalId: String(index) }), snapshotHash: null })),
    clock.now(),
  );
});
afterEach(() => {
  db.close();
});

/** A store that cannot keep the verdict of the bad post. */
function portsWith(error: () => Error): JudgeBatchPorts {
  const storeJudgements: PostStore['storeJudgements'] = async (judgements, at) => {
    stored += 1;
    if (judgements.some(({ postId }) => postId === bad)) throw error();
    return posts.storeJudgements(judgements, at);
  };
  return {
    stores: { posts: { ...posts, storeJudgements } },
    clock,
    judgeTexts: async (inputs) => inputs.map(() => ({ verdict: buildQueuedVerdict(), tokens: [] })),
  };
}

async function expectOnlyTheBadOneFailed(): Promise<void> {
  expect(await posts.countStates()).toEqual({ pending: 0, judged: count - 1, failed: 1 });
  expect(await posts.findPost(bad)).toMatchObject({ state: 'failed' });
}

describe('a post whose verdict cannot be stored', () => {
  it('holds none of its neighbours, is kept with its reason and tried again later', async () => {
    const ports = portsWith(() => new Error('the segmenter made no sense of it'));
    expect(await judgeBatch(ids, ports)).toMatchObject({ judged: count - 1, failed: 1 });
    await expectOnlyTheBadOneFailed();
    expect(db.prepare('SELECT last_error FROM posts WHERE id = ?').pluck().get(bad)).toBe(
      'Error: the segmenter made no sense of it',
    );
    expect(await posts.listDue(clock.now(), 10)).toEqual([]);
    clock.advance(15 * 60_000);
    expect(await posts.listDue(clock.now(), 10)).toEqual([bad]);
    // Alone in its batch it is kept as well.
    expect(await judgeBatch([bad], ports)).toMatchObject({ judged: 0, failed: 1 });
  });

  it('quotes no text in its reason', async () => {
    await judgeBatch(
      ids,
      portsWith(() => new SyntaxError('Unexpected token CANARY')),
    );
    expect(db.prepare('SELECT last_error FROM posts WHERE id = ?').pluck().get(bad)).toBe('SyntaxError');
  });

  it('does not hold up those who judge everything that is due', async () => {
    const ports = portsWith(() => new Error('no'));
    expect(await judgeAllDue(ports, { batchSize: 20 })).toMatchObject({ judged: count - 1, failed: 1 });
    await expectOnlyTheBadOneFailed();
  });
});

it('a batch that the judge itself fails at is judged by halves too', async () => {
  const ports = portsWith(() => new Error('not asked'));
  const judge = ports.judgeTexts;
  const judgeTexts: typeof judge = async (inputs) => {
    if (inputs.length > 10) throw new Error('the judging thread has ended');
    return judge(inputs);
  };
  const good = ids.filter((id) => id !== bad);
  expect(await judgeBatch(good, { ...ports, judgeTexts })).toMatchObject({ judged: count - 1, failed: 0 });
});

it('a database that is away is nobody’s fault: nothing is split, nothing marked', async () => {
  const ports = portsWith(() => new RetryLater(1000, 'away'));
  await expect(judgeBatch(ids, ports)).rejects.toThrow(RetryLater);
  expect(stored).toBe(1);
  expect(await posts.countStates()).toEqual({ pending: count, judged: 0, failed: 0 });
});

describe('judging carefully', () => {
  it('has put off the post that it is at, and judges every other', async () => {
    const ports = portsWith(() => new Error('not asked'));
    const judge = ports.judgeTexts;
    // Like a process that ends in the middle: what was begun never comes back.
    let tell = () => {};
    const began = new Promise<void>((settle) => {
      tell = settle;
    });
    const ending: typeof judge = (inputs) => {
      if (inputs[0]?.stored.includes('CANARY') !== true) return judge(inputs);
      tell();
      return new Promise<never>(() => {});
    };
    const deadly = buildGathered({ externalId: '3', text: 'CANARY' });
    await posts.storePosts([{ post: deadly, snapshotHash: null }], clock.now());
    const good = ids.filter((id) => id !== bad);
    void judgeCarefully(good, { ...ports, judgeTexts: ending });
    await began;
    expect(await posts.findPost('main-site:article:3')).toMatchObject({ state: 'failed' });
    expect(await judgeCarefully(good, { ...ports, judgeTexts: ending })).toMatchObject({ failed: 0 });
    expect(await posts.countStates()).toEqual({ pending: 1, judged: count - 2, failed: 1 });
  });

  it('keeps what fails for a known reason with that reason, and leaves due what it could not try', async () => {
    await judgeCarefully(
      ids.slice(0, 10),
      portsWith(() => new Error('no')),
    );
    expect(await posts.countStates()).toEqual({ pending: count - 10, judged: 9, failed: 1 });
    clock.advance(15 * 60_000);
    const away = portsWith(() => new RetryLater(1000, 'away'));
    await expect(judgeCarefully([bad], away)).rejects.toThrow(RetryLater);
    expect(await posts.listDue(clock.now(), count)).toContain(bad);
  });
});
