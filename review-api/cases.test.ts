import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildFinding } from '../test/builders/post.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail, Referral } from './contract/case-detail.ts';
import { CasePage } from './contract/case-summary.ts';
import { DecisionAnswer } from './contract/decision.ts';

let office: Office;
let reviewer: Visitor;
beforeEach(async () => {
  office = await openOffice();
  reviewer = await office.visitAs('reviewer');
});
afterEach(() => office.close());

const minute = 60_000;
const noAction = (version = 1) => ({
  commandId: randomUUID(),
  version,
  kind: 'no-action',
  reason: 'opinion-only',
  note: null,
  unitId: null,
});

async function open(visitor: Visitor, caseId: string): Promise<CaseDetail> {
  const reply = await visitor.post(`/api/cases/${caseId}/open`, {});
  expect(reply.status).toBe(200);
  return CaseDetail.parse(reply.json);
}

describe('a queue', () => {
  test('lists the riskiest first, page by page, without skipping or doubling', async () => {
    for (let n = 0; n < 7; n += 1) {
      const risk = { score: n * 10, level: 'watch' as const, parts: {} };
      await fileCase(office, { title: `第 ${n} 条` }, { risk });
    }
    const seen: number[] = [];
    let cursor = '';
    do {
      const reply = await reviewer.get(`/api/cases?queue=review&limit=3${cursor}`);
      const page = CasePage.parse(reply.json);
      seen.push(...page.items.map((item) => item.riskScore));
      cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
    } while (cursor !== '');
    expect(seen).toEqual([60, 50, 40, 30, 20, 10, 0]);
    expect((await reviewer.get('/api/queues')).json).toEqual({
      items: [
        { queue: 'review', undecided: 7 },
        { queue: 'service', undecided: 0 },
      ],
    });
  });

  test('shows at most sixty characters, and decided cases only when asked for', async () => {
    const { caseId } = await fileCase(office, { title: '长'.repeat(300) });
    const excerptOf = async (state: string) => {
      const page = CasePage.parse((await reviewer.get(`/api/cases?queue=review&state=${state}`)).json);
      return page.items.map((item) => item.excerpt);
    };
    expect(await excerptOf('undecided')).toEqual([`${'长'.repeat(59)}…`]);
    expect(await excerptOf('decided')).toEqual([]);
    await reviewer.post(`/api/cases/${caseId}/decisions`, noAction());
    expect(await excerptOf('undecided')).toEqual([]);
    expect((await excerptOf('decided')).length).toBe(1);
  });

  test('of somebody else is refused', async () => {
    expect((await reviewer.get('/api/cases?queue=safety')).json).toMatchObject({
      status: 403,
      code: 'not-permitted',
    });
  });

  test('a cursor from nowhere is refused by name', async () => {
    const reply = await reviewer.get('/api/cases?queue=review&cursor=bm9uc2Vuc2U');
    expect(reply.json).toMatchObject({ status: 400, field: 'cursor' });
  });
});

