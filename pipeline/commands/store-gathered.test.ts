import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGathered } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { MemoryQueue } from '../adapters/memory-queue.ts';
import { openStores } from '../adapters/open-stores.ts';
import { Governance } from '../domain/channel.ts';
import { InvalidInput, NotPermitted, RetryLater } from '../domain/errors.ts';
import type { Stores } from '../ports/index.ts';
import { assertCommentsAllowed, storeGathered } from './store-gathered.ts';

const complete = Governance.parse({
  school: '沧澜师范学院',
  controller: '党委宣传部',
  independentReviewer: '纪检监察室',
  noticeUrl: 'https://www.canglan.example/notice.htm',
  impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
});

describe('assertCommentsAllowed', () => {
  it.each(['2026-01-10', '2026-12-31'])('passes on %s, the days of the assessment included', (today) => {
    expect(() => assertCommentsAllowed(complete, today)).not.toThrow();
  });
  it.each([
    [null, '2026-05-01', /impact assessment, a named controller, a named independent reviewer, the address/],
    [complete, '2027-01-01', /unexpired impact assessment \(it expired on 2026-12-31\)/],
    [complete, '2026-01-09', /signed already/],
    [{ ...complete, impactAssessment: null }, '2026-05-01', /missing an impact assessment/],
    [{ ...complete, controller: null }, '2026-05-01', /missing a named controller \(/],
    [{ ...complete, independentReviewer: null }, '2026-05-01', /missing a named independent reviewer/],
    [{ ...complete, noticeUrl: null }, '2026-05-01', /missing the address of the public notice/],
  ])('says what is missing (%#)', (governance, today, why) => {
    expect(() => assertCommentsAllowed(governance, today)).toThrow(why);
    expect(() => assertCommentsAllowed(governance, today)).toThrow(NotPermitted);
  });
});

describe('storeGathered', () => {
  let folder: string;
  let stores: Stores;
  let queue: MemoryQueue;
  const clock = new FakeClock('2026-12-30T04:00:00.000Z');
  const item = (externalId: string, change: object = {}) => ({
    post: buildGathered({ externalId, ...change }),
    snapshotHash: null,
  });
  const store = (...items: Parameters<typeof storeGathered>[1]) =>
    storeGathered({ stores, queue, clock }, items);
  const waiting = async () => (await queue.counts('judge')).waiting;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-gathered-'));
    stores = openStores(folder, clock);
    queue = new MemoryQueue();
  });
  afterEach(async () => {
    await queue.close();
    await stores.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('stores, wakes the judge for what changed, and repeats harmlessly', async () => {
    expect(await store(item('1'), item('2'))).toEqual(['created', 'created']);
    expect(await waiting()).toBe(1);
    expect(await store(item('1'), item('2'))).toEqual(['unchanged', 'unchanged']);
    expect(await store(item('1', { text: '改为周三开放。' }))).toEqual(['edited']);
    expect(await waiting()).toBe(2);
  });

  it('goes on while the queue is away: what it cannot be told, the sweeper finds', async () => {
    const away = { ...queue, enqueue: () => Promise.reject(new RetryLater(1000, 'Redis does not answer')) };
    const ports = { stores, clock, queue: away as unknown as MemoryQueue };
    expect(await storeGathered(ports, [item('1')])).toEqual(['created']);
    expect(await stores.posts.listDue(clock.now(), 10)).toEqual(['main-site:article:1']);
    const broken = { ...away, enqueue: () => Promise.reject(new Error('a mistake')) };
    await expect(
      storeGathered({ ...ports, queue: broken as unknown as MemoryQueue }, [item('2')]),
    ).rejects.toThrow('a mistake');
  });

  it('takes more than one batch', async () => {
    const outcomes = await store(...Array.from({ length: 230 }, (_, i) => item(String(i))));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(230);
    expect(await waiting()).toBe(2);
  });

  it('refuses a malformed item by field, writing nothing and quoting nothing', async () => {
    const bad = [item('1'), item('2', { publishedAt: 'CANARY yesterday' })];
    const refused = await store(...bad).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInput);
    expect(refused).toMatchObject({
      field: '1.post.publishedAt',
      message: expect.not.stringContaining('CANARY'),
    });
    expect(await stores.posts.listDue(clock.now(), 10)).toEqual([]);
  });

  it('refuses an author of any name', async () => {
    await expect(store(item('1', { author: 'CANARY' }))).rejects.toThrow(InvalidInput);
  });

  it('keeps half a surrogate pair from being stored, and every offset in its place', async () => {
    await store(item('1', { text: '好\ud83d的😀' }));
    const text = await stores.posts.findText('main-site:article:1', { accessClasses: ['open'] });
    expect(text?.text).toBe('好\ufffd的😀');
    expect(await store(item('1', { text: '好\ud83d的😀' }))).toEqual(['unchanged']);
  });

  it('takes comments only while governance holds; own articles always', async () => {
    const comment = item('9', { kind: 'comment' });
    await expect(store(item('1'), comment)).rejects.toThrow(/comments are not gathered/);
    expect(await stores.posts.listDue(clock.now(), 10)).toEqual([]);
    expect(await store(item('1'))).toEqual(['created']);
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
    await stores.settings.save('governance', complete, change);
    expect(await store(comment)).toEqual(['created']);
    clock.advance(2 * 86_400_000);
    await expect(store(comment)).rejects.toThrow(/expired on 2026-12-31/);
    clock.advance(-2 * 86_400_000);
  });
});
