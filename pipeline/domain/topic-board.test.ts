import { describe, expect, it } from 'vitest';
import { noBackground, type PhraseBackground } from './key-phrase.ts';
import type { Topic } from './topic.ts';
import { type BoardStart, TopicBoard } from './topic-board.ts';
import { compareItems, type TopicItem } from './topic-evidence.ts';
import { TopicProfile } from './topic-profile.ts';

const background: PhraseBackground = {
  ...{ version: 1, builtAt: null, items: 2000 },
  phrases: new Map([
    ['食堂', 200],
    ['宿舍', 180],
  ]),
};
const hour = (n: number) => new Date(Date.parse('2026-11-20T00:00:00.000Z') + n * 3_600_000).toISOString();
const say = (
  postId: string,
  at: number,
  phrases: string[],
  overrides: Partial<TopicItem> = {},
): TopicItem => ({
  ...{ postId, at: hour(at), channelId: 'weibo', speaker: 'public', rootId: null, parentId: null },
  ...{ phrases, copies: null },
  ...overrides,
});
const water = (n: number) => say(`w${n}`, n, ['停水', '七号楼', `别的${n}`]);

function openBoard(start: Partial<BoardStart> = {}, usual = background) {
  let ids = 0;
  const newId = () => `id${++ids}`.padEnd(4, '_');
  return new TopicBoard({ topics: [], members: [], bars: [], items: [], ...start }, usual, newId);
}

function placeAll(board: TopicBoard, items: readonly TopicItem[]) {
  for (const item of [...items].sort(compareItems)) board.place(item);
  return board.takeChange();
}

it('three different items of one rare matter make a topic with a name of what all three say', () => {
  const board = openBoard();
  expect(placeAll(board, [water(1), water(2)]).topics).toEqual([]);
  const { topics, members, events } = placeAll(board, [water(3)]);
  expect(topics).toMatchObject([{ state: 'active', units: 3, firstSeenAt: hour(1), noticedAt: hour(3) }]);
  expect(topics[0]?.name).toContain('停水');
  expect(topics[0]?.phrases.map(({ phrase }) => phrase).sort()).toEqual(['七号楼', '停水']);
  expect(members.map(({ postId }) => postId).sort()).toEqual(['w1', 'w2', 'w3']);
  expect(events).toMatchObject([{ kind: 'noticed', actorId: null, items: 3 }]);
});

it('what is common at the school makes none, however many say it', () => {
  const usual = Array.from({ length: 12 }, (_, n) => say(`c${n}`, n, ['食堂', '宿舍', `别的${n}`]));
  expect(placeAll(openBoard(), usual).topics).toEqual([]);
});

it('near copies are one item: three of them are no topic, five are', () => {
  const copy = (n: number) => say(`k${n}`, n, ['转发抽奖'], { copies: { exact: true, keys: [7] } });
  const board = openBoard();
  expect(placeAll(board, [1, 2, 3, 4].map(copy)).topics).toEqual([]);
  expect(placeAll(board, [copy(5)]).topics).toMatchObject([{ name: '多条相同内容', units: 1, phrases: [] }]);
});

it('what is said every day in the same words is no topic, however often', () => {
  const same = Array.from({ length: 9 }, (_, n) =>
    say(`s${n}`, n, ['食堂'], { copies: { exact: true, keys: [8] } }),
  );
  expect(placeAll(openBoard(), same).topics).toEqual([]);
});

it('the school’s own post counts for what marks a topic, so that those who speak of it are found', () => {
  const board = openBoard();
  const notice = say('a1', 0, ['停水', '七号楼'], { speaker: 'school' });
  const under = (n: number) => ({ ...water(n), rootId: 'a1' });
  const { topics, members } = placeAll(board, [notice, under(1), under(2), under(3)]);
  expect(members.map(({ speaker }) => speaker).sort()).toEqual(['public', 'public', 'public', 'school']);
  const marks = ['七号楼', '停水'].map((phrase) => ({ phrase, items: 4 }));
  expect(topics).toMatchObject([{ units: 4, phrases: marks }]);
});

it('later items join, and name and id stay what they were', () => {
  const board = openBoard();
  const [born] = placeAll(board, [1, 2, 3].map(water)).topics;
  const later = [5, 6, 7].map((n) => say(`x${n}`, n, ['停水', '送水车', '七号楼']));
  const { topics } = placeAll(board, later);
  expect(topics).toMatchObject([{ id: born?.id, name: born?.name, lastItemAt: hour(7), units: 6 }]);
});

it('goes on from what was stored as if nothing had been', () => {
  const first = openBoard();
  const { topics, members } = placeAll(first, [1, 2, 3].map(water));
  const second = openBoard({ topics, members, items: [1, 2, 3].map(water) });
  const next = say('x5', 5, ['停水', '七号楼']);
  const ofBoth = [first, second].map((board) => placeAll(board, [next]));
  expect(ofBoth[0]?.members).toEqual(ofBoth[1]?.members);
  expect(ofBoth[0]?.topics).toEqual(ofBoth[1]?.topics);
  expect(placeAll(second, [next]).members).toEqual([]);
});

