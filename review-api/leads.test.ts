import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { judgeAllDue } from '../pipeline/commands/judge-batch.ts';
import { buildGathered } from '../test/builders/post.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail, TextVersions } from './contract/case-detail.ts';
import { CasePage } from './contract/case-summary.ts';
import { LeadPage, LeadReceipt, type LeadRequest } from './contract/lead.ts';

let office: Office;
let reviewer: Visitor;

const buildRequest = (more: Partial<LeadRequest> = {}): LeadRequest => ({
  commandId: randomUUID(),
  source: 'hotline-12345',
  documentNumber: '沧热转〔2026〕118号',
  deadline: '2026-11-22T09:00:00.000Z',
  receivedAt: '2026-11-20T00:30:00.000Z',
  summary: '市民“昵称：北方的狼”反映南区三号楼暖气不热，@校园墙 已有人转发，请学校答复。',
  link: 'https://www.12345.example/order?id=118',
  ...more,
});

async function register(more: Partial<LeadRequest> = {}): Promise<LeadReceipt> {
  const reply = await reviewer.post('/api/leads', buildRequest(more));
  expect(reply.text).toContain('"lead"');
  await judgeAllDue(office.deps);
  return LeadReceipt.parse(reply.json);
}

const queueOf = async (query = '') =>
  CasePage.parse((await reviewer.get(`/api/cases?queue=review${query}`)).json).items;
const open = async (caseId: string) =>
  CaseDetail.parse((await reviewer.post(`/api/cases/${caseId}/open`, {})).json);

