import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Unit } from '../pipeline/domain/channel.ts';
import { emptyChange, type Topic, type TopicMember } from '../pipeline/domain/topic.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { say } from '../test/harness/topic-scene.ts';
import type { Visitor } from '../test/harness/visitor.ts';

let office: Office;
let analyst: Visitor;
beforeEach(async () => {
  office = await openOffice();
  analyst = await office.visitAs('analyst');
});
afterEach(() => office.close());

const article = 'main-site:article:news';
/** Two topics: the water, of six comments under one article, and one of three about soup. */
async function openTopics(): Promise<void> {
  const at = (day: number, hour = 2) => `2026-11-${String(day).padStart(2, '0')}T0${hour}:00:00.000Z`;
  await say(office, { externalId: 'news', kind: 'article', publishedAt: at(12), text: '停水通知' });
  const service = { kind: 'complaint', topic: 'dormitory', unitId: 'logistics', confidence: 1 } as const;
  const members: TopicMember[] = [];
  const join = async (topicId: string, externalId: string, day: number, more: object = {}) => {
    const publishedAt = at(day);
    const post = {
      externalId,
      publishedAt,
      text: `停水 ${externalId}`,
      rootId: 'news',
      verdict: { service },
    };
    const postId = await say(office, { ...post, ...more });
    const [unitId, rootId] = [postId, topicId === 'water' ? article : null];
    const stands = { postId, topicId, at: publishedAt, channelId: 'main-site', speaker: 'public' as const };
    members.push({ ...stands, rootId, unitId, isPinned: false });
  };
  for (const [n, day] of [13, 14, 18, 19, 19].entries()) await join('water', `w${n}`, day);
  await join('water', 'case', 19, {
    verdict: { service, queues: ['review'], risk: { score: 30, level: 'watch', parts: {} } },
  });
  await join('water', 'victim', 19, { verdict: { accessClass: 'victim' } });
  for (const n of [1, 2, 3]) await join('soup', `s${n}`, 15, { verdict: {} });
  const copy = members.find(({ postId }) => postId.endsWith('w4'));
  if (copy !== undefined) copy.unitId = 'main-site:comment:w3';
  members.push({
    ...{ postId: article, topicId: 'water', at: at(12), channelId: 'main-site', speaker: 'school' },
    ...{ rootId: null, unitId: article, isPinned: false },
  });
  const topic = (id: string, name: string): Topic => ({
    ...{ id, version: 1, name, namedBy: 'machine', state: 'active', isDismissed: false, mergedInto: null },
    ...{ apartFrom: [], splitFrom: null, isJoined: false, firstSeenAt: at(12), noticedAt: at(14) },
    ...{ lastItemAt: at(19), units: 5, phrases: [{ phrase: '停水', items: 5 }] },
  });
  const topics = [topic('water', '停水'), topic('soup', '汤')];
  await office.stores.topics.write({ change: { ...emptyChange(), topics, members }, expectedVersion: 0 });
}

