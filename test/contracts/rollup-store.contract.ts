import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DayCube } from '../../pipeline/domain/item-cube.ts';
import { rollupLayout } from '../../pipeline/domain/rollup.ts';
import { buildFinding } from '../builders/post.ts';
import { always, buildRollupBench, complaint, type RollupStoreFixture } from './rollup-bench.ts';

const at = (instant: string) => ({ publishedAt: instant, publishedPrecision: 'minute' as const });

/** Figures over items: what is counted, what moves it, and what can be asked. */
export function rollupStoreContract(open: () => Promise<RollupStoreFixture>): void {
  let opened: RollupStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const bench = buildRollupBench(() => opened);
  const { rollups, drain, gather, judge, readCells, countBy, listItems, readAll } = bench;

  /** Six comments and two of our own, over three days, in an order that is not that of the days. */
  async function gatherSome() {
    const hours = ['05T02', '06T15', '05T02', '07T01', '05T03', '05T02'];
    const ids: string[] = [];
    for (const [index, hour] of hours.entries()) {
      const id = await gather({ externalId: `c${index}`, ...at(`2026-11-${hour}:30:00.000Z`) });
      await judge(id, index % 2 === 0 ? complaint : {});
      ids.push(id);
    }
    const article = await gather({ externalId: 'a', kind: 'article', ...at('2026-11-06T01:00:00.000Z') });
    const status = await gather({
      ...{ externalId: 's', kind: 'status', channelId: 'weibo' },
      ...at('2026-11-07T01:00:00.000Z'),
    });
    return { comments: ids, article, status };
  }

  it('counts an item in its hour and its day, once it is asked to', async () => {
    const id = await gather({ externalId: '1', ...at('2026-11-05T16:30:00.000Z') });
    expect(await readCells()).toEqual([]);
    expect(await rollups().countWaiting(10)).toBeGreaterThan(0);
    await drain();
    expect(await rollups().countWaiting(10)).toBe(0);
    const waiting = {
      ...{ hour: '2026-11-06T00', channelId: 'main-site', kind: 'comment', accessClass: 'open' },
      ...{ unitId: null, categories: [], service: null, tone: 'unjudged', level: 'unjudged' },
    };
    expect(await readCells()).toEqual([{ ...waiting, count: 1 }]);
    expect(await listItems()).toEqual([{ ...waiting, postId: id }]);

    await judge(id, complaint);
    await drain();
    const judged = {
      ...{ ...waiting, unitId: 'logistics', service: { kind: 'complaint', topic: 'canteen' } },
      ...{ tone: 'negative', level: 'low' },
    };
    expect(await readCells()).toEqual([{ ...judged, count: 1 }]);
    expect(await listItems()).toEqual([{ ...judged, postId: id }]);
    const values = { channel: 'main-site', unit: 'logistics', topic: 'canteen', tone: 'negative' } as const;
    for (const [dimension, value] of Object.entries(values)) {
      expect(await countBy(dimension as keyof typeof values)).toEqual({ [value]: 1 });
    }
    expect(await countBy('category')).toEqual({});
    const hours = await rollups().readCubes({ ...always, plane: 'hours', hours: true });
    expect(hours).toMatchObject([{ day: '2026-11-06', speaker: 'public', accessClass: 'open' }]);
    const [{ cube }] = hours as [DayCube];
    expect([[...cube.counts], [...(cube.hours ?? [])]]).toEqual([[1], [1, 0, 1]]);
    const [daily] = await rollups().readCubes({ ...always, plane: 'hours', hours: false });
    expect(daily?.cube.hours).toBeNull();
    // What an answer was made of is nobody else's.
    cube.counts[0] = 9;
    expect(await countBy('channel')).toEqual({ 'main-site': 1 });
  });

  it('counts an item with two categories for both, and with its unit', async () => {
    const id = await gather({ externalId: '1' });
    const findings = [buildFinding({ category: 'fraud' }), buildFinding({ category: 'emergency' })];
    await judge(id, { ...complaint, findings });
    await drain();
    const [cell] = await readCells();
    expect(cell?.categories).toEqual(['emergency', 'fraud']);
    expect(await countBy('category')).toEqual({ fraud: 1, emergency: 1 });
    expect(await countBy('unit')).toEqual({ logistics: 1 });
    expect(await readCells({ categories: ['fraud'] })).toHaveLength(1);
    expect(await readCells({ categories: ['emergency', 'advert'] })).toHaveLength(1);
    expect(await readCells({ categories: ['advert'] })).toEqual([]);
  });

  it('never mixes what the school says with what is said to it', async () => {
    await gatherSome();
    await gather({ externalId: 'r', official: true, ...at('2026-11-06T03:00:00.000Z') });
    await drain();
    expect(await countBy('channel', { speaker: 'school' })).toEqual({ 'main-site': 2, weibo: 1 });
    expect(await countBy('channel', { speaker: 'public' })).toEqual({ 'main-site': 6 });
    expect((await listItems({ speaker: 'school' })).map(({ kind }) => kind).sort()).toEqual([
      'article',
      'reply',
      'status',
    ]);
    expect(await listItems({ speaker: 'public' })).toHaveLength(6);
    expect(await countBy('kind')).toEqual({ comment: 6, article: 1, status: 1, reply: 1 });
  });

  it('follows an edit: nothing is said of a text that nobody judged, and the day is that of the item', async () => {
    const post = { externalId: '1', ...at('2026-11-05T02:00:00.000Z') };
    const id = await gather(post);
    await judge(id, complaint);
    await drain();
    await gather({ ...post, text: '另一件事。', ...at('2026-11-04T02:00:00.000Z') });
    await drain();
    expect(await listItems()).toMatchObject([{ hour: '2026-11-04T10', tone: 'unjudged', unitId: null }]);
    expect(await countBy('topic')).toEqual({ '-': 1 });
    await judge(id, complaint, 1);
    await drain();
    expect(await listItems()).toMatchObject([{ tone: 'unjudged' }]);
    await judge(id, { ...complaint, sentiment: { label: 'positive', score: 0.5, confidence: 0.7 } }, 2);
    await drain();
    expect(await listItems()).toMatchObject([{ tone: 'positive', unitId: 'logistics' }]);
    expect(await readCells()).toHaveLength(1);
  });

  it('counts nothing twice, and nothing that could not be judged as neutral', async () => {
    const id = await gather({ externalId: '1' });
    await gather({ externalId: '1' });
    await opened.posts.markFailed({ postId: id, textVersion: 1, reason: 'no', retryAt: null });
    await drain();
    await judge(id, {});
    await judge(id, complaint);
    await drain();
    expect(await readCells()).toMatchObject([{ tone: 'neutral', count: 1 }]);
    expect(await countBy('channel')).toEqual({ 'main-site': 1 });
  });

  it('leaves out other classes before anything is counted', async () => {
    await gatherSome();
    const hidden = await gather({ externalId: 'h' });
    await judge(hidden, { accessClass: 'safety', queues: ['safety'] });
    await drain();
    const open = { accessClasses: ['open'] as const };
    expect(await countBy('channel', open)).toEqual({ 'main-site': 7, weibo: 1 });
    expect(await countBy('channel')).toEqual({ 'main-site': 8, weibo: 1 });
    expect((await readCells(open)).reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect(await listItems(open)).toHaveLength(8);
    expect(await readCells({ accessClasses: [] })).toEqual([]);
    expect(await listItems({ accessClasses: [] })).toEqual([]);
    expect(await rollups().findItems([hidden], ['open', 'victim'])).toEqual([]);
    expect(await rollups().findItems([hidden, 'nobody'], ['safety'])).toMatchObject([{ postId: hidden }]);
  });

  it('narrows cells and items alike, by each field and by several', async () => {
    await gatherSome();
    await drain();
    const asked = [
      { fromDay: '2026-11-06', toDay: '2026-11-06' },
      { fromDay: '2026-11-07' },
      { toDay: '2026-11-04' },
      { channelIds: ['weibo'] },
      { channelIds: ['weibo', 'main-site'] },
      { channelIds: [] },
      { kinds: ['article', 'status'] as const },
      { unitIds: ['logistics'] },
      { unitIds: [''] },
      { unitIds: ['', 'logistics'] },
      { tones: ['negative'] as const },
      { tones: ['neutral', 'unjudged'] as const },
      { levels: ['low'] as const },
      { serviceKinds: ['complaint', 'praise'] as const },
      { serviceKinds: ['praise'] as const },
      { topics: ['canteen'] as const },
      { topics: ['library'] as const },
      { hours: [10] },
      { hours: [9, 23] },
      { speaker: 'public' as const, unitIds: [''], hours: [9, 10, 23] },
      { speaker: 'school' as const, channelIds: ['main-site'] },
    ];
    const counted: number[] = [];
    for (const filter of asked) {
      const cells = await readCells(filter);
      const sum = cells.reduce((all, { count }) => all + count, 0);
      const listed = await listItems(filter);
      expect(listed.length, JSON.stringify(filter)).toBe(sum);
      counted.push(sum);
    }
    expect(counted).toEqual([2, 2, 0, 1, 8, 0, 2, 3, 5, 8, 3, 5, 6, 3, 0, 3, 0, 3, 4, 3, 1]);
  });

  it('lists the newest hour first, each item once, also where many share an hour', async () => {
    const { comments, article, status } = await gatherSome();
    await drain();
    const of = (n: number) => comments[n] ?? '';
    const expected = [of(3), status, of(1), article, of(4), ...[of(0), of(2), of(5)]];
    for (const limit of [1, 2, 3, 8, 50]) {
      expect((await listItems({}, limit)).map(({ postId }) => postId)).toEqual(expected);
    }
    const whole = await rollups().listItems({ ...always, cursor: null, limit: 8 });
    expect(whole.nextCursor).toBeNull();
  });

  it('does no harm when two count at once', async () => {
    await gatherSome();
    await Promise.all([rollups().refresh(4), rollups().refresh(4), rollups().refresh(100)]);
    await drain();
    const once = await readAll();
    expect(await countBy('channel')).toEqual({ 'main-site': 7, weibo: 1 });
    expect(once.cells.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect(await rollups().refresh(10)).toBe(0);
  });

  it('counts everything anew to the same figures, and keeps in which layout', async () => {
    const { comments } = await gatherSome();
    await drain();
    const before = await readAll();
    expect(await rollups().readLayout()).toBe(0);
    await rollups().noteAll(rollupLayout);
    expect(await rollups().readLayout()).toBe(rollupLayout);
    expect(await readCells()).toEqual([]);
    expect(await rollups().readCubes({ ...always, plane: 'hours', hours: false })).toEqual([]);
    expect(await rollups().countWaiting(3)).toBe(3);
    await rollups().refresh(2);
    await gather({ externalId: 'c0', text: '改过的话。', ...at('2026-11-05T02:30:00.000Z') });
    await rollups().refresh(1);
    await rollups().noteAll(rollupLayout + 1);
    await judge(comments[0] ?? '', complaint, 2);
    await drain();
    expect(await readAll()).toEqual(before);
    expect(await rollups().readLayout()).toBe(rollupLayout + 1);
  });
}