describeSetUps('leads over HTTP', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    // The first judgement takes long to get ready, and holds whoever waits for an answer.
    await office.deps.judgeTexts([{ stored: '预备', kind: 'lead', metrics: {}, textVersion: 1 }]);
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

  test('a lead waits in the review queue with number and deadline, names masked, and nothing is fetched', async () => {
    const { lead, masked, sameNumber } = await register();
    expect({ masked, sameNumber }).toEqual({ masked: true, sameNumber: [] });
    const [row] = await queueOf();
    expect(row).toMatchObject({ postKind: 'lead', channel: { id: 'leads', name: '人工线索' }, lead });
    const detail = await open(row?.id ?? '');
    expect(detail).toMatchObject({
      source: { url: 'https://www.12345.example/order?id=118' },
      text: { mode: 'full', title: '' },
      mayChangeLead: true,
      mayClose: false,
    });
    expect(JSON.stringify(detail)).not.toMatch(/北方的狼|校园墙/);
    expect(detail.lead).toMatchObject({ documentNumber: '沧热转〔2026〕118号', revision: 1 });
  });

  test('sent twice it is one; the same number again is told, and registered all the same', async () => {
    const request = buildRequest();
    const first = await reviewer.post('/api/leads', request);
    const again = await reviewer.post('/api/leads', request);
    expect(LeadReceipt.parse(again.json)).toMatchObject({
      repeated: true,
      lead: LeadReceipt.parse(first.json).lead,
    });
    const { sameNumber } = await register({
      documentNumber: '沧热转[2026] 118号',
      summary: '同一件事又来了一次电话。',
    });
    expect(sameNumber).toMatchObject([
      { registeredByName: expect.any(String), documentNumber: request.documentNumber },
    ]);
    const asked = await reviewer.get(
      `/api/leads?documentNumber=${encodeURIComponent('沧热转（2026）118号')}`,
    );
    expect(LeadPage.parse(asked.json).items).toHaveLength(2);
  });

  test.each([
    ['summary', { summary: '短' }],
    ['link', { link: 'https://weibo.com/u/1234567890' }],
    ['source', { source: 'weibo' as never }],
    ['receivedAt', { receivedAt: '2026-11-21T00:00:00.000Z' }],
    ['deadline', { deadline: '2026-11-19T00:00:00.000Z' }],
    ['author', { author: '某人' } as never],
  ])('what is wrong with %s is said at that field', async (field, more) => {
    const reply = await reviewer.post('/api/leads', buildRequest(more));
    expect(reply.json).toMatchObject({ status: 400, field });
    expect((await reviewer.get('/api/leads')).json).toMatchObject({ items: [] });
  });

  test('there is no way to send many at once', async () => {
    const reply = await reviewer.post('/api/leads', [buildRequest(), buildRequest()]);
    expect(reply.status).toBe(400);
  });

  test('a deadline that nears or has passed finds the case', async () => {
    await register({ documentNumber: null });
    await register({
      documentNumber: null,
      deadline: '2026-12-20T00:00:00.000Z',
      summary: '图书馆座位一事。',
    });
    expect(await queueOf()).toHaveLength(2);
    expect(await queueOf('&due=near')).toHaveLength(1);
    expect(await queueOf('&due=overdue')).toEqual([]);
    office.clock.advance(3 * 86_400_000);
    reviewer = await office.visitAs('reviewer');
    expect(await queueOf('&due=overdue')).toMatchObject([{ lead: { deadline: '2026-11-22T09:00:00.000Z' } }]);
  });

  test('a change keeps what stood as a version, and a withdrawal closes the case; both with a reason', async () => {
    const { lead } = await register();
    const path = `/api/leads/${encodeURIComponent(lead.id)}`;
    const [row] = await queueOf();
    const { commandId: _, ...facts } = buildRequest({ summary: '市民反映的是北区三号楼暖气不热。' });
    const change = { ...facts, commandId: randomUUID(), revision: 1 };
    expect((await reviewer.post(`${path}/change`, change)).json).toMatchObject({
      status: 400,
      field: 'reason',
    });
    const changed = await reviewer.post(`${path}/change`, { ...change, reason: '楼栋登记错了' });
    expect(changed.json).toMatchObject({ lead: { revision: 2 }, repeated: false });
    await judgeAllDue(office.deps);
    const reply = await reviewer.get(`/api/cases/${row?.id}/versions`);
    const texts = TextVersions.parse(reply.json).items.map(({ text }) =>
      text.mode === 'full' ? text.text : '',
    );
    expect(texts).toEqual(['市民反映的是北区三号楼暖气不热。', expect.stringContaining('南区三号楼')]);
    const reads = await office.stores.reads.list({ cursor: null, limit: 50 });
    expect(reads.items.filter(({ purpose }) => purpose === '核对原文修改')).toHaveLength(2);

    const stale = { commandId: randomUUID(), revision: 1, reason: '登记重复' };
    expect((await reviewer.post(`${path}/withdraw`, stale)).status).toBe(409);
    const withdrawn = await reviewer.post(`${path}/withdraw`, { ...stale, revision: 2 });
    expect(withdrawn.json).toMatchObject({ lead: { withdrawnAt: office.clock.now() } });
    expect(await queueOf()).toEqual([]);
    const detail = await open(row?.id ?? '');
    expect(detail).toMatchObject({ state: 'closed', mayChangeLead: false });
    expect(detail.events.map(({ kind, note }) => [kind, note?.split('\n')[0]])).toContainEqual([
      'lead-withdrawn',
      '登记重复',
    ]);
    expect((await reviewer.get('/api/leads/counts?year=2026')).json).toEqual({
      year: 2026,
      items: [{ source: 'hotline-12345', registered: 1, withdrawn: 1 }],
    });
  });

  describe('our own reply', () => {
    test('proposes closing, and a person closes', async () => {
      const comment = { kind: 'comment' as const, channelId: 'weibo', title: '', text: '暖气三天不热了' };
      const { caseId } = await fileCase(office, { ...comment, externalId: 'c1' }, { queues: ['service'] });
      const decide = { commandId: randomUUID(), version: 1, kind: 'answer', reason: 'service-need' };
      await reviewer.post(`/api/cases/${caseId}/decisions`, decide);
      expect(await open(caseId)).toMatchObject({ state: 'decided', replySeenAt: null, mayClose: true });
      const text = '您好，听说有人反映暖气不热，已报修，谨防冒充客服要求转账的刷单诈骗。';
      const reply = buildGathered({ ...comment, externalId: 'r1', parentId: 'c1', official: true, text });
      await office.stores.posts.storePosts([{ post: reply, snapshotHash: null }], office.clock.now());
      const { casesOpened } = await judgeAllDue(office.deps);
      expect(casesOpened).toEqual([]);
      const seen = await open(caseId);
      expect(seen).toMatchObject({ replySeenAt: office.clock.now(), mayClose: true });
      const close = { commandId: randomUUID(), version: seen.version };
      expect((await reviewer.post(`/api/cases/${caseId}/close`, close)).json).toMatchObject({
        repeated: false,
      });
      const closed = await open(caseId);
      expect(closed.state).toBe('closed');
      expect(closed.events.map(({ kind }) => kind)).toEqual(['opened', 'decided', 'reply-seen', 'closed']);
    });
  });
});
