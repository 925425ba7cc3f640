import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildGathered } from '../test/builders/post.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CaseDetail } from './contract/case-detail.ts';

let office: Office;
let reviewer: Visitor;

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

describeSetUps('reading over HTTP', (emptyPlace) => {
  beforeEach(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

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
      expect(reply.json).toMatchObject({
        items: [{ postId, excerpt: expect.stringContaining('图书馆延长开放') }],
        nextCursor: null,
      });
      expect(await readings()).toMatchObject([{ caseId: null, postId, purpose: '准备日报' }]);
      expect((await reviewer.get('/api/search?q=图书馆')).json).toMatchObject({
        status: 400,
        field: 'purpose',
      });
      const signs = new URLSearchParams({ q: '……！', purpose: '准备日报' });
      expect((await reviewer.get(`/api/search?${signs}`)).json).toMatchObject({ status: 400, field: 'q' });
    });

    test('a hit whose newest version nobody has judged shows nothing of it', async () => {
      const { postId } = await fileCase(office, { externalId: 'edited', title: '图书馆延长开放' });
      const edited = buildGathered({ externalId: 'edited', title: '图书馆延长开放 CANARYNAME' });
      await office.stores.posts.storePosts([{ post: edited, snapshotHash: null }], office.clock.now());
      const query = new URLSearchParams({ q: '图书馆', purpose: '准备日报' });
      const reply = await reviewer.get(`/api/search?${query}`);
      expect(reply.json).toMatchObject({ items: [{ postId, excerpt: null, marks: ['source-edited'] }] });
      expect(reply.text).not.toContain('CANARY');
      expect(await readings()).toEqual([]);
    });
  });
});
