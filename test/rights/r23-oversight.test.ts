import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkAudit } from '../../pipeline/commands/link-audit.ts';
import { type RouteName, type RouteSpec, routes } from '../../review-api/contract/routes.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Visitor } from '../harness/visitor.ts';

interface Reading {
  actorId: string;
  actorName: string | null;
  postId: string;
  purpose: string;
}
interface Count {
  actorId: string;
  reads: number;
  texts: number;
  actions: number;
  conspicuous: boolean;
}

describeSetUps('R23: the read log in the eyes of the independent reviewer', (emptyPlace) => {
  let office: Office;
  let auditor: Visitor;
  let curious: Visitor;
  let curiousId: string;
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: office.clock.now() };
    await office.stores.settings.save(
      'governance',
      {
        ...{ school: '沧澜', controller: null, independentReviewer: null, noticeUrl: null, contact: null },
        ...{ impactAssessment: null, manyReadsPerDay: 5, studentNumberPattern: null, restrictedSeries: [] },
      },
      { ...change, id: office.clock.newId() },
    );
    auditor = await office.visitAs('auditor');
    const login = await office.hire(['reviewer']);
    curious = office.visit();
    curiousId = (await curious.signIn(login, officePassword)).id;
    for (let i = 0; i < 7; i += 1) {
      const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: `秘密的原文第${i}条` });
      expect((await curious.get(`/api/cases/${caseId}`)).status).toBe(200);
    }
  });
  afterAll(() => office.close());

  it('shows who read what, when and why, by person, day and purpose; ids and no text', async () => {
    const all = await auditor.get('/api/readings?limit=100');
    const { items } = all.json as { items: Reading[] };
    expect(items).toHaveLength(7);
    expect(items[0]).toMatchObject({ actorId: curiousId, purpose: '查看线索' });
    expect(all.text).not.toContain('秘密的原文');
    const count = async (query: string) =>
      ((await auditor.get(`/api/readings?${query}`)).json as { items: Reading[] }).items.length;
    expect(await count(`actorId=${curiousId}`)).toBe(7);
    expect(await count('actorId=nobody')).toBe(0);
    expect(await count('fromDay=2026-11-20&untilDay=2026-11-20')).toBe(7);
    expect(await count('fromDay=2026-11-21')).toBe(0);
    for (const path of ['/api/readings', '/api/readings/export'])
      expect((await auditor.get(`${path}?fromDay=2026-11-21&untilDay=2026-11-20`)).json).toMatchObject({
        ...{ status: 400, field: 'fromDay', detail: expect.stringContaining('起止日期颠倒') },
      });
    expect(await count(`purpose=${encodeURIComponent('查看')}`)).toBe(7);
    expect(await count(`purpose=${encodeURIComponent('领导要看')}`)).toBe(0);
  });

  it('marks who reads much and does little, and nothing else follows', async () => {
    const counted = (await auditor.get('/api/readings/counts?days=2')).json as {
      threshold: number;
      items: Count[];
    };
    expect(counted.threshold).toBe(5);
    const mine = counted.items.find(({ actorId }) => actorId === curiousId);
    expect(mine).toMatchObject({ reads: 7, texts: 7, conspicuous: true });
    expect((await curious.get('/api/session')).status).toBe(200);
  });

  it('is exported as a table, in which nothing is a formula', async () => {
    const { csv } = (await auditor.get('/api/readings/export')).json as { csv: string };
    expect(csv.split('\r\n')).toHaveLength(9);
    expect(csv).toContain('查看线索');
    expect(csv).not.toContain('秘密的原文');
  });

  it('says whether the chains are whole, and keeps when that was last found', async () => {
    expect((await auditor.get('/api/audit/verification')).json).toEqual({ last: null });
    await linkAudit(
      { ...office.stores, clock: office.clock },
      { owner: 'test', sign: () => ({ kid: 'k', signature: 's' }), batchSize: 100, anchorAfterMs: 0 },
    );
    const run = await auditor.post('/api/audit/verification');
    expect(run.json).toMatchObject({ breakCount: 0, breaks: [] });
    expect((run.json as { entries: number }).entries).toBeGreaterThanOrEqual(7);
    expect((await auditor.get('/api/audit/verification')).json).toEqual({ last: run.json });
  });

  it('lets everybody see their own reading, and nobody another’s', async () => {
    const own = (await curious.get('/api/readings/mine')).json as { items: Reading[] };
    expect(new Set(own.items.map(({ actorId }) => actorId))).toEqual(new Set([curiousId]));
    expect((await auditor.get('/api/readings/mine')).json).toMatchObject({ items: [] });
    expect((await curious.get('/api/readings')).status).toBe(403);
    expect((await curious.get(`/api/readings/mine?actorId=${randomUUID()}`)).status).toBe(400);
  });
});

describe('R23: every route that shows a text has a purpose', () => {
  /** What is derived from the action where none is asked for, as the log holds it. */
  const derived: Partial<Record<RouteName, string>> = {
    ...{ readCase: '查看线索', openCase: '处理线索', readVersions: '核对原文修改', listCases: '浏览队列' },
    ...{ exportLawfulRequest: '依法调取', fetchLawfulFile: '依法调取' },
    ...{ readLawfulRequest: '登记簿', readRemoval: '登记簿', readPublicRequest: '登记簿' },
  };

  it('asked for where the text is outside one’s own queues, derived everywhere else', () => {
    const asking = (Object.entries(routes) as [RouteName, RouteSpec][])
      .filter(([, { query, body }]) => [query, body].some((part) => part !== null && 'purpose' in part.shape))
      .map(([name]) => name);
    for (const name of ['searchPosts', 'tryRule', 'readCase', 'openCase', 'readVersions'] as const)
      expect(asking).toContain(name);
    for (const name of Object.keys(derived)) expect(Object.keys(routes)).toContain(name);
  });
});