type Json = Record<string, unknown>;
const read = async (id: string) => (await analyst.get(`/api/topics/${id}`)).json as Json;
const list = async (query = '') => (await analyst.get(`/api/topics${query}`)).json as { items: Json[] };
const names = async (query: string) => (await list(query)).items.map(({ id }) => id);
async function listItems(id: string, query = ''): Promise<{ postId: string }[]> {
  const items: { postId: string }[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { json } = await analyst.get(`/api/topics/${id}/items?limit=2${query}${next}`);
    const page = json as { items: { postId: string }[]; nextCursor: string | null };
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
const move = (id: string, version: number, what: object) =>
  analyst.post(`/api/topics/${id}/moves`, { version, reason: '核对过', move: what });

it('tells of a topic by the day, with units, services, cases and what it hangs on, as many as can be listed', async () => {
  await openTopics();
  const water = await read('water');
  expect(water).toMatchObject({
    ...{ counts: { items: 6 }, units: 5, schoolItems: 1 },
    answerable: [{ value: 'logistics', items: 6 }],
    services: [{ kind: 'complaint', topic: 'dormitory', items: 6 }],
    levels: [
      { value: 'low', items: 5 },
      { value: 'watch', items: 1 },
    ],
    tones: [{ value: 'neutral', items: 6 }],
    hangsOn: { postId: article, kind: 'article', items: 7, url: expect.stringContaining('news') },
    caseIds: [],
    growth: { day: { change: null, reason: 'too-few' }, week: { now: 6, before: 0, reason: 'too-few' } },
  });
  const series = water.series as { day: string; items: number; complete: boolean }[];
  expect(series.map(({ day }) => day)).toEqual(
    [12, 13, 14, 15, 16, 17, 18, 19, 20].map((day) => `2026-11-${day}`),
  );
  expect(series.reduce((sum, { items }) => sum + items, 0)).toBe(6);
  expect(await listItems('water', '&speaker=public')).toHaveLength(6);
  expect(await listItems('water')).toHaveLength(7);
  const listed = (await list('?days=2')).items.map(({ counts }) => counts as { items: number });
  expect(await listItems('water', '&speaker=public&days=2')).toHaveLength(listed[0]?.items ?? -1);
  const reviewer = await office.visitAs('reviewer');
  expect((await reviewer.get('/api/topics/water')).json).toMatchObject({ caseIds: [expect.any(String)] });
});

it('lists topics by what is asked for', async () => {
  await openTopics();
  expect(await names('')).toEqual(['water', 'soup']);
  expect(await names('?sort=growth')).toEqual(['water', 'soup']);
  const { settings } = office.stores;
  await settings.save('units', [Unit.parse({ id: 'logistics', name: '后勤处' })], {
    ...{ expectedVersion: await settings.readVersion(), actorId: null, source: 'test' },
    ...{ at: office.clock.now(), id: randomUUID() },
  });
  expect(await names('?unit=logistics')).toEqual(['water']);
  expect(await names('?channel=leads')).toEqual([]);
  expect(await names('?state=quiet')).toEqual([]);
  expect(await names('?days=2')).toEqual(['water']);
  expect((await analyst.get('/api/topics?sort=tone')).status).toBe(400);
});

it('names a channel or a unit that is not in the register', async () => {
  await openTopics();
  const ask = async (query: string) => (await analyst.get(`/api/topics?days=7&${query}`)).json;
  const refused = { status: 400, code: 'invalid-input' };
  expect(await ask('channel=nope')).toMatchObject({
    ...{ ...refused, field: 'channel', detail: '没有登记的渠道：nope。' },
  });
  expect(await ask('unit=nope')).toMatchObject({
    ...{ ...refused, field: 'unit', detail: '没有登记的单位：nope。' },
  });
});

it('takes what a person says, once: a stale version is told', async () => {
  await openTopics();
  const water = 'main-site:comment:w1';
  const moves = [
    { kind: 'rename', name: '七号楼停水' },
    { kind: 'dismiss' },
    { kind: 'restore' },
    { kind: 'remove-item', postId: water },
    { kind: 'merge', intoId: 'soup' },
  ];
  for (const [index, what] of moves.entries()) {
    const version = index + 1;
    const replies = [await move('water', version, what), await move('water', version, what)];
    expect([what.kind, ...replies.map(({ status }) => status)]).toEqual([what.kind, 200, 409]);
  }
  const merged = await read('water');
  expect(merged).toMatchObject({ id: 'soup', counts: { items: 8 }, events: [{ otherTopicId: 'water' }] });
  expect((await listItems('soup')).map(({ postId }) => postId)).not.toContain(water);
  expect((await move('soup', 2, { kind: 'remove-item', postId: water })).json).toMatchObject({ status: 400 });
  expect((await move('soup', 2, { kind: 'merge', intoId: 'none' })).status).toBe(404);
  expect((await analyst.get('/api/topics/none')).status).toBe(404);
});

it('is not for those who see one unit alone, and leaders change nothing', async () => {
  await openTopics();
  const editor = await office.visitAs('editor');
  expect((await editor.get('/api/topics')).status).toBe(403);
  const leader = await office.visitAs('leader');
  expect((await leader.get('/api/topics/water')).status).toBe(200);
  const reply = await leader.post('/api/topics/water/moves', {
    version: 1,
    reason: '不',
    move: { kind: 'dismiss' },
  });
  expect(reply.status).toBe(403);
});