describe('opening a case', () => {
  test('shows the text with evidence that the offsets reproduce, and what may be decided', async () => {
    const title = '食堂窗口排队的建议';
    const text = '听说下周要涨价，大家都很关心。😀';
    const finding = buildFinding({ start: title.length + 1, end: title.length + 3 });
    const { caseId } = await fileCase(
      office,
      { title, text, links: ['https://www.canglan.example/a'], attachments: [{ name: '表.xlsx', url: 'u' }] },
      { findings: [finding], categories: { ...emptyCategories, 'unverified-claim': 0.8 } },
    );
    const detail = await open(reviewer, caseId);
    if (detail.text.mode !== 'full') throw new Error(`shown ${detail.text.mode}`);
    expect(detail.text.title).toBe(title);
    const [shown] = detail.judgement?.findings ?? [];
    expect(shown).toMatchObject({ ruleId: 'assertion.hearsay', version: '1', confidence: 0.8, severity: 2 });
    expect(detail.text.text.slice(shown?.start, shown?.end)).toBe('听说');
    expect(detail.judgement?.categories).toEqual([{ category: 'unverified-claim', confidence: 0.8 }]);
    expect(detail.source).toMatchObject({ textVersion: 1, links: ['https://www.canglan.example/a'] });
    expect(detail.decisions.map((one) => one.kind)).toEqual([
      ...['no-action', 'answer', 'hand-over', 'correct', 'refer-safety', 'verify', 'mark-noise'],
    ]);
    expect(detail.claim).toMatchObject({ byMe: true, byName: null });
  });

  test('claims it for thirty minutes; a colleague reads it meanwhile, with the name, and decides nothing', async () => {
    const { caseId } = await fileCase(office, {});
    await open(reviewer, caseId);
    const colleague = await office.visitAs('reviewer');
    const seen = await open(colleague, caseId);
    expect(seen.claim).toMatchObject({ byMe: false, byName: '同事1' });
    expect(seen.decisions).toEqual([]);
    const refused = await colleague.post(`/api/cases/${caseId}/decisions`, noAction());
    expect(refused.json).toMatchObject({ status: 409, code: 'conflict' });
    expect((await colleague.post(`/api/cases/${caseId}/claim/renew`)).status).toBe(409);
    expect((await colleague.send('DELETE', `/api/cases/${caseId}/claim`)).status).toBe(204);
    expect((await open(colleague, caseId)).claim?.byMe).toBe(false);
    office.clock.advance(30 * minute - 1);
    expect((await open(colleague, caseId)).claim?.byMe).toBe(false);
    office.clock.advance(1);
    expect((await open(colleague, caseId)).claim?.byMe).toBe(true);
  });

  test('a renewed claim lasts, a released one is free at once', async () => {
    const { caseId } = await fileCase(office, {});
    await open(reviewer, caseId);
    office.clock.advance(29 * minute);
    const renewed = await reviewer.post(`/api/cases/${caseId}/claim/renew`);
    expect(renewed.json).toMatchObject({ claim: { byMe: true, expiresAt: '2026-11-20T01:59:00.000Z' } });
    const colleague = await office.visitAs('reviewer');
    office.clock.advance(29 * minute);
    expect((await open(colleague, caseId)).claim?.byMe).toBe(false);
    await reviewer.get('/api/session');
    expect((await reviewer.send('DELETE', `/api/cases/${caseId}/claim`)).status).toBe(204);
    expect((await open(colleague, caseId)).claim?.byMe).toBe(true);
  });

  test('reading claims nothing', async () => {
    const { caseId } = await fileCase(office, {});
    const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(detail.claim).toBeNull();
  });

  test('an edited source shows the version that the case stands on', async () => {
    const { caseId, postId } = await fileCase(office, { text: '第一版' });
    const [externalId = ''] = postId.split(':').slice(2);
    const post = await office.stores.posts.findPost(postId);
    expect(post?.textVersion).toBe(1);
    await reviewer.post(`/api/cases/${caseId}/decisions`, noAction());
    const { buildGathered } = await import('../test/builders/post.ts');
    const edited = buildGathered({ externalId, text: '第二版' });
    await office.stores.posts.storePosts([{ post: edited, snapshotHash: null }], office.clock.now());
    const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(detail.source).toMatchObject({ textVersion: 1, newestTextVersion: 2, marks: ['source-edited'] });
    expect(detail.text).toMatchObject({ mode: 'full', text: expect.stringContaining('第一版') });
  });

  test('an expired text is gone from the screen, the record stays', async () => {
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: '会过期的评论' });
    office.clock.advance(91 * 24 * 60 * minute);
    const later = await office.visitAs('reviewer');
    const reply = await later.get(`/api/cases/${caseId}`);
    expect(reply.text).not.toContain('会过期');
    expect(CaseDetail.parse(reply.json).text).toEqual({ mode: 'erased' });
    const page = CasePage.parse((await later.get('/api/cases?queue=review')).json);
    expect(page.items.map((item) => item.excerpt)).toEqual([null]);
  });
});

