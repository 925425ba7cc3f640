import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGathered } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openBaselineStore } from '../adapters/sqlite/baseline-store.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openPostStore } from '../adapters/sqlite/post-store.ts';
import { priorVersion } from '../domain/baseline.ts';
import type { BaselineStore } from '../ports/baseline-store.ts';
import type { PostStore } from '../ports/post-store.ts';
import { createJudge } from '../stages/judge.ts';
import { judgeText } from './current-judge.ts';
import { judgeBatch } from './judge-batch.ts';
import { measureBaselines, openBaselines } from './measure-baselines.ts';

let db: SqliteDatabase;
let clock: FakeClock;
let stores: { posts: PostStore; baselines: BaselineStore };
beforeEach(() => {
  db = openDatabase(':memory:');
  clock = new FakeClock('2026-11-22T04:00:00.000Z');
  stores = { posts: openPostStore(db, clock), baselines: openBaselineStore(db) };
});
afterEach(() => {
  db.close();
});

const judge = createJudge({ rules: [], settingsVersion: 1, models: null });

async function gather(channelId: string, likes: number, names: readonly string[]): Promise<void> {
  const publishedAt = '2026-11-22T03:00:00.000Z';
  const items = names.map((externalId) => ({
    post: buildGathered({ channelId, kind: 'comment', externalId, publishedAt, metrics: { likes } }),
    snapshotHash: null,
  }));
  await stores.posts.storePosts(items, clock.now());
}

const names = Array.from({ length: 60 }, (_, n) => `old${n}`);

async function judgeOne(id: string) {
  const readBaselines = openBaselines(stores.baselines);
  const judgeTexts = async (inputs: Parameters<typeof judgeText>[1][]) =>
    inputs.map((input) => judgeText(judge, input));
  await judgeBatch([id], {
    stores,
    clock,
    judgeTexts: (inputs) => judgeTexts([...inputs]),
    readBaselines,
  });
  const verdict = await stores.posts.findVerdict(id, 1);
  if (verdict === null) throw new Error('not judged');
  return verdict;
}

it('the same numbers weigh more where little happens than where much does', async () => {
  await gather('quiet', 1, names);
  await gather('lively', 800, names);
  expect(await measureBaselines({ stores, clock })).toBe(1);
  for (const channel of ['quiet', 'lively', 'new']) await gather(channel, 300, ['now']);
  const [quiet, lively, fresh] = await Promise.all(
    ['quiet', 'lively', 'new'].map((channel) => judgeOne(`${channel}:comment:now`)),
  );
  expect(quiet?.risk.parts.reach).toBeGreaterThan(fresh?.risk.parts.reach ?? 0);
  expect(fresh?.risk.parts.reach).toBeGreaterThan(lively?.risk.parts.reach ?? 0);
  expect(quiet?.risk.parts.speed).toBeGreaterThan(lively?.risk.parts.speed ?? 0);
  expect([quiet, lively, fresh].map((verdict) => verdict?.stamp.baseline)).toEqual([
    'week-1',
    'week-1',
    priorVersion,
  ]);
});

it('measures once a day, and forgets a channel that has been still for eight weeks', async () => {
  await gather('quiet', 1, names);
  expect(await measureBaselines({ stores, clock })).toBe(1);
  clock.advance(23 * 3_600_000);
  expect(await measureBaselines({ stores, clock })).toBeNull();
  clock.advance(3_600_000);
  expect(await measureBaselines({ stores, clock })).toBe(2);
  expect((await stores.baselines.read()).channels).toHaveLength(1);
  clock.advance(60 * 86_400_000);
  expect(await measureBaselines({ stores, clock })).toBe(3);
  expect((await stores.baselines.read()).channels).toEqual([]);
});

it('leaves off when the process is to end, and when somebody else was faster', async () => {
  await gather('quiet', 1, names);
  const stopped = AbortSignal.abort();
  expect(await measureBaselines({ stores, clock }, stopped)).toBeNull();
  expect((await stores.baselines.readVersion()).version).toBe(0);
  const both = [measureBaselines({ stores, clock }), measureBaselines({ stores, clock })];
  expect((await Promise.all(both)).sort()).toEqual([1, null]);
});

it('reads the set again only when there is another one', async () => {
  const read = openBaselines(stores.baselines);
  const before = await read();
  expect(await read()).toBe(before);
  await measureBaselines({ stores, clock });
  expect((await read()).version).toBe(1);
});
