import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import { LeadRequest } from '../../review-api/contract/lead.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { findInRawFiles } from '../harness/raw-bytes.ts';
import type { Visitor } from '../harness/visitor.ts';

/** What a person types about others must not be kept; each stands in another place of the form. */
const canaries = ['金丝雀甲', '金丝雀乙', '金丝雀丙', 'canary-sharer', 'canary-password'] as const;
const [quoted, stated, mentioned, sharer, password] = canaries;
const kept = '南区三号楼暖气不热';
const reason = '登记时楼栋写错了';

describe('R1, R2: a lead is one thing that a person brought, and nobody’s name', () => {
  let office: Office;
  let reviewer: Visitor;
  beforeEach(async () => {
    office = await openOffice();
    // The first judgement takes long to get ready, and holds whoever waits for an answer.
    await office.deps.judgeTexts([{ stored: '预备', kind: 'lead', metrics: {}, textVersion: 1 }]);
    reviewer = await office.visitAs('reviewer');
  });
  afterEach(() => office.close());

  const request = (more: object = {}) => ({
    ...{ commandId: randomUUID(), source: 'forwarded-link', receivedAt: office.clock.now() },
    summary: `网友“${quoted}”反映${kept}，昵称：${stated}，@${mentioned} 转发。`,
    link: `https://u:${password}@bbs.canglan.example/t/1?share_uid=${sharer}`,
    ...more,
  });

  it('leaves no name in database, index, read log or server log; the summary and the link are there', async () => {
    expect((await reviewer.post('/api/leads', request())).status).toBe(200);
    await judgeAllDue(office.deps);
    const raw = (text: string) => findInRawFiles(office.folder, text);
    expect(raw(kept)).not.toEqual([]);
    expect(raw('https://bbs.canglan.example/t/1')).not.toEqual([]);
    expect(canaries.filter((name) => raw(name).length > 0 || office.log().includes(name))).toEqual([]);
    expect(office.log()).not.toContain(kept);
  });

  it('has no field for who said it, for many at once, or for going on watching', () => {
    expect(Object.keys(LeadRequest.shape).sort()).toEqual(
      ['commandId', 'source', 'documentNumber', 'deadline', 'receivedAt', 'link', 'summary'].sort(),
    );
    for (const field of ['author', 'account', 'watch', 'items', 'every']) {
      expect(LeadRequest.safeParse({ ...request(), [field]: 'x' }).success).toBe(false);
    }
  });

  it('of a person’s own page is refused', async () => {
    const reply = await reviewer.post(
      '/api/leads',
      request({ link: 'https://www.douyin.com/user/MS4wLjABAAAA' }),
    );
    expect(reply.json).toMatchObject({ status: 400, field: 'link' });
  });

  it('loses its text after 90 days, notes and earlier versions too; the count of the year stays (R8)', async () => {
    const { lead } = (await reviewer.post('/api/leads', request())).json as { lead: { id: string } };
    await judgeAllDue(office.deps);
    const summary = '反映的是北区五号楼暖气不热。';
    const change = { ...request({ summary, link: null }), revision: 1, reason };
    expect((await reviewer.post(`/api/leads/${encodeURIComponent(lead.id)}/change`, change)).status).toBe(
      200,
    );
    office.clock.advance(91 * 86_400_000);
    const blobs = await FileBlobStore.open(`${office.folder}/blobs`);
    await purgeExpired({ stores: office.stores, clock: office.clock, blobs });
    for (const text of [kept, '北区五号楼', reason])
      expect(findInRawFiles(office.folder, text), text).toEqual([]);
    const visitor = await office.visitAs('reviewer');
    expect((await visitor.get('/api/leads/counts?year=2026')).json).toMatchObject({
      items: [{ source: 'forwarded-link', registered: 1 }],
    });
  });
});
