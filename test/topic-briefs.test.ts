import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTopicFollower } from '../pipeline/commands/follow-topics.ts';
import { gatherMaterial } from '../pipeline/commands/gather-brief.ts';
import { tidyTopics } from '../pipeline/commands/keep-topics.ts';
import { refreshRollups } from '../pipeline/commands/refresh-rollups.ts';
import { findBriefProblems } from '../pipeline/commands/scan-brief.ts';
import { type Brief, type BriefNumber, numbersOf } from '../pipeline/domain/brief.ts';
import { evaluateEvidence } from '../pipeline/domain/brief-material.ts';
import { periodBefore } from '../pipeline/domain/brief-period.ts';
import type { Role } from '../pipeline/domain/role.ts';
import { shanghaiDay } from '../pipeline/domain/time.ts';
import { BriefView, EvidenceView } from '../review-api/contract/briefs.ts';
import { MovedTopic, TopicDetail, TopicItems, TopicList } from '../review-api/contract/topics.ts';
import { describeSetUps } from './harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from './harness/office.ts';
import { say } from './harness/topic-scene.ts';
import type { Visitor } from './harness/visitor.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hour = 3_600_000;
const service = { kind: 'complaint', topic: 'dormitory', unitId: 'logistics', confidence: 1 } as const;
const waiting = { queues: ['review' as const], risk: { score: 30, level: 'watch' as const, parts: {} } };

