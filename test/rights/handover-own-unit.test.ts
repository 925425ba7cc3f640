import { afterAll, beforeAll, expect, test } from 'vitest';
import { HandoverCounts, NewHandoverLink } from '../../review-api/contract/handover.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import {
  type HandoverScene,
  handOver,
  listSlips,
  moveSlip,
  openHandoverScene,
  readSlip,
} from '../harness/handover-scene.ts';
import { openOffice } from '../harness/office.ts';
import type { Visitor } from '../harness/visitor.ts';

let scene: HandoverScene;
/** A slip of 后勤处, with a word in its text that stands nowhere else. */
let own: { id: string; caseId: string };
let number: string;
const canary = '晴川阁';

const countOf = async (visitor: Visitor) =>
  HandoverCounts.parse((await visitor.get('/api/handovers/counts')).json).items.find(
    ({ filter }) => filter === 'all',
  )?.count;

/** Every way in which a slip could be asked for. */
async function everyAnswer(visitor: Visitor): Promise<string> {
  const encoded = encodeURIComponent(number);
  const body = { commandId: crypto.randomUUID(), version: 1, text: '越权' };
  const replies = [
    await visitor.get('/api/handovers?filter=all&limit=200'),
    await visitor.get('/api/handovers?filter=sent'),
    await visitor.get(`/api/handovers?number=${encoded}`),
    await visitor.get('/api/handovers/counts'),
    await visitor.get(`/api/handovers/${own.id}`),
    await visitor.get(`/api/handovers/of-case/${own.caseId}`),
    await visitor.post(`/api/handovers/${own.id}/act`, { ...body, move: 'opinion' }),
    await visitor.post(`/api/handovers/${own.id}/answer`, { ...body, move: 'answer' }),
    await visitor.post(`/api/handovers/${own.id}/manage`, { ...body, move: 'close' }),
    await visitor.post(`/api/handovers/${own.id}/supervise`, { ...body, move: 'supervise' }),
    await visitor.post(`/api/handovers/${own.id}/links`),
  ];
  return replies.map(({ text }) => text).join('\n');
}

describeSetUps('a unit and its slips', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openHandoverScene(await openOffice({}, await emptyPlace()));
    own = await handOver(scene, {
      post: { text: `${canary}门口的灯坏了` },
      order: { request: `请看${canary}门口的灯` },
    });
    number = (await readSlip(scene.head, own.id)).number;
  });
  afterAll(() => scene.office.close());

  test('a head never sees another unit’s slip: in no list, count, reading, move, link or stream', async () => {
    // Neither the case behind it nor the stream of changes is for units.
    const behind = [
      await scene.otherHead.get(`/api/cases/${own.caseId}?purpose=${encodeURIComponent('看看别的单位')}`),
      await scene.otherHead.get('/api/events'),
    ];
    expect(behind.map(({ status }) => status)).toEqual([403, 403]);
    const answers = (await everyAnswer(scene.otherHead)) + behind.map(({ text }) => text).join('\n');
    for (const trace of [canary, own.id, own.caseId, number]) expect(answers).not.toContain(trace);
    expect(await listSlips(scene.otherHead)).toEqual([]);
    expect(await countOf(scene.otherHead)).toBe(0);
    const foreign = await scene.otherHead.get(`/api/handovers/${own.id}`);
    const none = await scene.otherHead.get('/api/handovers/no-such-slip');
    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect(foreign.json).toMatchObject({ detail: (none.json as { detail: string }).detail });
    // The own unit's is there, so that the silence above means something.
    expect(await listSlips(scene.head)).toEqual([own.id]);
    expect(await countOf(scene.staff)).toBe(1);
    expect((await readSlip(scene.head, own.id)).matter.text).toMatchObject({ mode: 'full' });
  });

  test('somebody without a unit has no slips, and no role beside unit and office has any', async () => {
    const strangers = [
      await scene.office.visitAs('editor'),
      await scene.office.visitAs('analyst'),
      await scene.office.visitAs('safety'),
      await scene.office.visitAs('operator'),
      await scene.office.visitAs('account-admin'),
      await scene.office.visitAs('auditor'),
    ];
    for (const stranger of strangers) {
      const answers = await everyAnswer(stranger);
      expect(answers).not.toContain(number);
      expect((await stranger.get('/api/handovers')).status).toBe(403);
    }
  });

  test('R23: readings by a unit, by the office and by a link are in the log with who and what for', async () => {
    const { token } = NewHandoverLink.parse(
      (await scene.reviewer.post(`/api/handovers/${own.id}/links`)).json,
    );
    await scene.reviewer.get(`/api/handovers/${own.id}`);
    await scene.office.visit().post('/api/handover-links/open', { token });
    const { items } = await scene.office.stores.reads.list({ cursor: null, limit: 50 });
    const ofSlip = items.filter(({ caseId }) => caseId === own.caseId);
    const purposes = new Set(ofSlip.map(({ purpose }) => purpose));
    expect([...purposes].sort()).toEqual(['处理线索', '办理转办单', '查看转办单', '转办单链接'].sort());
    const [link] = await scene.office.stores.handovers.listLinks(own.id);
    const byLink = ofSlip.find(({ purpose }) => purpose === '转办单链接');
    expect(byLink?.actorId).toBe(`link:${link?.id}`);
    expect(JSON.stringify(ofSlip)).not.toContain(token);
    // Whoever was refused has read nothing.
    const other = await scene.office.stores.users.findByLogin('unit-head-6');
    expect(other).not.toBeNull();
    expect(ofSlip.map(({ actorId }) => actorId)).not.toContain(other?.id);
  });

  test('R19: a case that goes to those on duty takes its slip with all texts out of everybody’s sight', async () => {
    const { id, caseId } = await handOver(scene, { post: { text: `${canary}有人轻生的帖子` } });
    const { token } = NewHandoverLink.parse((await scene.reviewer.post(`/api/handovers/${id}/links`)).json);
    const phone = scene.office.visit();
    expect((await phone.post('/api/handover-links/open', { token })).status).toBe(200);
    await moveSlip(scene.head, id, 'return', { reason: 'other', text: `${canary}像是求助` });
    const opened = await scene.reviewer.post(`/api/cases/${caseId}/open`, {});
    const { version } = opened.json as { version: number };
    const refer = await scene.reviewer.post(`/api/cases/${caseId}/decisions`, {
      ...{ commandId: crypto.randomUUID(), version, kind: 'refer-safety', reason: 'safety-risk' },
    });
    expect(refer.status).toBe(200);
    expect((await phone.post('/api/handover-links/open', { token })).status).toBe(404);
    for (const visitor of [scene.head, scene.staff, scene.reviewer, scene.director]) {
      expect(await listSlips(visitor)).not.toContain(id);
      expect((await visitor.get(`/api/handovers/${id}`)).status).toBe(404);
    }
    const ofCase = await scene.reviewer.get(`/api/handovers/of-case/${caseId}`);
    expect(ofCase.status).toBe(404);
    expect((await scene.leader.get('/api/handovers?limit=200')).text).not.toContain(id);
    expect(scene.office.log()).not.toContain(canary);
  });
});