describe('deciding', () => {
  test('two reviewers at the same time: one decides, the other is told', async () => {
    const colleague = await office.visitAs('reviewer');
    for (let round = 0; round < 5; round += 1) {
      const { caseId } = await fileCase(office, {});
      const path = `/api/cases/${caseId}/decisions`;
      const replies = await Promise.all([
        reviewer.post(path, noAction()),
        colleague.post(path, { ...noAction(), kind: 'verify', reason: 'needs-facts' }),
      ]);
      expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
      const events = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json).events;
      expect(events.filter((event) => event.kind === 'decided').length).toBe(1);
    }
  });

  test('a repeated command gets the same answer and changes nothing; the same id for another one is refused', async () => {
    const { caseId } = await fileCase(office, {});
    const path = `/api/cases/${caseId}/decisions`;
    const command = { ...noAction(), note: '已在评论区说明' };
    const first = DecisionAnswer.parse((await reviewer.post(path, command)).json);
    office.clock.advance(5000);
    const again = DecisionAnswer.parse((await reviewer.post(path, command)).json);
    expect(first.repeated).toBe(false);
    expect(again).toEqual({ ...first, repeated: true });
    const other = await reviewer.post(path, { ...command, reason: 'misjudged' });
    expect(other.json).toMatchObject({ status: 409 });
    const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(detail.events.map((event) => event.kind)).toEqual(['opened', 'decided']);
    expect(detail.events[1]).toMatchObject({ byMe: true, byName: '同事1', note: '已在评论区说明' });
    expect(detail.version).toBe(first.version);
  });

  test('is taken back by its maker as a new event, once', async () => {
    const { caseId } = await fileCase(office, {});
    const decided = DecisionAnswer.parse(
      (await reviewer.post(`/api/cases/${caseId}/decisions`, noAction())).json,
    );
    const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(detail.undoable).toEqual({ decisionId: decided.decisionId });
    expect(detail.decisions).toEqual([]);
    const undo = { commandId: randomUUID(), version: decided.version, decisionId: decided.decisionId };
    const colleague = await office.visitAs('reviewer');
    expect((await colleague.post(`/api/cases/${caseId}/undo`, undo)).status).toBe(403);
    const undone = await reviewer.post(`/api/cases/${caseId}/undo`, undo);
    expect(undone.json).toMatchObject({ state: 'reopened', version: decided.version + 1 });
    expect((await reviewer.post(`/api/cases/${caseId}/undo`, undo)).json).toMatchObject({ repeated: true });
    const after = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(after.state).toBe('reopened');
    expect(after.events.map((event) => event.kind)).toEqual(['opened', 'decided', 'undone']);
    expect(after.undoable).toBeNull();
  });

  test.each([
    ['a stale version', { version: 7 }, 409, undefined],
    ['a reason of another decision', { reason: 'advert-or-spam' }, 400, 'reason'],
    ['a hand-over to nobody', { kind: 'hand-over', reason: 'service-need' }, 400, 'unitId'],
    [
      'a hand-over to no unit of ours',
      { kind: 'hand-over', reason: 'service-need', unitId: 'x' },
      400,
      'unitId',
    ],
    ['a decision of another role', { kind: 'return-from-safety', reason: 'misrouted' }, 403, undefined],
  ])('%s is refused and writes nothing', async (_name, change, status, field) => {
    const { caseId } = await fileCase(office, {});
    const reply = await reviewer.post(`/api/cases/${caseId}/decisions`, { ...noAction(), ...change });
    expect(reply.json).toMatchObject({ status, ...(field === undefined ? {} : { field }) });
    const detail = CaseDetail.parse((await reviewer.get(`/api/cases/${caseId}`)).json);
    expect(detail).toMatchObject({ state: 'open', version: 1 });
  });

  test('a case referred to safety is only its referral to whoever referred it, and the answer can be repeated', async () => {
    const { caseId } = await fileCase(office, { text: '这条需要值班老师看' });
    const command = { ...noAction(), kind: 'refer-safety', reason: 'safety-risk', note: '请尽快' };
    const path = `/api/cases/${caseId}/decisions`;
    expect((await reviewer.post(path, command)).status).toBe(200);
    expect((await reviewer.post(path, command)).json).toMatchObject({ repeated: true });
    for (const reply of [
      await reviewer.get(`/api/cases/${caseId}`),
      await reviewer.post(`/api/cases/${caseId}/open`, {}),
    ]) {
      expect(Referral.parse(reply.json)).toEqual({
        kind: 'referral',
        id: caseId,
        referredAt: '2026-11-20T01:00:00.000Z',
      });
      expect(Object.keys(reply.json as object)).toEqual(['kind', 'id', 'referredAt']);
    }
    expect((await reviewer.post(path, noAction(2))).status).toBe(404);
    const onDuty = await office.visitAs('safety');
    expect((await open(onDuty, caseId)).text).toMatchObject({ mode: 'full' });
  });
});

