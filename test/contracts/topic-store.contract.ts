import { expect, it } from 'vitest';
import { Conflict } from '../../pipeline/domain/errors.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import {
  emptyChange,
  type Topic,
  type TopicChange,
  type TopicEvent,
  type TopicMember,
} from '../../pipeline/domain/topic.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { RollupStore } from '../../pipeline/ports/rollup-store.ts';
import type { TopicStore } from '../../pipeline/ports/topic-store.ts';
import { buildGathered, buildVerdict } from '../builders/post.ts';
import { dayMs, type PostStoreFixture, usePosts } from './post-scene.ts';

export interface TopicStoreFixture extends PostStoreFixture {
  topics: TopicStore;
  rollups: RollupStore;
}

const at = '2026-11-20T17:30:00.000Z';
const buildTopic = (overrides: Partial<Topic> = {}): Topic => ({
  ...{ id: 't1', version: 1, name: '停水', namedBy: 'machine', state: 'active', isDismissed: false },
  ...{ mergedInto: null, apartFrom: [], splitFrom: null, isJoined: false, units: 3 },
  ...{ firstSeenAt: at, noticedAt: at, lastItemAt: at },
  phrases: [{ phrase: '停水', items: 3 }],
  ...overrides,
});
const buildMember = (postId: string, overrides: Partial<TopicMember> = {}): TopicMember => ({
  ...{ postId, topicId: 't1', at, channelId: 'main-site', speaker: 'public', rootId: null },
  ...{ unitId: postId, isPinned: false },
  ...overrides,
});
const buildEvent = (id: string, overrides: Partial<TopicEvent> = {}): TopicEvent => ({
  ...{ id, topicId: 't1', kind: 'noticed', at, actorId: null, reason: '', otherTopicId: null, items: 3 },
  ...overrides,
});
const change = (parts: Partial<TopicChange>): TopicChange => ({ ...emptyChange(), ...parts });

