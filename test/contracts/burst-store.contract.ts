import { expect, it } from 'vitest';
import type { Burst, BurstAnswer } from '../../pipeline/domain/burst.ts';
import type { Actor } from '../../pipeline/domain/case.ts';
import { Conflict, InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { laterBy } from '../../pipeline/domain/time.ts';
import type { BurstStore } from '../../pipeline/ports/burst-store.ts';
import type { Outbox } from '../../pipeline/ports/outbox.ts';
import { buildBurst } from '../builders/burst.ts';
import { buildGathered } from '../builders/post.ts';
import { type PostStoreFixture, usePosts } from './post-scene.ts';

export interface BurstStoreFixture extends PostStoreFixture {
  bursts: BurstStore;
  outbox: Outbox;
  listAudit(subject: string): Promise<string[]>;
}

const analyst: Actor = { id: 'analyst-1', roles: ['analyst'] };

export function burstStoreContract(open: () => Promise<BurstStoreFixture>): void {
  let bursts: BurstStore;
  let outbox: Outbox;
  let listAudit: BurstStoreFixture['listAudit'];
  const { fixture, now, store } = usePosts(async () => {
    const opened = await open();
    ({ bursts, outbox, listAudit } = opened);
    return opened;
  });
  const begin = (burst: Burst, tell = true) =>
    bursts.record({ burst, expectedVersion: null, tell, at: now() });
  const told = async () =>
    (await outbox.take(100, now(), laterBy(now(), 60_000))).map(
      ({ topic, subject }) => `${topic} ${subject}`,
    );
  const by = (channelIds: readonly string[] | 'all' = 'all') => ({ actor: analyst, at: now(), channelIds });
  const dismiss = (seenVersion = 1): BurstAnswer => ({
    ...{ is: 'dismiss', commandId: fixture().clock.newId(), seenVersion, reason: 'copies' },
  });
  const reopen = (seenVersion: number): BurstAnswer => ({
    ...{ is: 'reopen', commandId: fixture().clock.newId(), seenVersion },
  });

  it('keeps one that begins and tells it once, however often it is found', async () => {
    const burst = buildBurst({ topic: 'canteen' });
    expect(await Promise.all([begin(burst), begin(burst)])).toContain(true);
    expect(await begin({ ...burst, observed: 99 })).toBe(false);
    expect(await bursts.find(burst.id)).toEqual(burst);
    expect(await told()).toEqual([`burst.began ${burst.id}`]);
    expect(await bursts.find('none')).toBeNull();
  });

  it('tells nothing of one that is long over', async () => {
    await begin(buildBurst({ state: 'ended', late: true }), false);
    expect(await told()).toEqual([]);
  });

  it('changes one only as it was seen', async () => {
    const burst = buildBurst({});
    await begin(burst);
    const grown = { ...burst, version: 2, observed: 80, last: '2026-03-05T20' };
    const change = { burst: grown, expectedVersion: 1, tell: true, at: now() };
    expect(await bursts.record(change)).toBe(true);
    expect(await bursts.record(change)).toBe(false);
    expect(await bursts.find(burst.id)).toEqual(grown);
    expect(await told()).toHaveLength(1);
    expect(await bursts.record({ ...change, burst: { ...grown, id: 'none' } })).toBe(false);
  });

  it('a person dismisses with a reason, and takes it up again; both stand in the audit log', async () => {
    const burst = buildBurst({});
    await begin(burst);
    const command = dismiss();
    const dismissed = await bursts.answer(burst.id, command, by());
    expect(dismissed).toMatchObject({
      ...{ version: 2, state: 'dismissed' },
      dismissed: { reason: 'copies', by: 'analyst-1', at: now() },
    });
    expect(await bursts.answer(burst.id, command, by())).toEqual(dismissed);
    await expect(bursts.answer(burst.id, dismiss(1), by())).rejects.toBeInstanceOf(Conflict);
    await expect(bursts.answer(burst.id, dismiss(2), by())).rejects.toBeInstanceOf(InvalidInput);
    fixture().clock.advance(1000);
    const again = await bursts.answer(burst.id, reopen(2), by());
    expect(again).toMatchObject({ version: 3, state: 'ended', dismissed: null });
    await expect(bursts.answer(burst.id, reopen(3), by())).rejects.toBeInstanceOf(InvalidInput);
    expect(await bursts.find(burst.id)).toEqual(again);
    expect(await listAudit(burst.id)).toEqual(['burst.dismissed', 'burst.reopened']);
  });

  it('answers nothing for channels out of sight', async () => {
    const burst = buildBurst({});
    await begin(burst);
    await expect(bursts.answer(burst.id, dismiss(), by(['other']))).rejects.toBeInstanceOf(NotFound);
    await expect(bursts.answer('none', dismiss(), by())).rejects.toBeInstanceOf(NotFound);
    expect((await bursts.find(burst.id))?.state).toBe('open');
  });

  it('lists open ones first, the latest first in each state, page by page', async () => {
    const at = (from: string, more: Partial<Burst> = {}) => buildBurst({ from, last: from, ...more });
    const all = [
      at('2026-03-06T10'),
      at('2026-03-05T10', { topic: 'fees' }),
      at('2026-03-05T10', { topic: 'network' }),
      at('2026-03-09T10', { state: 'ended' }),
      at('2026-03-01T10', { state: 'ended', channelId: 'weibo' }),
      at('2026-03-10T10', { state: 'dismissed' }),
    ];
    for (const burst of [...all].reverse()) await begin(burst);
    for (const limit of [1, 2, 5, 100]) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<BurstStore['list']>> = await bursts.list({
          ...{ states: ['open', 'ended', 'dismissed'], channelIds: 'all', cursor, limit },
        });
        found.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(found).toEqual(all.map(({ id }) => id));
    }
    const some = await bursts.list({ states: ['ended'], channelIds: ['weibo'], cursor: null, limit: 10 });
    expect(some.items).toEqual([all[4]]);
  });

  it('finds what reaches into a time, and what has not ended', async () => {
    const span = (from: string, last: string, more: Partial<Burst> = {}) =>
      buildBurst({ from, last, ...more });
    const before = span('2026-03-01T00', '2026-03-01T09', { state: 'ended' });
    const over = span('2026-03-02T00', '2026-03-04T09', { state: 'ended' });
    const open = span('2026-03-01T10', '2026-03-01T12');
    const after = span('2026-03-06T00', '2026-03-06T02', { channelId: 'weibo' });
    for (const burst of [before, over, open, after]) await begin(burst);
    const ids = async (query: Parameters<BurstStore['listOver']>[0]) =>
      (await bursts.listOver(query)).map(({ id }) => id);
    expect(await ids({ fromHour: '2026-03-03T00', toHour: '2026-03-05T00' })).toEqual([open.id, over.id]);
    expect(await ids({ fromHour: '2026-03-03T00', toHour: '2026-03-07T00', channelId: 'weibo' })).toEqual([
      after.id,
    ]);
  });

  it('knows copies of a text by what they say, without saying it', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((externalId, index) =>
      buildGathered({ externalId, title: '', text: index < 2 ? '同一句话' : '另一句话 😀' }),
    );
    if (a === undefined || b === undefined || c === undefined) throw new Error('three posts');
    await store(a, b, c);
    const ids = ['a', 'b', 'c'].map((id) => `main-site:article:${id}`);
    const origins = await bursts.readOrigins([...ids, 'main-site:article:gone']);
    const contentOf = new Map(origins.map(({ postId, content }) => [postId, content]));
    expect([...contentOf.keys()].sort()).toEqual(ids);
    expect(contentOf.get(ids[0] ?? '')).toBe(contentOf.get(ids[1] ?? ''));
    expect(contentOf.get(ids[2] ?? '')).not.toBe(contentOf.get(ids[1] ?? ''));
    expect(JSON.stringify(origins)).not.toContain('一句话');
  });
}