/** In the order of the story: what follows begins where the test before ended. */
describeSetUps('topics and the briefs about them', (emptyPlace) => {
  let office: Office;
  let people: Map<string, Visitor>;
  let topicId: string;
  let feesId: string;
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    people = new Map();
    await refreshRollups(office);
    for (let n = 1; n <= 4; n += 1) await tell(`w${n}`, `停水 澡堂 别的${n}`, n === 1 ? waiting : {});
    for (let n = 5; n <= 7; n += 1) await tell(`w${n}`, `停水 澡堂 热水费`);
    await follow();
    [topicId = ''] = (await listTopics()).map(({ id }) => id);
  }, 60_000);
  afterAll(() => office.close());

  const postOf = (externalId: string) => `weibo:comment:${externalId}`;
  async function tell(externalId: string, text: string, verdict: object = {}): Promise<void> {
    const post = { externalId, channelId: 'weibo', text, publishedAt: office.clock.now() };
    await say(office, { ...post, verdict: { service, ...verdict } });
    office.clock.advance(hour / 4);
  }
  /** Signed in now: a session ends while days pass. */
  async function enter(role: Role): Promise<Visitor> {
    const known = people.get(role);
    const login = `${role}-of-topics`;
    if (known === undefined) await office.hire([role], login);
    const visitor = known ?? office.visit();
    people.set(role, visitor);
    if ((await visitor.get('/api/session')).status !== 200) await visitor.signIn(login, officePassword);
    return visitor;
  }
  /** Words stand between blanks: what segmenting does is tested where it is done. */
  const ports = () => ({
    ...{ stores: office.stores, clock: office.clock },
    readPhrases: async (texts: readonly string[]) =>
      texts.map((text) => ({ phrases: text.trim().split(/\s+/), copies: null })),
    countPhrases: async () => ({ items: 0, phrases: new Map<string, number>() }),
  });
  /** As another process would, which remembers nothing. */
  const follow = () => openTopicFollower(ports())();
  async function passADay(): Promise<void> {
    office.clock.advance(25 * hour);
    await tidyTopics(ports());
    await follow();
  }

  const listTopics = async () =>
    TopicList.parse((await (await enter('analyst')).get('/api/topics?days=30')).json).items;
  const read = async (id: string) =>
    TopicDetail.parse((await (await enter('analyst')).get(`/api/topics/${id}`)).json);
  async function itemsOf(id: string): Promise<string[]> {
    const { json } = await (await enter('analyst')).get(`/api/topics/${id}/items?limit=100&speaker=public`);
    return TopicItems.parse(json)
      .items.map(({ postId }) => postId)
      .sort();
  }
  const move = async (id: string, version: number, what: object) =>
    (await enter('analyst')).post(`/api/topics/${id}/moves`, { version, reason: '核对过', move: what });
  const ids = (...numbers: number[]) => numbers.map((n) => postOf(`w${n}`));

  it('a split refuses what it cannot be, and a stale version', async () => {
    const { version } = await read(topicId);
    const split = { kind: 'split', name: '热水收费', postIds: ids(5, 6, 7) };
    for (const [field, wrong] of [
      ['move.postIds', { ...split, postIds: ['weibo:comment:none'] }],
      ['move.postIds', { ...split, postIds: ids(1, 2, 3, 4, 5, 6, 7) }],
      ['move.postIds', { ...split, postIds: [] }],
      ['move.name', { ...split, name: '找 @小明 退费' }],
      ['move.name', { ...split, name: '长'.repeat(100) }],
      ['move.kind', { ...split, kind: 'part' }],
    ] as const) {
      const { json } = await move(topicId, version, wrong);
      expect(json).toMatchObject({ status: 400, field, detail: expect.stringMatching(/^\P{Lu}+。$/u) });
    }
    const moved = MovedTopic.parse((await move(topicId, version, split)).json);
    feesId = moved.begunId ?? '';
    expect(moved).toMatchObject({ id: topicId, version: version + 1 });
    expect((await move(topicId, version, split)).status).toBe(409);
    expect([await itemsOf(topicId), await itemsOf(feesId)]).toEqual([ids(1, 2, 3, 4), ids(5, 6, 7)]);
    expect(await read(feesId)).toMatchObject({
      ...{ name: '热水收费', namedBy: 'person' },
      events: [{ kind: 'split-off', otherTopicId: topicId, items: 3, reason: '核对过' }],
    });
  });

  it('the machine never brings together what a person parted, whatever comes in', async () => {
    await passADay();
    for (const n of [8, 9]) await tell(`w${n}`, `停水 澡堂 热水费`);
    await follow();
    await passADay();
    const parted = [await itemsOf(topicId), await itemsOf(feesId)];
    expect(parted[0]).toEqual(expect.arrayContaining(ids(1, 2, 3, 4)));
    expect(parted[1]).toEqual(expect.arrayContaining(ids(5, 6, 7)));
    expect(parted.flat().sort()).toEqual(ids(1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect([(await read(topicId)).id, (await read(feesId)).id]).toEqual([topicId, feesId]);
  });

  const days = () => ({ fromDay: '2026-11-01', toDay: shanghaiDay(office.clock.now()) });
  async function create(kind: 'special' | 'weekly', subject: object | null): Promise<Brief> {
    const asked = days();
    // A weekly one is of days that are over.
    if (kind === 'weekly') office.clock.advance(24 * hour);
    const reply = await (await enter('analyst')).post('/api/briefs', {
      commandId: randomUUID(),
      kind,
      days: asked,
      subject,
    });
    if (reply.status !== 200) throw new Error(reply.text);
    return BriefView.parse(reply.json).brief;
  }
  const byId = ({ facts }: Brief) => new Map([...numbersOf(facts)].map((number) => [number.id, number]));

  /** Every number again from what stands under it: the ids that were kept, their digest, and the facts as they are. */
  async function recount(brief: Brief): Promise<void> {
    const { kind, subject, period } = brief.facts;
    const range = { from: periodBefore(period).from, until: period.until };
    const material = await gatherMaterial(range, { kind, subject }, office.deps);
    const numbers = byId(brief);
    for (const { id, value, suppressed, gaps, evidence } of numbers.values()) {
      const { query, measure, total, digest } = evidence;
      if (suppressed !== undefined) expect([id, value, total]).toEqual([id, null, null]);
      else if (query.of === 'derived') {
        const [now, before] = query.numbers.map((part) => numbers.get(part));
        const isOver = gaps !== undefined;
        expect([id, value]).toEqual([id, isOver ? null : (now?.value ?? 0) - (before?.value ?? 0)]);
      } else {
        const found = evaluateEvidence(query, measure, material);
        const frozen = (await office.stores.briefs.readEvidence(brief.id, id)) ?? [];
        expect([id, frozen, value]).toEqual([id, query.of === 'referred' ? [] : found.ids, found.value]);
        const kept = sha256(found.ids.map((one) => `${one}\n`).join(''));
        expect([id, total, digest]).toEqual([id, found.ids.length, kept]);
      }
    }
    expect(await findBriefProblems(brief, office.deps)).toEqual([]);
  }
  /** What the reader of a number is told stands under it, over HTTP. */
  async function open(brief: Brief, id: string): Promise<{ value: number | null; ids: string[] }> {
    const number = byId(brief).get(id) as BriefNumber;
    const { json } = await (await enter('reviewer')).get(
      `/api/briefs/${brief.id}/numbers/${encodeURIComponent(id)}`,
    );
    const { total, items, isCountOnly, now } = EvidenceView.parse(json);
    expect([id, total, isCountOnly, now?.isSame]).toEqual([id, number.value, false, true]);
    return { value: number.value, ids: items.map((item) => item.id).sort() };
  }

  it('a special brief is about the items and cases of its topic, and every number stands on them', async () => {
    const brief = await create('special', { kind: 'topic', topicId });
    await recount(brief);
    const items = await itemsOf(topicId);
    expect(await open(brief, 'spread.public')).toEqual({ value: items.length, ids: items });
    expect(await open(brief, 'spread.public.weibo')).toEqual({ value: items.length, ids: items });
    const seen = await (await enter('reviewer')).get(`/api/topics/${topicId}`);
    const { caseIds } = TopicDetail.parse(seen.json);
    expect(caseIds).toHaveLength(1);
    expect(await open(brief, 'handling.opened')).toEqual({ value: 1, ids: caseIds });
    const told = [...byId(brief).values()].filter(({ value }) => (value ?? 0) > 0);
    const ofDays = told.filter(({ id }) => id.startsWith('spread.day.public.'));
    expect(ofDays.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(items.length);
    expect(told.map(({ id }) => id)).toContain('critical.dormitory.complaint');
  });

  it('话题 of a weekly brief: as many as can be listed of each, by how much was said', async () => {
    const brief = await create('weekly', null);
    await recount(brief);
    const section = brief.facts.sections.find(({ id }) => id === 'topics');
    const lines = section?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ?? [];
    const listed = [];
    for (const id of [topicId, feesId]) {
      const items = await itemsOf(id);
      expect(await open(brief, `topics.${id}`)).toEqual({ value: items.length, ids: items });
      listed.push({ name: (await read(id)).name, count: items.length });
    }
    listed.sort((a, b) => b.count - a.count);
    expect(lines.map((row) => row[0])).toEqual(listed.map(({ name }) => ({ kind: 'text', text: name })));
    // R16: the name of a dormitory makes of the same number one that could point to few.
    const { version } = await read(feesId);
    await move(feesId, version, { kind: 'rename', name: '7号楼热水收费' });
    const told = byId(await create('weekly', null)).get(`topics.${feesId}`);
    expect(told).toMatchObject({ value: null, suppressed: 'under-ten', evidence: { total: null } });
  });

  it('what was parted is joined again by a person, and stays one; briefs about either are about both', async () => {
    const all = [...(await itemsOf(topicId)), ...(await itemsOf(feesId))].sort();
    const { version } = await read(feesId);
    const merge = { kind: 'merge', intoId: topicId };
    expect((await move(feesId, version, merge)).status).toBe(200);
    expect((await move(feesId, version, merge)).status).toBe(409);
    await passADay();
    expect(await read(feesId)).toMatchObject({ id: topicId });
    expect(await itemsOf(topicId)).toEqual(all);
    const brief = await create('special', { kind: 'topic', topicId: feesId });
    expect(byId(brief).get('spread.public')?.value).toBe(all.length);
  });
});