describe('the read log (R23)', () => {
  const readings = async () => (await office.stores.reads.list({ cursor: null, limit: 50 })).items;

  test('has who read what and why before the text leaves', async () => {
    const { caseId, postId } = await fileCase(office, {});
    await open(reviewer, caseId);
    await reviewer.get(`/api/cases/${caseId}`);
    expect(await readings()).toMatchObject([
      { caseId, postId, textVersion: 1, purpose: '查看线索' },
      { caseId, postId, textVersion: 1, purpose: '处理线索' },
    ]);
  });

  test('when it cannot be written, no text leaves', async () => {
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: 'CANARYTEXT' });
    const fail = async () => {
      throw new Error('disk gone CANARYERROR');
    };
    Object.assign(office.stores.reads, { record: fail, recordAll: fail });
    for (const reply of [
      await reviewer.get(`/api/cases/${caseId}`),
      await reviewer.post(`/api/cases/${caseId}/open`, {}),
      await reviewer.get('/api/cases?queue=review'),
      await reviewer.get('/api/search?q=CANARYTEXT&purpose=test'),
    ]) {
      expect(reply.json).toEqual({
        type: 'urn:guanlan:problem:internal',
        title: '系统出错，请稍后再试',
        status: 500,
        code: 'internal',
        instance: reply.headers.get('x-request-id'),
      });
    }
    expect(office.log()).toContain('request failed');
    expect(office.log()).not.toContain('CANARYTEXT');
  });

  test('outside one’s own queues the purpose is asked for and kept', async () => {
    const { caseId } = await fileCase(office, {}, { queues: ['operations'] });
    const path = `/api/cases/${caseId}`;
    expect((await reviewer.get(path)).json).toMatchObject({ status: 400, field: 'purpose' });
    expect((await reviewer.post(`${path}/open`, {})).json).toMatchObject({ status: 400, field: 'purpose' });
    const reply = await reviewer.post(`${path}/open`, { purpose: '核对转办材料' });
    const detail = CaseDetail.parse(reply.json);
    expect(detail.claim).toBeNull();
    expect(detail.decisions).toEqual([]);
    expect((await reviewer.post(`${path}/decisions`, noAction())).status).toBe(403);
    expect((await reviewer.post(`${path}/claim/renew`)).status).toBe(403);
    expect((await readings()).map((one) => one.purpose)).toEqual(['核对转办材料']);
  });

  test('has a comment that a queue shows, not the titles of articles', async () => {
    const comment = await fileCase(office, { kind: 'comment', title: '', text: '一句话评论' });
    await fileCase(office, { title: '一篇文章' });
    await reviewer.get('/api/cases?queue=review');
    expect(await readings()).toMatchObject([{ postId: comment.postId, purpose: '浏览队列' }]);
  });

  test('has every hit of a search with the purpose that was asked for', async () => {
    const { postId } = await fileCase(office, { title: '图书馆延长开放' });
    await fileCase(office, { title: '食堂新菜', text: '今天起供应' });
    const query = new URLSearchParams({ q: '图书馆', purpose: '准备日报' });
    const reply = await reviewer.get(`/api/search?${query}`);
    expect(reply.json).toMatchObject({ items: [{ postId, excerpt: '图书馆延长开放' }], nextCursor: null });
    expect(await readings()).toMatchObject([{ caseId: null, postId, purpose: '准备日报' }]);
    expect((await reviewer.get('/api/search?q=图书馆')).json).toMatchObject({
      status: 400,
      field: 'purpose',
    });
    const signs = new URLSearchParams({ q: '……！', purpose: '准备日报' });
    expect((await reviewer.get(`/api/search?${signs}`)).json).toMatchObject({ status: 400, field: 'q' });
  });
});

const emptyCategories = {
  ...{ 'self-harm': 0, violence: 0, emergency: 0, leak: 0, tamper: 0, 'dead-link': 0, stale: 0, outage: 0 },
  ...{ fraud: 0, 'phishing-link': 0, harassment: 0, 'unverified-claim': 0, advert: 0, spam: 0 },
};
