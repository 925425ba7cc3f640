import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Unit, WeiboChannel } from '../pipeline/domain/channel.ts';
import { buildFinding, buildGathered } from '../test/builders/post.ts';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import type { ReplyAnswer, SuggestionList } from './contract/reply.ts';
import type { AnswerDetail, AnswerList } from './contract/stock-answer.ts';

let office: Office;
let reviewer: Visitor;
let director: Visitor;
beforeEach(async () => {
  office = await openOffice();
  const { settings } = office.stores;
  const change = async () => ({
    ...{ expectedVersion: await settings.readVersion(), actorId: null, source: 'test' },
    ...{ at: office.clock.now(), id: randomUUID() },
  });
  const units = ['logistics', 'library'].map((id) => Unit.parse({ id, name: id }));
  await settings.save('units', units, await change());
  const weibo = {
    id: 'weibo',
    kind: 'weibo',
    name: '微博',
    unit: 'logistics',
    uid: '1234567890',
    door: 'import',
  };
  await settings.save('channels', [WeiboChannel.parse(weibo)], await change());
  reviewer = await office.visitAs('reviewer');
  director = await office.visitAs('director');
});
afterEach(() => office.close());

const content = {
  ...{ kind: 'service', unitId: 'logistics', title: '供暖报修', words: ['暖气'], topics: ['dormitory'] },
  ...{ body: '请拨打0571-88880000报修。', source: { document: '通知', date: '2026-11-01' } },
  ...{ validFrom: '2026-11-01', validUntil: '2026-12-10' },
};
const ask = (visitor: Visitor, path: string, body: object) =>
  visitor.post(path, { commandId: randomUUID(), ...body });
const write = async (visitor: Visitor, more: object = {}) =>
  (await ask(visitor, '/api/answers', { ...content, ...more })).json as AnswerDetail;
const approve = async (more: object = {}) => {
  const { id } = await write(reviewer, more);
  await ask(reviewer, `/api/answers/${id}/step`, { revision: 1, step: 'submit' });
  return (await ask(director, `/api/answers/${id}/ruling`, { revision: 2, ruling: 'approve' }))
    .json as AnswerDetail;
};
const list = async (visitor: Visitor, query = '') =>
  ((await visitor.get(`/api/answers${query}`)).json as AnswerList).items;
const headOf = async (unitId: string) => {
  const visitor = office.visit();
  await visitor.signIn(await office.hire(['unit-head'], `head-${unitId}`, unitId), officePassword);
  return visitor;
};
const comment = { kind: 'comment' as const, channelId: 'weibo', title: '', text: '三号楼暖气不热' };

describe('stock answers', () => {
  it('of a unit are its own: it writes and sees those, and no other unit’s', async () => {
    const logistics = await headOf('logistics');
    const library = await headOf('library');
    const { id } = await write(logistics);
    expect(await list(library)).toEqual([]);
    expect((await library.get(`/api/answers/${id}`)).status).toBe(404);
    expect((await ask(library, '/api/answers', content)).status).toBe(404);
    expect((await list(logistics)).map((one) => one.id)).toEqual([id]);
    expect(
      (await ask(logistics, `/api/answers/${id}/ruling`, { revision: 1, ruling: 'approve' })).status,
    ).toBe(403);
  });

  it('say what this person may do, what wants attention, and what may be personal', async () => {
    const risky = await write(reviewer, { title: '负责人电话', body: '请联系13912345678。' });
    expect(risky).toMatchObject({
      versions: [{ hints: ['mobile'] }],
      may: { steps: ['submit'], rulings: [] },
    });
    const { id } = await approve();
    office.clock.advance(5 * 86_400_000);
    await reviewer.signIn('reviewer-1', officePassword);
    const soon = await list(reviewer, '?standing=attention');
    expect(soon).toMatchObject([{ id, standing: { renewal: 30, daysLeft: 15 } }]);
    expect(await list(reviewer, `?q=${encodeURIComponent('88880000')}`)).toHaveLength(1);
    expect(await list(reviewer, '?topic=library')).toEqual([]);
    const { csv } = (await reviewer.get('/api/answers-export')).json as { csv: string };
    expect(csv).toContain('供暖报修');
    expect(csv).not.toContain('负责人电话');
    office.clock.advance(20 * 86_400_000);
    await reviewer.signIn('reviewer-1', officePassword);
    expect(await list(reviewer, '?standing=expired')).toMatchObject([{ id }]);
    expect((await reviewer.get('/api/answers-export')).text).not.toContain('供暖报修');
  });

  it('name the field that is wrong', async () => {
    expect((await ask(reviewer, '/api/answers', { ...content, title: '' })).json).toMatchObject({
      field: 'title',
    });
    expect((await ask(reviewer, '/api/answers', { ...content, unitId: 'nobody' })).json).toMatchObject({
      field: 'unitId',
    });
  });
});