it('what a person took out never comes back by itself', () => {
  const { topics, members } = placeAll(openBoard(), [1, 2, 3].map(water));
  const topicId = topics[0]?.id ?? '';
  const board = openBoard({ topics, members, bars: [{ topicId, postId: 'w9' }] });
  expect(placeAll(board, [water(9)]).members).toEqual([]);
});

it('the school’s own words are no topic by themselves, and belong to one that is spoken of under them', () => {
  const own = (n: number) => say(`s${n}`, n, ['停水', '七号楼'], { speaker: 'school' });
  const board = openBoard();
  expect(placeAll(board, [1, 2, 3, 4].map(own)).topics).toEqual([]);
  const under = [5, 6, 7].map((n) => say(`u${n}`, n, ['停水', `别的${n}`], { rootId: 's4', parentId: 's4' }));
  const { topics, members } = placeAll(board, under);
  expect(topics).toHaveLength(1);
  expect(members.map(({ postId }) => postId)).toContain('s4');
});

it('what is dropped leaves its topic, and its words with it', () => {
  const board = openBoard();
  placeAll(board, [1, 2, 3].map(water));
  board.drop('w1');
  const { removed, topics } = board.takeChange();
  expect(removed).toEqual(['w1']);
  expect(topics).toMatchObject([{ units: 2, phrases: [] }]);
});

it('two that turn out to be one go on as the older one, and the younger says where', () => {
  const board = openBoard({}, noBackground);
  const a = [1, 2, 3].map((n) => say(`a${n}`, n, ['停水', '水泵', '备用泵']));
  const [older] = placeAll(board, a).topics;
  const b = [4, 5, 6].map((n) => say(`b${n}`, n, ['断水', '加压泵', '送水车']));
  const [younger] = placeAll(board, b).topics;
  expect(younger?.id).not.toBe(older?.id);
  const bridge = Array.from({ length: 9 }, (_, n) =>
    say(`m${n}`, 7 + n / 10, ['断水', '加压泵', '送水车', '停水', '水泵', '备用泵']),
  );
  for (const item of bridge) board.place(item);
  board.tidy(hour(9));
  const { topics, events, members } = board.takeChange();
  expect(topics.find(({ id }) => id === younger?.id)).toMatchObject({
    state: 'ended',
    mergedInto: older?.id,
  });
  expect(events.map(({ kind }) => kind).sort()).toEqual(['merged', 'took-over']);
  expect(new Set(members.map(({ topicId }) => topicId))).toEqual(new Set([older?.id]));
});

it('what joins late is counted in the day in which it was said', () => {
  const { topics } = placeAll(openBoard(), [1, 2, 3].map(water));
  const profile = new TopicProfile(topics[0] ?? expect.unreachable());
  for (const at of [100, 101, 102, 60]) profile.take(water(at), { isNew: true, isCopy: false });
  expect(profile.pace(hour(102))).toBe(3);
});

describe('a topic in other words than what stands all around it', () => {
  const queue = (n: number) =>
    say(`q${n}`, n, ['送水车', '排长队', `另外${n}`], { rootId: 'r1', parentId: 'r1' });
  const queued = [0.1, 0.2, 0.3].map(queue);
  const outage = (rootId: string) =>
    Array.from({ length: 8 }, (_, n) => ({ ...water(n + 1), ...{ rootId, parentId: rootId } }));
  const living = (topics: readonly Topic[]) => topics.filter(({ mergedInto }) => mergedInto === null);

  it.each([
    ['is the same one', 'r1', 1],
    ['is another one elsewhere', 'r2', 2],
  ])('%s', (_, rootId, expected) => {
    const board = openBoard();
    for (const item of [...queued, ...outage(rootId)]) board.place(item);
    board.tidy(hour(9));
    const topics = living(board.takeChange().topics);
    expect(topics).toHaveLength(expected);
    expect(topics[0]?.name).toContain('送水车');
  });

  it.each([
    ['said nothing of it', {}, 'merged'],
    ['said that the larger one is none', { isDismissed: true }, 'kept'],
    ['parted the two', { apartFrom: ['id1_'] }, 'kept'],
  ])('after a person %s', (_, said, outcome) => {
    const items = [...queued, ...outage('r1')];
    const { topics, members } = placeAll(openBoard(), items);
    expect(topics.map(({ id, units }) => [id, units])).toEqual([
      ['id1_', 3],
      ['id3_', 8],
    ]);
    const start = topics.map((topic) => (topic.id === 'id3_' ? { ...topic, ...said } : topic));
    const board = openBoard({ topics: start, members, items });
    board.place(queue(9));
    board.tidy(hour(9));
    expect(board.takeChange().events.length === 0 ? 'kept' : 'merged').toBe(outcome);
  });
});
