import { expect, it } from 'vitest';
import type { PhraseBackground } from './key-phrase.ts';
import type { Topic, TopicMember } from './topic.ts';
import { beginOf, findSplit, type LivingItem } from './topic-split.ts';

const background: PhraseBackground = {
  ...{ version: 1, builtAt: null, items: 2000, phrases: new Map([['食堂', 200]]) },
};
const now = '2026-11-24T00:00:00.000Z';
const hour = (n: number) => new Date(Date.parse('2026-11-20T00:00:00.000Z') + n * 3_600_000).toISOString();
const say = (postId: string, at: number, phrases: string[], more: Partial<TopicMember> = {}): LivingItem => ({
  member: {
    ...{ postId, topicId: 't1', at: hour(at), channelId: 'weibo', speaker: 'public', rootId: null },
    ...{ unitId: postId, isPinned: false, ...more },
  },
  phrases,
});
const water = [0, 10, 20, 30].map((at) => say(`w${at}`, at, ['停水', '七号楼']));
const fees = [5, 20, 35].map((at) => say(`f${at}`, at, ['热水费', '涨价']));
const ids = (items: readonly LivingItem[] | null) => items?.map(({ member }) => member.postId) ?? null;
const split = (items: readonly LivingItem[]) => ids(findSplit(items, { now, background }));

it('what has nothing in common with the rest is another matter: the smaller part goes, in whatever order it is read', () => {
  expect(split([...water, ...fees])).toEqual(['f5', 'f20', 'f35']);
  expect(split([...fees, ...water].reverse())).toEqual(['f5', 'f20', 'f35']);
});

it('of two parts alike the older keeps the topic', () => {
  const same = [0, 10, 25].map((at) => say(`w${at}`, at, ['停水', '七号楼']));
  expect(split([...fees, ...same])).toEqual(['f5', 'f20', 'f35']);
});

it('one phrase or one article in common holds them together; what everybody says anyway does not', () => {
  const both = [1, 2, 3].map((n) => say(`b${n}`, 12 + n, ['停水', '涨价']));
  expect(split([...water, ...fees, ...both])).toBeNull();
  const under = (items: readonly LivingItem[]) =>
    items.map((one) => ({ ...one, member: { ...one.member, rootId: 'article' } }));
  expect(split(under([...water, ...fees]))).toBeNull();
  const usual = [...water, ...fees].map((one) => ({ ...one, phrases: [...one.phrases, '食堂'] }));
  expect(split(usual)).toEqual(['f5', 'f20', 'f35']);
});

it('three different items over a day are needed: near copies are one, and an afternoon is too short', () => {
  const copies = fees.map((one) => ({ ...one, member: { ...one.member, unitId: 'f5' } }));
  expect(split([...water, ...copies])).toBeNull();
  const afternoon = [20, 21, 22, 23].map((at) => say(`f${at}`, at, ['热水费', '涨价']));
  expect(split([...water, ...afternoon])).toBeNull();
});

it('nothing is parted that a person put there, nor what was said long ago', () => {
  const pinned = fees.map((one) => ({ ...one, member: { ...one.member, isPinned: true } }));
  expect(split([...water, ...pinned])).toBeNull();
  const early = [5, 20, 35].map((at) => say(`e${at}`, at - 240, ['热水费', '涨价']));
  expect(split([...water, ...early])).toBeNull();
});

it('what was said before goes with what it was said like, and what begins has its own words and the old bars', () => {
  const earlier = say('old', -240, ['涨价', '洗澡']);
  const part = findSplit([...water, ...fees, earlier], { now, background });
  // With the one of before it is as large, and older.
  expect(ids(part)).toEqual(['w0', 'w10', 'w20', 'w30']);
  const old: Topic = {
    ...{ id: 't1', version: 3, name: '热水费', namedBy: 'machine', state: 'active', isDismissed: false },
    ...{ mergedInto: null, apartFrom: ['t9'], splitFrom: null, isJoined: false, units: 8, phrases: [] },
    ...{ firstSeenAt: hour(-240), noticedAt: hour(1), lastItemAt: hour(35) },
  };
  const { begun, change } = beginOf(old, part ?? [], { id: 't2', at: now, bars: ['x'], background });
  expect(begun).toMatchObject({ splitFrom: 't1', apartFrom: ['t9'], units: 4, firstSeenAt: hour(0) });
  expect(begun.phrases.map(({ phrase }) => phrase).sort()).toEqual(['七号楼', '停水']);
  expect(begun.name).toContain('停水');
  expect(change.bars).toEqual([{ topicId: 't2', postId: 'x' }]);
  expect(new Set(change.members.map(({ topicId }) => topicId))).toEqual(new Set(['t2']));
});
