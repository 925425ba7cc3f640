import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildQueuedVerdict } from '../test/builders/post.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import {
  type HandoverScene,
  handOver,
  listSlips,
  moveSlip,
  openHandoverScene,
  readSlip,
} from '../test/harness/handover-scene.ts';
import { openOffice } from '../test/harness/office.ts';
import { CaseDetail } from './contract/case-detail.ts';
import { HandoverCounts, HandoverDue, LinkedHandover, NewHandoverLink } from './contract/handover.ts';

let scene: HandoverScene;

const caseOf = async (caseId: string) =>
  CaseDetail.parse(
    (await scene.reviewer.get(`/api/cases/${caseId}?purpose=${encodeURIComponent('核对转办')}`)).json,
  );

describeSetUps('hand-overs over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openHandoverScene(await openOffice({}, await emptyPlace()));
    return () => scene.office.close();
  });

  test('from the decision to the end: signed for, answered, done again, closed', async () => {
    const { caseId, id, reply } = await handOver(scene, { order: { urgency: 'urgent' } });
    expect(reply.json).toMatchObject({ state: 'handed-over', decisionId: id });
    const slip = await readSlip(scene.staff, id);
    expect(slip).toMatchObject({
      ...{ state: 'sent', urgency: 'urgent', number: '转〔2026〕0001号', links: null },
      ...{ caseId: null, caseQueue: null },
      ...{ executorUnit: { id: 'logistics', name: '后勤处' }, request: '请核实并答复。' },
      // Two working days after Friday, 20 November.
      dueAt: '2026-11-24T10:00:00.000Z',
      matter: { text: { mode: 'full', text: '三食堂二楼的汤太咸，上周起反映过两次都没有人管。' } },
      moves: ['receive', 'return'],
    });
    expect((await moveSlip(scene.staff, id, 'receive')).json).toMatchObject({
      state: 'received',
      version: 2,
    });
    expect((await readSlip(scene.staff, id)).moves).not.toContain('answer');
    expect((await moveSlip(scene.staff, id, 'draft', { text: '拟答复：已换汤桶。' })).status).toBe(200);
    const refused = await moveSlip(scene.staff, id, 'answer', { text: '越权' });
    expect(refused.json).toMatchObject({ status: 403, code: 'not-permitted' });
    await moveSlip(scene.head, id, 'answer', { text: '已整改，汤每日检测含盐量。' });
    expect((await caseOf(caseId)).state).toBe('answered');
    expect((await moveSlip(scene.reviewer, id, 'redo', { text: '请说明何时公示。' })).status).toBe(200);
    const quoting = '学生说“三食堂二楼的汤太咸，上周起反映过两次都没有人管”，已整改。';
    await moveSlip(scene.head, id, 'answer', { text: '每周一公示。' });
    const answered = await readSlip(scene.reviewer, id);
    expect(answered.caseId).toBe(caseId);
    expect((await caseOf(caseId)).queues).toContain(answered.caseQueue);
    expect(answered.events.filter(({ kind }) => kind === 'answer').map(({ kept }) => kept)).toEqual([
      ...['record', 'record'],
    ]);
    expect(answered.moves).toEqual(['redo', 'close']);
    await moveSlip(scene.reviewer, id, 'close');
    expect((await caseOf(caseId)).state).toBe('closed');
    const other = await handOver(scene, {});
    await moveSlip(scene.head, other.id, 'receive');
    await moveSlip(scene.head, other.id, 'answer', { text: quoting });
    const kept = (await readSlip(scene.head, other.id)).events.find(({ kind }) => kind === 'answer')?.kept;
    expect(kept).toBe('comment');
  });

  test('what is wrong with an order or a move names its field', async () => {
    const wrong = async (order: object, unitId = 'logistics') =>
      (await handOver(scene, { order, unitId })).reply.json;
    expect(await wrong({ executorUnitId: 'nobody' })).toMatchObject({ field: 'handover.executorUnitId' });
    expect(await wrong({ coUnitIds: ['logistics'] })).toMatchObject({ field: 'handover.coUnitIds' });
    expect(await wrong({ dueAt: '2026-11-19T00:00:00.000Z' })).toMatchObject({ field: 'handover.dueAt' });
    expect(await wrong({ dueInWorkingDays: 100 })).toMatchObject({ field: 'handover.dueInWorkingDays' });
    expect(await wrong({ plannedDueAt: '2027-01-01T00:00:00.000Z' })).toMatchObject({ status: 400 });
    const { id } = await handOver(scene);
    await moveSlip(scene.staff, id, 'receive');
    const far = { dueAt: '2027-06-01T10:00:00.000Z', text: '等配件' };
    expect((await moveSlip(scene.staff, id, 'ask-extension', far)).json).toMatchObject({ field: 'dueAt' });
    expect((await moveSlip(scene.head, id, 'answer', { text: '' })).json).toMatchObject({ field: 'text' });
    const stale = await moveSlip(scene.staff, id, 'draft', { text: '拟答复', version: 1 });
    expect(stale.json).toMatchObject({ status: 409, code: 'conflict' });
    // A move of another right is not taken by this door.
    const door = await scene.staff.post(`/api/handovers/${id}/act`, {
      ...{ commandId: randomUUID(), version: 2, move: 'close' },
    });
    expect(door.json).toMatchObject({ status: 400, field: 'move' });
  });

  test('time is asked for and granted, others help, and urging waits an hour', async () => {
    const { id } = await handOver(scene);
    await moveSlip(scene.staff, id, 'receive');
    const { dueAt, latestExtension } = await readSlip(scene.staff, id);
    expect(latestExtension > dueAt).toBe(true);
    await moveSlip(scene.staff, id, 'ask-extension', { dueAt: latestExtension, text: '等配件到货' });
    expect(await listSlips(scene.reviewer, 'extension')).toEqual([id]);
    await moveSlip(scene.reviewer, id, 'grant-extension');
    expect(await readSlip(scene.staff, id)).toMatchObject({ dueAt: latestExtension, firstDueAt: dueAt });
    await moveSlip(scene.reviewer, id, 'add-co-units', { unitIds: ['library'] });
    expect(await listSlips(scene.otherHead)).toEqual([id]);
    expect((await readSlip(scene.otherHead, id)).moves).toEqual(['opinion']);
    expect((await moveSlip(scene.otherHead, id, 'opinion', { text: '图书馆已配合。' })).status).toBe(200);
    expect((await moveSlip(scene.reviewer, id, 'urge')).status).toBe(200);
    expect((await moveSlip(scene.reviewer, id, 'urge')).json).toMatchObject({ status: 409 });
  });

  test('a leader sees the list and supervises, and reads no text', async () => {
    const { id } = await handOver(scene);
    const listed = await scene.leader.get('/api/handovers?filter=all&limit=200');
    expect(listed.text).toContain(id);
    expect(listed.text).not.toMatch(/汤|核实/);
    expect((await scene.leader.get(`/api/handovers/${id}`)).status).toBe(403);
    const asked = { commandId: randomUUID(), version: 1, move: 'supervise', text: '请抓紧' };
    expect((await scene.leader.post(`/api/handovers/${id}/supervise`, asked)).status).toBe(200);
    expect(await listSlips(scene.director, 'supervised')).toEqual([id]);
    const counts = HandoverCounts.parse((await scene.leader.get('/api/handovers/counts')).json);
    expect(counts.items.find(({ filter }) => filter === 'supervised')?.count).toBe(1);
  });

  test('the due time is told before it is ordered, by the calendar', async () => {
    const due = async (query: string) =>
      HandoverDue.parse((await scene.reviewer.get(`/api/handovers/due?${query}`)).json);
    expect(await due('urgency=top')).toEqual({ dueAt: '2026-11-23T10:00:00.000Z', days: 1, known: true });
    expect(await due('days=5')).toMatchObject({ dueAt: '2026-11-27T10:00:00.000Z' });
    expect((await due('days=60')).known).toBe(false);
  });

  test('of somebody who is harmed a unit sees the request and the place, not the text; nor may the office quote it', async () => {
    const text = '计算机学院大二的陆听澜同学把照片发在群里，大家都在转，手机号 13900001234。';
    const victim = { post: { text }, verdict: { accessClass: 'victim' as const } };
    const quoted = await handOver(scene, { ...victim, order: { request: `请核实：${text.slice(0, 30)}` } });
    expect(quoted.reply.json).toMatchObject({ status: 400, field: 'handover.request' });
    const { id } = await handOver(scene, { ...victim, order: { request: '请核实群内照片外传一事。' } });
    const seen = await scene.staff.get(`/api/handovers/${id}`);
    expect(seen.json).toMatchObject({
      request: '请核实群内照片外传一事。',
      matter: { text: { mode: 'hidden' } },
    });
    expect(seen.text).not.toMatch(/听澜|1390000/);
    expect((await readSlip(scene.reviewer, id)).matter.text).toMatchObject({ mode: 'masked' });
    expect((await readSlip(scene.director, id)).matter.text).toMatchObject({ mode: 'full', text });
    const urged = await moveSlip(scene.director, id, 'urge', { text: `请尽快：${text.slice(0, 30)}` });
    expect(urged.json).toMatchObject({ status: 400, field: 'text' });
    await moveSlip(scene.head, id, 'receive');
    await moveSlip(scene.head, id, 'answer', { text: '已联系当事人 13900001234。' });
    expect((await scene.reviewer.get(`/api/handovers/${id}`)).text).not.toContain('13900001234');
    expect((await scene.director.get(`/api/handovers/${id}`)).text).toContain('13900001234');
  });

  test('what is masked for the office cannot be guessed by what is sent back (R19)', async () => {
    const text = '计算机学院大二的陆听澜同学把照片发在群里，大家都在转，手机号 13900001234。';
    const victim = { post: { text }, verdict: { accessClass: 'victim' as const } };
    const { caseId, id } = await handOver(scene, { ...victim, order: { request: '请核实群内照片一事。' } });
    // Of a version that never was: nothing is written by a wrong guess.
    for (const guess of ['139', '755']) {
      const words = `听澜同学把照片发在群里，大家都在转，手机号 ${guess}`;
      const decided = await scene.reviewer.post(`/api/cases/${caseId}/decisions`, {
        ...{ commandId: randomUUID(), version: 99, kind: 'hand-over', reason: 'service-need' },
        ...{ unitId: 'logistics', handover: { request: words } },
      });
      expect(decided.status).toBe(409);
      expect((await moveSlip(scene.reviewer, id, 'urge', { version: 99, text: words })).status).toBe(409);
      expect((await moveSlip(scene.director, id, 'urge', { version: 99, text: words })).status).toBe(
        guess === '139' ? 400 : 409,
      );
    }
  });

  test('the slip of a lead is due by the superior’s time, and goes with the lead', async () => {
    const { office, reviewer } = scene;
    const deadline = new Date(Date.parse(office.clock.now()) + 30 * 3_600_000).toISOString();
    const lead = await reviewer.post('/api/leads', {
      ...{ commandId: randomUUID(), source: 'hotline-12345', documentNumber: '沧热转〔2026〕9号', deadline },
      ...{ receivedAt: office.clock.now(), summary: '市民反映南区三号楼暖气不热，请学校答复。' },
    });
    const postId = (lead.json as { lead: { id: string } }).lead.id;
    const judgement = { postId, textVersion: 1, verdict: buildQueuedVerdict({ findings: [] }), tokens: [] };
    const caseId = office.clock.newId();
    await office.stores.posts.storeJudgements([{ ...judgement, caseId }], office.clock.now());
    await reviewer.post(`/api/cases/${caseId}/open`, {});
    const id = randomUUID();
    await reviewer.post(`/api/cases/${caseId}/decisions`, {
      ...{ commandId: id, version: 1, kind: 'hand-over', reason: 'service-need', unitId: 'logistics' },
    });
    expect((await readSlip(scene.staff, id)).dueAt).toBe(deadline);
    await moveSlip(scene.staff, id, 'receive');
    const more = { dueAt: new Date(Date.parse(deadline) + 3_600_000).toISOString(), text: '等配件' };
    expect((await moveSlip(scene.staff, id, 'ask-extension', more)).json).toMatchObject({ field: 'dueAt' });
    const withdrawal = { commandId: randomUUID(), revision: 1, reason: '与上一件重复' };
    const gone = await reviewer.post(`/api/leads/${encodeURIComponent(postId)}/withdraw`, withdrawal);
    expect(gone.status).toBe(200);
    expect(await readSlip(scene.staff, id)).toMatchObject({ state: 'withdrawn', moves: [] });
  });

  describe('a one-time link', () => {
    const make = async (id: string) =>
      NewHandoverLink.parse((await scene.reviewer.post(`/api/handovers/${id}/links`)).json);
    const open = (visitor: ReturnType<HandoverScene['office']['visit']>, token: string) =>
      visitor.post('/api/handover-links/open', { token });

    test('shows the slip on the first device without login, and to no other', async () => {
      const { id } = await handOver(scene, { order: { request: '请当天答复。' } });
      const { token, expiresAt } = await make(id);
      expect(token).toMatch(/^[\w-]{43}$/);
      const phone = scene.office.visit();
      const first = await open(phone, token);
      expect(LinkedHandover.parse(first.json)).toMatchObject({
        ...{ id, request: '请当天答复。', executorUnit: { name: '后勤处' }, expiresAt },
        matter: { text: { mode: 'full' } },
      });
      const { audit } = scene.office.stores;
      await audit.linkPending(1, 1000);
      const chains = await Promise.all(
        (await audit.listChains()).map((one) => audit.readChain(one, 0, 1000)),
      );
      const entries = chains.flat().map(({ entry }) => entry);
      expect(entries).toContainEqual(expect.objectContaining({ action: 'handover.link-made', subject: id }));
      const cookie = first.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^guanlan_slip=[\w-]{43};.*Max-Age=259200;.*HttpOnly;.*SameSite=Strict/);
      expect((await open(phone, token)).status).toBe(200);
      // Acting takes a person.
      expect((await phone.get(`/api/handovers/${id}`)).status).toBe(401);
      const elsewhere = await open(scene.office.visit(), token);
      const wrong = await open(scene.office.visit(), 'A'.repeat(43));
      expect(elsewhere.status).toBe(404);
      const said = ({ json }: typeof wrong) => ({ ...(json as object), requestId: null, instance: null });
      expect(said(elsewhere)).toEqual(said(wrong));
      expect(scene.office.log()).not.toContain(token);
      expect(first.headers.get('referrer-policy')).toBe('no-referrer');
    });

    test('ends after 72 hours, and with the slip', async () => {
      const { id } = await handOver(scene);
      const { token } = await make(id);
      const phone = scene.office.visit();
      expect((await open(phone, token)).status).toBe(200);
      await moveSlip(scene.reviewer, id, 'withdraw', { text: '另行处理' });
      expect((await open(phone, token)).status).toBe(404);
      expect((await scene.reviewer.post(`/api/handovers/${id}/links`)).status).toBe(409);
      const later = await handOver(scene);
      const { token: second } = await make(later.id);
      scene.office.clock.advance(72 * 3_600_000);
      expect((await open(phone, second)).status).toBe(404);
      scene.office.clock.advance(-72 * 3_600_000);
    });

    test('of somebody who is harmed never shows the text', async () => {
      const { id } = await handOver(scene, {
        ...{ post: { text: '陆听澜的照片被人外传' }, verdict: { accessClass: 'victim' as const } },
      });
      const { token } = await make(id);
      const shown = await open(scene.office.visit(), token);
      expect(shown.json).toMatchObject({ matter: { text: { mode: 'hidden' } } });
      expect(shown.text).not.toContain('听澜');
    });

    test('is not guessed at: after many that were wrong, none is tried', async () => {
      let refused = 0;
      for (let guess = 0; guess < 70; guess += 1) {
        const { status } = await open(scene.office.visit(), `guess-${guess}`);
        expect([404, 429]).toContain(status);
        if (status === 429) refused += 1;
      }
      expect(refused).toBeGreaterThan(0);
    });
  });
});