describe('the draft of a reply', () => {
  it('is suggested with reasons, never from what has expired, and the look is logged', async () => {
    await approve();
    await approve({ title: '停用的说法', validUntil: '2026-11-20' });
    const { caseId, postId } = await fileCase(office, comment);
    const suggested = async () =>
      ((await reviewer.get(`/api/cases/${caseId}/answers`)).json as SuggestionList).items;
    expect(await suggested()).toMatchObject([
      { title: '供暖报修', words: ['暖气'] },
      { title: '停用的说法' },
    ]);
    office.clock.advance(86_400_000);
    await reviewer.signIn('reviewer-1', officePassword);
    expect(await suggested()).toMatchObject([{ title: '供暖报修' }]);
    const { items } = await office.stores.reads.list({ cursor: null, limit: 10 });
    expect(items[0]).toMatchObject({ postId, caseId, purpose: '查找口径' });
    const head = await headOf('logistics');
    expect((await head.get(`/api/cases/${caseId}/answers`)).status).toBe(404);
  });

  it('stands beside what was seen at the platform: the same, or not', async () => {
    const { caseId } = await fileCase(office, { ...comment, externalId: 'c1' });
    const path = `/api/cases/${caseId}/reply`;
    expect((await reviewer.get(path)).json).toMatchObject({
      reply: null,
      mayWrite: true,
      limit: 140,
      seen: null,
    });
    await ask(reviewer, path, { text: '已报修，今晚恢复。' });
    const decision = { version: 1, kind: 'answer', reason: 'service-need' };
    await ask(reviewer, `/api/cases/${caseId}/decisions`, decision);
    const reply = { ...comment, externalId: 'r1', parentId: 'c1', official: true as const };
    const seen = buildGathered({ ...reply, text: '回复@…:已报修，今晚恢复' });
    await office.stores.posts.storePosts([{ post: seen, snapshotHash: null }], office.clock.now());
    const shown = (await reviewer.get(path)).json as ReplyAnswer;
    expect(shown.seen).toMatchObject({ match: 'same' });
    await ask(reviewer, path, { version: 1, text: '明天答复。' });
    expect((await reviewer.get(path)).json).toMatchObject({ seen: { match: 'differs' } });
  });

  it('is masked for a colleague who sees the case masked, and whole for whoever wrote it', async () => {
    const verdict = {
      accessClass: 'victim' as const,
      findings: [buildFinding({ category: 'leak', start: 0, end: 3 })],
    };
    const { caseId } = await fileCase(office, comment, verdict);
    const path = `/api/cases/${caseId}/reply`;
    await ask(reviewer, path, { text: '请拨打0571-88880000。' });
    expect((await reviewer.get(path)).text).toContain('88880000');
    const other = await office.visitAs('reviewer');
    const masked = await other.get(path);
    expect(masked.json).toMatchObject({ reply: { isMasked: true } });
    expect(masked.text).not.toContain('88880000');
  });
});