export function topicStoreContract(open: () => Promise<TopicStoreFixture>): void {
  let topics: TopicStore;
  let rollups: RollupStore;
  const { fixture, now, posts, store } = usePosts(async () => {
    const opened = await open();
    topics = opened.topics;
    rollups = opened.rollups;
    return opened;
  });
  const idOf = (externalId: string, kind = 'comment') => `main-site:${kind}:${externalId}`;
  const comment = (externalId: string, overrides: Partial<GatheredPost> = {}) =>
    buildGathered({ externalId, kind: 'comment', title: '', text: `停水 ${externalId}`, ...overrides });
  const judge = async (postId: string, verdict: Partial<Verdict> = {}) => {
    const judgement = { postId, textVersion: 1, verdict: buildVerdict(verdict), tokens: [] };
    await posts().storeJudgements([{ ...judgement, caseId: fixture().clock.newId() }], now());
  };
  const refresh = async () => {
    while ((await rollups.refresh(100)) > 0);
  };
  const write = (parts: Partial<TopicChange>, expectedVersion = 0) =>
    topics.write({ change: change(parts), expectedVersion });
  const page = { cursor: null, limit: 100 };

  it('asks to look at an item once its fact is counted, in the order of time, and no more when it was seen', async () => {
    await store(comment('late', { publishedAt: '2026-11-21T02:00:00.000Z' }), comment('early'));
    for (const id of ['late', 'early']) await judge(idOf(id));
    expect(await topics.listDue(10)).toEqual([]);
    await refresh();
    expect(await topics.listDue(10)).toEqual([idOf('early'), idOf('late')]);
    expect(await topics.listDue(1)).toEqual([idOf('early')]);
    await topics.write({ change: emptyChange(), expectedVersion: 0, seen: [idOf('early')] });
    expect(await topics.listDue(10)).toEqual([idOf('late')]);
    await topics.write({ change: emptyChange(), expectedVersion: 0, seen: [idOf('late')] });
    expect(await topics.listDue(10)).toEqual([]);
  });

  it('an item that becomes another class is due again', async () => {
    await store(comment('a'));
    await judge(idOf('a'));
    await refresh();
    await topics.write({ change: emptyChange(), expectedVersion: 0, seen: [idOf('a')] });
    await store(comment('a', { text: '另一段话' }));
    await judge(idOf('a'));
    await refresh();
    expect(await topics.listDue(10)).toEqual([idOf('a')]);
  });

  it('gives texts that topics may be made of, with what they stand under and answer', async () => {
    await store(
      buildGathered({ externalId: 'root', kind: 'status', title: '', text: '停水通知' }),
      comment('said', { rootId: 'root', parentId: 'root' }),
      comment('reply', { rootId: 'root', parentId: 'said' }),
      comment('ours', { official: true }),
      comment('noise'),
      comment('secret'),
      comment('waits'),
    );
    for (const id of ['said', 'reply', 'ours']) await judge(idOf(id));
    await judge(idOf('root', 'status'));
    await judge(idOf('noise'), { noise: true });
    await judge(idOf('secret'), { accessClass: 'safety' });
    const all = ['said', 'reply', 'ours', 'noise', 'secret', 'waits'].map((id) => idOf(id));
    const found = await topics.findTexts([...all, idOf('root', 'status')], now());
    const root = idOf('root', 'status');
    expect(found.toSorted((a, b) => (a.postId < b.postId ? -1 : 1))).toEqual([
      expect.objectContaining({ postId: idOf('reply'), rootId: root, parentId: idOf('said') }),
      expect.objectContaining({
        postId: idOf('said'),
        rootId: root,
        parentId: root,
        text: '停水 said',
        at: '2026-11-20T02:30:00.000Z',
      }),
      expect.objectContaining({ postId: root, kind: 'status', rootId: null, parentId: null }),
    ]);
    const expired = new Date(Date.parse(now()) + 91 * dayMs).toISOString();
    expect((await topics.findTexts(all, expired)).map(({ postId }) => postId)).toEqual([]);
  });

  it('scans texts of some hours and channels, latest first, each once however they are paged', async () => {
    const hour = (n: number) => `2026-11-20T0${n}:10:00.000Z`;
    for (const n of [1, 2, 3, 4, 5]) await store(comment(`c${n}`, { publishedAt: hour(Math.ceil(n / 2)) }));
    for (const n of [1, 2, 3, 4, 5]) await judge(idOf(`c${n}`));
    const scan = { fromHour: '2026-11-20T09', toHour: '2026-11-20T11', now: now() };
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const found: Awaited<ReturnType<TopicStore['scanTexts']>> = await topics.scanTexts(scan, {
        cursor,
        limit: 3,
      });
      seen.push(...found.items.map(({ postId }) => postId));
      cursor = found.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['c4', 'c3', 'c2', 'c1'].map((id) => idOf(id)));
    expect(
      (await topics.scanTexts({ ...scan, channelIds: ['other'] }, { cursor: null, limit: 3 })).items,
    ).toEqual([]);
  });

  it('writes all of a change or nothing, and of two at once one is told', async () => {
    const topic = buildTopic();
    const event = buildEvent('e1');
    expect(await write({ topics: [topic], members: [buildMember('p1')], events: [event] })).toBe(1);
    expect(await topics.readBoard()).toEqual({ version: 1, tidiedOn: '' });
    await expect(write({ topics: [buildTopic({ name: '别的' })] })).rejects.toBeInstanceOf(Conflict);
    const both = await Promise.allSettled([1, 2].map((n) => write({ events: [buildEvent(`twin${n}`)] }, 1)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await topics.findTopic('t1')).toEqual(topic);
    expect(await topics.findTopic('t2')).toBeNull();
    expect(await topics.listEvents('t1')).toHaveLength(2);
    await topics.write({ change: emptyChange(), expectedVersion: 2, tidiedOn: '2026-11-20' });
    expect(await topics.readBoard()).toEqual({ version: 2, tidiedOn: '2026-11-20' });
  });

  it('scans texts of a kind, and of a service topic once it is counted', async () => {
    await store(comment('soup'), comment('water'), buildGathered({ externalId: 'news' }));
    const service = { kind: 'complaint', topic: 'canteen', unitId: null } as const;
    await judge(idOf('soup'), { service: { ...service, confidence: 1 } });
    for (const id of [idOf('water'), idOf('news', 'article')]) await judge(id);
    const scan = { fromHour: '2000-01-01T00', now: now() };
    const ids = async (more: Partial<Parameters<TopicStore['scanTexts']>[0]>) =>
      (await topics.scanTexts({ ...scan, ...more }, { cursor: null, limit: 9 })).items
        .map(({ postId }) => postId)
        .sort();
    expect(await ids({ serviceTopic: 'canteen' })).toEqual([]);
    await refresh();
    expect(await ids({ serviceTopic: 'canteen' })).toEqual([idOf('soup')]);
    expect(await ids({ kinds: ['comment', 'lead'] })).toEqual([idOf('soup'), idOf('water')]);
    expect(await ids({ kinds: ['article'], serviceTopic: 'canteen' })).toEqual([]);
  });

  it('a post belongs to one topic at most, and bars stay', async () => {
    const other = buildTopic({ id: 't2', lastItemAt: '2026-11-01T00:00:00.000Z' });
    await write({ topics: [buildTopic(), other], members: [buildMember('p1'), buildMember('p2')] });
    const bar = { topicId: 't1', postId: 'p1' };
    await write(
      { members: [buildMember('p1', { topicId: 't2', isPinned: true })], removed: ['p2'], bars: [bar, bar] },
      1,
    );
    expect(await topics.findMembers({ postIds: ['p1', 'p2'] })).toEqual([
      buildMember('p1', { topicId: 't2', isPinned: true }),
    ]);
    expect(await topics.findMembers({ topicIds: ['t1', 't2'], from: at })).toHaveLength(1);
    expect(await topics.listBars(['t1', 't2'])).toEqual([bar]);
    await write({ lifted: [bar, { topicId: 't2', postId: 'p2' }] }, 2);
    expect(await topics.listBars(['t1', 't2'])).toEqual([]);
    expect(
      (await topics.listTopics({ lastItemFrom: '2026-11-10T00:00:00.000Z' })).map(({ id }) => id),
    ).toEqual(['t1']);
  });

  it('lists and counts only what is open now, near copies once, by the day in Shanghai', async () => {
    const ids = ['a', 'b', 'c', 'closed'];
    await store(...ids.map((id) => comment(id)));
    for (const id of ids) await judge(idOf(id), id === 'closed' ? { accessClass: 'victim' } : {});
    const later = '2026-11-21T01:00:00.000Z';
    await write({
      topics: [buildTopic()],
      members: [
        buildMember(idOf('a')),
        buildMember(idOf('b'), { unitId: idOf('a') }),
        buildMember(idOf('c'), { at: later }),
        buildMember(idOf('closed')),
      ],
    });
    expect((await topics.listMembers('t1', page)).items.map(({ postId }) => postId)).toEqual([
      idOf('c'),
      idOf('b'),
      idOf('a'),
    ]);
    const counted = { topicId: 't1', day: '2026-11-21', channelId: 'main-site', items: 3, units: 2 };
    expect(await topics.countMembers({ topicIds: ['t1'], from: '2026-11-01T00:00:00.000Z' })).toEqual([
      counted,
    ]);
    const since = await topics.countMembers({ topicIds: ['t1'], from: later });
    expect(since).toEqual([{ ...counted, items: 1, units: 1 }]);
  });

  it('erases old topics with all that hangs on them', async () => {
    await write({
      topics: [buildTopic(), buildTopic({ id: 't2', lastItemAt: '2027-01-01T00:00:00.000Z' })],
      members: [buildMember('p1'), buildMember('p2', { topicId: 't2' })],
      bars: [{ topicId: 't1', postId: 'p9' }],
      events: [buildEvent('e1')],
    });
    expect(await topics.purge('2026-12-01T00:00:00.000Z', 10)).toBe(1);
    expect(await topics.purge('2026-12-01T00:00:00.000Z', 10)).toBe(0);
    expect(await topics.findTopic('t1')).toBeNull();
    expect(await topics.findMembers({ postIds: ['p1', 'p2'] })).toHaveLength(1);
    expect(await topics.listBars(['t1'])).toEqual([]);
    expect(await topics.listEvents('t1')).toEqual([]);
  });

  it('keeps one set of phrases, the newest, and tells who came late', async () => {
    expect(await topics.readPhrases()).toEqual({ version: 0, builtAt: null, items: 0, phrases: new Map() });
    const many = new Map(Array.from({ length: 9001 }, (_, n) => [`词${n}`, n + 5] as const));
    expect(
      await topics.savePhrases({ items: 10, phrases: new Map([['旧', 5]]) }, { expectedVersion: 0, at }),
    ).toBe(1);
    expect(await topics.savePhrases({ items: 20, phrases: many }, { expectedVersion: 1, at })).toBe(2);
    await expect(
      topics.savePhrases({ items: 1, phrases: many }, { expectedVersion: 1, at }),
    ).rejects.toBeInstanceOf(Conflict);
    const read = await topics.readPhrases();
    expect(read).toMatchObject({ version: 2, builtAt: at, items: 20 });
    expect(new Map([...read.phrases].sort())).toEqual(new Map([...many].sort()));
    expect(await topics.readPhraseVersion()).toMatchObject({ version: 2, builtAt: at });
  });
}
