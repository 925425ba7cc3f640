import { expect, it } from 'vitest';
import { type BaselineSet, buildBaselines, type PostFact } from '../../pipeline/domain/baseline.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { BaselineStore } from '../../pipeline/ports/baseline-store.ts';
import { buildGathered } from '../builders/post.ts';
import { type PostStoreFixture, usePosts } from './post-scene.ts';

export interface BaselineStoreFixture extends PostStoreFixture {
  baselines: BaselineStore;
}

const at = '2026-11-22T03:00:00.000Z';

export function baselineStoreContract(open: () => Promise<BaselineStoreFixture>): void {
  let baselines: BaselineStore;
  const { fixture, now, store } = usePosts(async () => {
    const opened = await open();
    baselines = opened.baselines;
    return opened;
  });
  const posted = (externalId: string, publishedAt: string, likes: number) =>
    buildGathered({ externalId, publishedAt, metrics: { likes } });
  const listAll = async (fromHour: string, limit: number) => {
    const facts: PostFact[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<BaselineStore['listFacts']>> = await baselines.listFacts({
        fromHour,
        cursor,
        limit,
      });
      facts.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return facts;
  };

  it('lists numbers alone, latest hour first, each post once, also where many share an hour', async () => {
    const day = (n: number) => `2026-11-${10 + n}T01:00:00.000Z`;
    await store(
      posted('old', '2026-11-05T01:00:00.000Z', 9),
      ...[1, 2, 3, 4, 5].map((n) => posted(`same${n}`, day(1), n)),
      posted('late', day(2), 7),
    );
    for (const limit of [1, 2, 3, 6, 100]) {
      const facts = await listAll('2026-11-10T00', limit);
      expect(facts.map(({ metrics }) => metrics.likes)).toEqual([7, 5, 4, 3, 2, 1]);
      expect(facts[0]).toEqual({
        channelId: 'main-site',
        kind: 'article',
        bucketHour: '2026-11-12T09',
        publishedAt: day(2),
        metricsAt: now(),
        metrics: { likes: 7 },
      });
    }
  });

  it('tells when numbers were read that have changed since', async () => {
    const first = now();
    await store(posted('a', at, 1), posted('b', at, 1));
    fixture().clock.advance(3_600_000);
    await store(posted('a', at, 1), posted('b', at, 5));
    const facts = await listAll('2026-01-01T00', 10);
    expect(facts.map(({ metrics, metricsAt }) => [metrics.likes, metricsAt])).toEqual([
      [5, now()],
      [1, first],
    ]);
  });

  it('has version 0 before anything was measured', async () => {
    expect(await baselines.read()).toEqual({ version: 0, builtAt: null, channels: [] });
    expect(await baselines.readVersion()).toEqual({ version: 0, builtAt: null });
  });

  it('keeps what was measured last, and nothing of before', async () => {
    await store(...[1, 2, 3].map((n) => posted(String(n), at, n)));
    const measured = buildBaselines(await listAll('2026-01-01T00', 10));
    const gone = measured.map((one) => ({ ...one, channelId: 'gone' }));
    expect(await baselines.save([...gone, ...measured], { expectedVersion: 0, at })).toBe(1);
    const later = '2026-11-23T03:00:00.000Z';
    expect(await baselines.save(measured, { expectedVersion: 1, at: later })).toBe(2);
    const expected: BaselineSet = { version: 2, builtAt: later, channels: measured };
    expect(await baselines.read()).toEqual(expected);
    expect(await baselines.readVersion()).toEqual({ version: 2, builtAt: later });
  });

  it('of two that measure at once, the later is told', async () => {
    const save = () => baselines.save([], { expectedVersion: 0, at });
    const results = await Promise.allSettled([save(), save()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [rejected] = results.filter((one) => one.status === 'rejected');
    expect(rejected?.reason).toBeInstanceOf(Conflict);
    await expect(baselines.save([], { expectedVersion: 7, at })).rejects.toBeInstanceOf(Conflict);
    expect((await baselines.readVersion()).version).toBe(1);
  });
}
