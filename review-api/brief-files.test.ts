import { beforeAll, expect, test } from 'vitest';
import { previewBrief } from '../pipeline/commands/create-brief.ts';
import { refreshRollups } from '../pipeline/commands/refresh-rollups.ts';
import { rollupLayout } from '../pipeline/domain/rollup.ts';
import { readTables } from '../pipeline/extract/read-tables.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type HandoverScene, handOver, moveSlip, openHandoverScene } from '../test/harness/handover-scene.ts';
import { openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';

let scene: HandoverScene;
const said = '三食堂二楼的汤太咸，上周起反映过两次都没有人管。';
const from = '2026-11-01';
const until = '2026-11-30';

async function readLedger(visitor: Visitor, query = `from=${from}&until=${until}`) {
  await refreshRollups(scene.office);
  const reply = await visitor.get(`/api/case-ledger?${query}`);
  return { reply, rows: reply.status === 200 ? tablesOf(reply.bytes) : [] };
}

function tablesOf(bytes: Uint8Array): string[][] {
  const { tables } = readTables(bytes);
  return tables[0]?.rows.map(({ cells }) => cells) ?? [];
}

describeSetUps('files of briefs over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openHandoverScene(await openOffice({}, await emptyPlace()));
    return () => scene.office.close();
  });

  test('a period without cases says so', async () => {
    const { rows } = await readLedger(scene.director, 'from=2025-01-01&until=2025-01-31');
    expect(rows[1]?.[0]).toBe('本期无线索。');
  });

  test('a case a row: what was decided, the slip, what a person retold; never a word of the text', async () => {
    const { caseId, id } = await handOver(scene, { post: { text: said } });
    await moveSlip(scene.staff, id, 'receive');
    const card = { subject: { kind: 'case' as const, caseId }, version: 0, gist: '=反映食堂汤咸' };
    const commandId = scene.office.clock.newId();
    await scene.office.stores.instructions.saveCard(
      { ...card, commandId, nextStep: '', stockAnswerId: null },
      { actorId: 'u', accessClasses: ['open'], at: scene.office.clock.now() },
    );
    const { rows, reply } = await readLedger(scene.director);
    const [head = [], row = []] = rows;
    const under = (title: string) => row[head.indexOf(title)];
    expect(Object.fromEntries(head.map((title) => [title, under(title)]))).toMatchObject({
      ...{ 编号: caseId, 处理意见: '转办', 理由: '有服务诉求', 摘要: '=反映食堂汤咸', 负责单位: '后勤处' },
      ...{ 是否超期: '否', 状态: '已转办', 办结时间: '' },
      转办单号: expect.stringMatching(/^转〔2026〕\d{4}号$/),
      发现时间: expect.stringMatching(/^2026-11-\d\d \d\d:\d\d$/),
      要求办结: expect.stringMatching(/^2026-1\d-\d\d 18:00$/),
    });
    expect(JSON.stringify(rows)).not.toContain('上周起反映');
    expect(reply.headers.get('content-disposition')).toContain(encodeURIComponent('舆情台账'));
  });

  test('other classes are left out before anything is listed', async () => {
    const kinds = [
      await fileCase(scene.office, { kind: 'comment' }, { queues: ['review'], accessClass: 'victim' }),
      await fileCase(scene.office, { kind: 'comment' }, { queues: ['safety'], accessClass: 'safety' }),
    ];
    const listed = async (visitor: Visitor) => {
      const { rows } = await readLedger(visitor);
      return kinds.map(({ caseId }) => rows.some(([id]) => id === caseId));
    };
    expect(await listed(scene.director)).toEqual([true, false]);
    expect(await listed(scene.leader)).toEqual([false, false]);
    expect((await readLedger(scene.head)).reply.status).toBe(403);
  });

  test('the ledger is not written from half of the facts, and counts what has just changed', async () => {
    const path = `/api/case-ledger?from=${from}&until=${until}`;
    const { rows } = await readLedger(scene.director);
    await scene.office.stores.rollups.noteAll(0);
    expect((await scene.director.get(path)).json).toMatchObject({ status: 503, code: 'retry-later' });
    await scene.office.stores.rollups.noteAll(rollupLayout);
    const reply = await scene.director.get(path);
    expect(tablesOf(reply.bytes)).toEqual(rows);
  });

  test('a brief is for who writes while it is written, and for every reader once it is approved', async () => {
    const { stores, clock } = scene.office;
    const made = await previewBrief({ kind: 'daily', days: null, subject: null }, scene.office.deps);
    const id = clock.newId();
    const hand = (actorId: string) => ({ actorId, onBehalfOf: null });
    const command = { commandId: id, ...made, scheduleKey: null, replaces: null };
    await stores.briefs.create(command, hand('u-1'), clock.now());
    const path = `/api/briefs/${id}/file?as=html`;
    expect((await scene.leader.get(path)).status).toBe(404);
    expect((await scene.reviewer.get(path)).text).toContain('未经审定');
    for (const [version, move, who] of [[1, 'submit', 'u-1'] as const, [2, 'approve', 'u-2'] as const]) {
      const moving = { commandId: clock.newId(), briefId: id, version, move, reason: null };
      await stores.briefs.move(moving, hand(who), { at: clock.now(), mayApprove: true });
    }
    const { hash } = (await stores.briefs.find(id)) ?? { hash: null };
    const reply = await scene.leader.get(path);
    expect(reply.text).toContain(`存档 SHA-256 ${hash}`);
    expect(reply.text).not.toContain('未经审定');
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await scene.head.get(path)).status).toBe(403);
    const undoing = {
      commandId: clock.newId(),
      briefId: id,
      version: 3,
      move: 'withdraw' as const,
      reason: '口径有误',
    };
    await stores.briefs.move(undoing, hand('u-2'), { at: clock.now(), mayApprove: true });
    expect((await scene.leader.get(`/api/briefs/${id}`)).status).toBe(404);
    expect((await scene.leader.get(path)).status).toBe(404);
    expect((await scene.reviewer.get(path)).text).toContain('已撤回');
  });

  test('what leaves is noted: who, what, when', async () => {
    await readLedger(scene.director);
    const { audit } = scene.office.stores;
    await audit.linkPending(1, 1000);
    const chains = await audit.listChains();
    const entries = await Promise.all(chains.map((chain) => audit.readChain(chain, 0, 1000)));
    const noted = entries
      .flat()
      .filter(({ entry }) => entry !== 'unreadable' && entry?.action === 'ledger.exported');
    expect(noted.at(-1)?.entry).toMatchObject({ subject: `${from}/${until}`, actorId: expect.any(String) });
    expect(JSON.parse(noted.at(-1)?.payload?.body ?? '{}')).toMatchObject({ rows: expect.any(Number) });
  });

  test('a wrong period is refused by its field', async () => {
    const { reply } = await readLedger(scene.director, 'from=2026-11-02&until=2026-11-01');
    expect(reply.json).toMatchObject({ status: 400, field: 'until' });
    const long = await readLedger(scene.director, 'from=2020-01-01&until=2026-11-01');
    expect(long.reply.json).toMatchObject({ status: 400, field: 'until' });
  });
});
