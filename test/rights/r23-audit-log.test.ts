import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { linkAudit } from '../../pipeline/commands/link-audit.ts';
import { purgeOnTime } from '../../pipeline/commands/purge-on-time.ts';
import { Action, Role } from '../../pipeline/domain/role.ts';
import type {
  AuditChains,
  AuditPage,
  NoticePreview,
  Retention,
  RightsTable,
  SettingsHistory,
} from '../../review-api/contract/administration.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Visitor } from '../harness/visitor.ts';

type Page = z.infer<typeof AuditPage>;
const secret = '秘密的原文';
const dayMs = 86_400_000;

describeSetUps('R23: what was done, in the eyes of the independent reviewer', (emptyPlace) => {
  let office: Office;
  let auditor: Visitor;
  let director: Visitor;
  let caseId: string;
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    const change = { expectedVersion: 0, actorId: null, source: 'governance.yaml', at: office.clock.now() };
    await office.stores.settings.save(
      'governance',
      {
        ...{ school: '沧澜', controller: null, independentReviewer: null, noticeUrl: null, contact: null },
        ...{ impactAssessment: null, manyReadsPerDay: 5, studentNumberPattern: null, restrictedSeries: [] },
      },
      { ...change, id: office.clock.newId() },
    );
    ({ caseId } = await fileCase(office, { kind: 'comment', title: '', text: secret }));
    auditor = await office.visitAs('auditor');
    director = await office.visitAs('director');
    const noted = await director.post(`/api/cases/${caseId}/notes`, {
      ...{ commandId: office.clock.newId(), note: `引用了${secret}` },
    });
    expect(noted.status).toBeLessThan(300);
  });
  afterAll(() => office.close());

  it('is told with ids and nothing of what was written, by family, thing and day', async () => {
    const all = await auditor.get('/api/audit/entries?limit=100');
    const { items } = all.json as Page;
    expect(items.length).toBeGreaterThan(0);
    expect(all.text).not.toContain(secret);
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(
      ['action', 'actorId', 'actorName', 'at', 'chain', 'erased', 'id', 'linked', 'subject'].sort(),
    );
    const of = async (query: string) =>
      ((await auditor.get(`/api/audit/entries?${query}`)).json as Page).items.map(({ action }) => action);
    expect(await of('family=settings')).toEqual(['settings.changed']);
    expect(await of('family=nothing')).toEqual([]);
    expect(await of('untilDay=2020-01-01')).toEqual([]);
    expect((await auditor.get('/api/audit/entries?fromDay=2026-11-02&untilDay=2026-11-01')).status).toBe(400);
  });

  it('is linked in chains whose ends are signed', async () => {
    const before = (await auditor.get('/api/audit/chains')).json as AuditChains;
    expect(before.unlinked).toBeGreaterThan(0);
    const sign = (bytes: Uint8Array) => ({ kid: 'test-key', signature: String(bytes.length) });
    const ports = { audit: office.stores.audit, leases: office.stores.leases, clock: office.clock };
    await linkAudit(ports, { owner: 'test', sign });
    const { items, unlinked } = (await auditor.get('/api/audit/chains')).json as AuditChains;
    expect(unlinked).toBe(0);
    for (const { chain, length, hash, anchor } of items) {
      expect(hash, chain).toMatch(/^[0-9a-f]{64}$/);
      expect(anchor, chain).toMatchObject({ seq: length, kid: 'test-key' });
    }
    expect(items.map(({ chain }) => chain.split('/')[0])).toContain('audit');
  });

  it('R19: how much is kept is counted for the independent reviewer alone; terms are told to who answers for them', async () => {
    const told = (await director.get('/api/retention')).json as Retention;
    expect(told.counts).toBeNull();
    expect(told.terms.find(({ retention }) => retention === 'comment')?.term).toEqual({ days: 90 });
    const counted = (await auditor.get('/api/retention')).json as Retention;
    expect(counted.counts?.parts.find(({ part }) => part === 'comment')).toMatchObject({
      kept: 1,
      overdue: 0,
    });
    expect(counted.lastPurgeAt).toBeNull();
  });

  it('R14: the notice is that of the public page, and who changed what it is made from is told', async () => {
    const { sections, school, settingsVersion, unfilled } = (await director.get('/api/notice'))
      .json as NoticePreview;
    const page = (await office.visit().get('/public/notice')).text;
    expect(page).toContain(`第 ${settingsVersion} 版`);
    expect(unfilled).toContain('独立监督');
    for (const said of [school, ...sections.flatMap(({ title, rows }) => [title, ...rows.flat()])]) {
      expect(page).toContain(said);
    }
    const { inForce, items } = (await auditor.get('/api/settings-changes?kind=governance'))
      .json as SettingsHistory;
    expect(items).toMatchObject([
      { kind: 'governance', version: 1, byMachine: true, source: 'governance.yaml' },
    ]);
    expect(inForce.find(({ kind }) => kind === 'governance')?.change?.version).toBe(1);
    expect(inForce.find(({ kind }) => kind === 'chains')?.change).toBeNull();
  });

  it('the table of rights has every role and right, and no role that oversees holds what it oversees', async () => {
    const { roles, actions, apart } = (await (await office.visitAs('editor')).get('/api/rights'))
      .json as RightsTable;
    expect(roles.map(({ role }) => role)).toEqual(Role.options);
    expect(actions.map(({ action }) => action)).toEqual(Action.options);
    const holders = (action: Action) =>
      actions.find((one) => one.action === action)?.holders.map(({ role }) => role);
    expect(holders('audit.read')).toEqual(['auditor']);
    expect(holders('user.manage')).toEqual(['account-admin']);
    expect(actions.find(({ action }) => action === 'handover.answer')?.holders).toEqual([
      { role: 'unit-head', scope: 'own-unit' },
    ]);
    expect(roles.find(({ role }) => role === 'safety')?.queues).toEqual(['safety']);
    expect(roles.find(({ role }) => role === 'auditor')?.view).toEqual({
      ...{ open: 'none', victim: 'none', safety: 'none' },
    });
    expect(apart).toContainEqual(['account-admin', 'auditor']);
  });

  it('R8: a purge that erased anything is in the log, with how much; one that found nothing is not', async () => {
    const ports = { stores: office.stores, blobs: office.deps.blobs, clock: office.clock };
    await purgeOnTime(ports);
    const purges = async () =>
      ((await (await office.visitAs('auditor')).get('/api/audit/entries?family=retention')).json as Page)
        .items;
    expect(await purges()).toEqual([]);
    office.clock.advance(91 * dayMs);
    await purgeOnTime(ports);
    expect(await purges()).toMatchObject([{ action: 'retention.purged', actorId: null, subject: 'store' }]);
    const { counts, lastPurgeAt } = (await (await office.visitAs('auditor')).get('/api/retention'))
      .json as Retention;
    expect(counts?.lastPurge).toMatchObject({ texts: 1 });
    expect(lastPurgeAt).toBe(office.clock.now());
  });
});
