import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import {
  approveDraft,
  buildChainSetting,
  contentOf,
  createDraft,
  type DraftScene,
  listDrafts,
  moveAll,
  moveDraft,
  openDraftScene,
  readDraft,
  saveDraft,
  saveSetting,
} from '../test/harness/draft-scene.ts';
import { openOffice } from '../test/harness/office.ts';
import { ChainPlan, DraftCounts, DraftHistory, SignerList } from './contract/draft.ts';
import { CheckAnswer, RoundCheck } from './contract/draft-check.ts';
import { VersionDiff } from './contract/draft-version.ts';

let scene: DraftScene;

describeSetUps('drafts over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openDraftScene(await openOffice({}, await emptyPlace()));
    return () => scene.office.close();
  });

  test('from the first word to the correction: three people, a seal each time', async () => {
    const { writer, staff, head, director, officer } = scene;
    const id = await createDraft(writer);
    expect(await readDraft(writer, id)).toMatchObject({
      ...{ state: 'draft', number: null, contentVersion: 1, closed: null, isMine: true, seal: null },
      ...{ moves: ['submit', 'ask-allowance', 'discard'], unit: { id: 'library', name: '图书馆' } },
    });
    expect(await listDrafts(writer, 'mine')).toContain(id);
    expect((await moveDraft(writer, id, 'submit')).json).toMatchObject({
      ...{ state: 'in-review', number: '审2026-0001', repeated: false },
    });
    expect(await listDrafts(staff, 'to-review')).toEqual([id]);
    expect(await listDrafts(head, 'to-review')).toEqual([]);
    const waiting = await readDraft(staff, id);
    expect(waiting).toMatchObject({ openSteps: ['first'], waitsForMe: true, openings: [{ step: 'first' }] });
    expect(waiting.moves).toEqual(['pass', 'return', 'reject', 'withdraw', 'record-offline']);
    expect(waiting.chain?.steps.map(({ people }) => people.map((one) => one.id))).toEqual([
      ...[[scene.ids.staff], [scene.ids.head], [scene.ids.director]],
    ]);
    await moveAll(id, [
      [staff, 'pass', { errorsFound: 2, text: '改了两处标点。' }],
      [head, 'pass', { errorsFound: 0 }],
    ]);
    expect((await readDraft(director, id)).seal).toBeNull();
    await moveAll(id, [[director, 'pass', { errorsFound: 0, readAloud: true }]]);
    const approved = await readDraft(writer, id);
    expect(approved).toMatchObject({
      state: 'approved',
      seal: { state: 'valid', version: 1, endedAt: null },
    });
    expect(approved.passes.map(({ step, errorsFound, readAloud }) => [step, errorsFound, readAloud])).toEqual(
      [
        ['first', 2, false],
        ['second', 0, false],
        ['final', 0, true],
      ],
    );
    const url = 'https://www.canglan.example/info/1.htm';
    await moveAll(id, [[writer, 'mark-published', { channelId: 'main-site', url }]]);
    expect((await readDraft(officer, id)).publications).toMatchObject([
      { channel: { name: '学校主页' }, url },
    ]);

    await moveAll(id, [[writer, 'start-correction', { text: '闭馆时间有误。' }]]);
    expect((await saveDraft(writer, id, { text: '图书馆每天二十一点闭馆。' })).status).toBe(200);
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'pass', { errorsFound: 0 }],
      [head, 'pass', { errorsFound: 0 }],
      [director, 'pass', { errorsFound: 0 }],
    ]);
    const corrected = await readDraft(writer, id);
    expect(corrected).toMatchObject({
      seal: { state: 'valid', version: 2 },
      number: '审2026-0001',
      round: 2,
    });
    const history = DraftHistory.parse((await writer.get(`/api/drafts/${id}/history`)).json);
    expect(history.seals).toMatchObject([
      { version: 1, state: 'valid', endedBy: 'corrected' },
      { version: 2, state: 'valid', endedAt: null },
    ]);
    expect(history.items.map(({ kind }) => kind)).toEqual([
      ...['created', 'submit', 'pass', 'pass', 'pass', 'mark-published', 'start-correction', 'kept'],
      ...['submit', 'pass', 'pass', 'pass'],
    ]);
    const diff = VersionDiff.parse((await head.get(`/api/drafts/${id}/differences?from=1&to=2`)).json);
    expect(diff.body.filter(({ kind }) => kind === 'new').length).toBeGreaterThan(0);
    const report = RoundCheck.parse((await head.get(`/api/drafts/${id}/checks/1`)).json);
    expect(report.stages.length).toBeGreaterThan(5);
  });

  test('returned, put right, and carried on: who passed the same text keeps it passed', async () => {
    const { writer, staff, head } = scene;
    const id = await createDraft(writer);
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'pass', { errorsFound: 0 }],
    ]);
    expect((await moveDraft(head, id, 'return')).json).toMatchObject({ status: 400, field: 'text' });
    await moveAll(id, [[head, 'return', { text: '请补充依据。' }]]);
    expect(await readDraft(writer, id)).toMatchObject({ state: 'returned', closed: null });
    // The same text, with an explanation: the second review goes on.
    await moveAll(id, [[writer, 'submit', { text: '依据在附件里。' }]]);
    expect((await readDraft(writer, id)).openSteps).toEqual(['second']);
    await moveAll(id, [[head, 'return', { text: '请写在正文里。' }]]);
    await saveDraft(writer, id, { text: '根据学校安排，图书馆延长开馆时间。' });
    await moveAll(id, [[writer, 'submit']]);
    expect(await readDraft(writer, id)).toMatchObject({ openSteps: ['first'], passedSteps: [], round: 3 });
  });

  test('urgent: two now, the third within two hours', async () => {
    const { writer, staff, head, director, office } = scene;
    const id = await createDraft(writer, { title: '停水通知', text: '因管道抢修，今晚停水。' });
    await moveAll(id, [
      [writer, 'submit', { urgentReason: '今晚停水，来不及。' }],
      [staff, 'pass', { errorsFound: 0 }],
      [director, 'pass', { errorsFound: 0, step: 'final' }],
    ]);
    const lateBy = new Date(Date.parse(office.clock.now()) + 7_200_000).toISOString();
    expect(await readDraft(writer, id)).toMatchObject({ state: 'approved', urgent: { lateBy } });
    expect(await listDrafts(head, 'late')).toContain(id);
    await moveAll(id, [[head, 'pass', { errorsFound: 1 }]]);
    const after = await readDraft(head, id);
    expect(after).toMatchObject({ state: 'approved', urgent: { lateBy: null }, seal: { state: 'valid' } });
    expect(after.passes.at(-1)).toMatchObject({ step: 'second', late: true });
  });

  test('signed on paper: who could sign is told, a scan is asked for, and the leader confirms', async () => {
    const { writer, staff, head, officer, director, office, ids } = scene;
    const id = await createDraft(writer);
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'pass', { errorsFound: 0 }],
      [head, 'pass', { errorsFound: 0 }],
    ]);
    const signers = SignerList.parse((await officer.get(`/api/drafts/${id}/signers`)).json);
    expect(signers.items.map(({ step, people }) => [step, people.map((one) => one.id)])).toEqual([
      ['final', [ids.director]],
    ]);
    const signed = { leaderId: ids.director, signedOn: '2026-11-20' };
    const missing = await moveDraft(officer, id, 'record-offline', { ...signed, scan: 'a'.repeat(64) });
    expect(missing.json).toMatchObject({ status: 400, field: 'scan' });
    const scan = await office.deps.blobs.put('publication', new TextEncoder().encode('%PDF-1.4 scan'));
    const recorded = await moveDraft(officer, id, 'record-offline', { ...signed, scan });
    expect(recorded.json).toMatchObject({ state: 'approved' });
    expect(await listDrafts(director, 'unconfirmed')).toContain(id);
    expect((await readDraft(director, id)).moves).toContain('confirm-offline');
    expect((await readDraft(officer, id)).moves).not.toContain('confirm-offline');
    await moveAll(id, [[director, 'deny-offline', { text: '不是我签的。' }]]);
    expect(await readDraft(writer, id)).toMatchObject({ state: 'returned', seal: null, passes: [] });
  });

  test('findings that stop it stop it, until the final reviewer lets them through', async () => {
    const { writer, staff, director } = scene;
    const text = '联系人：王某，身份证号11010519491231002X。';
    const id = await createDraft(writer, { text });
    const refused = await moveDraft(writer, id, 'submit');
    expect(refused.json).toMatchObject({ status: 400, field: 'findings' });
    const check = CheckAnswer.parse(
      (await writer.post(`/api/drafts/${id}/check`, { content: contentOf({ text }) })).json,
    );
    const blocking = check.findings.filter(({ level }) => level === 'block');
    expect(blocking[0]).toMatchObject({ category: 'personal-data', answered: null });
    const keys = [...new Set(blocking.map(({ key }) => key))];
    await moveAll(id, [[writer, 'ask-allowance', { keys, text: '是公开的样例号码。' }]]);
    expect((await readDraft(staff, id)).moves).not.toContain('allow');
    expect(await listDrafts(director, 'to-review')).toContain(id);
    await moveAll(id, [[director, 'allow', { text: '样例，可以。' }]]);
    expect((await moveDraft(writer, id, 'submit')).json).toMatchObject({ state: 'in-review' });
    expect((await readDraft(staff, id)).allowed.map(({ key }) => key)).toEqual(keys);
  });

  test('an edit after the approval is refused; taken up again, the seal is void', async () => {
    const id = await approveDraft(scene);
    const { writer } = scene;
    expect((await saveDraft(writer, id, { text: '改一个字。' })).json).toMatchObject({
      ...{ status: 409, draft: { state: 'approved', savedByName: expect.any(String) } },
    });
    await moveAll(id, [[writer, 'reopen', { text: '还要补充。' }]]);
    expect(await readDraft(writer, id)).toMatchObject({ state: 'draft', seal: null, passes: [] });
    const history = DraftHistory.parse((await writer.get(`/api/drafts/${id}/history`)).json);
    expect(history.seals).toMatchObject([{ endedBy: 'edited' }]);
  });

  test('two writers: the slower one learns who was faster', async () => {
    const { writer, colleague } = scene;
    const id = await createDraft(writer);
    const { revision } = await readDraft(writer, id);
    const saved = await saveDraft(colleague, id, { text: '同事先保存。', revision });
    expect(saved.json).toMatchObject({ revision: 2, contentVersion: 2 });
    const late = await saveDraft(writer, id, { text: '我也在改。', revision });
    expect(late.json).toMatchObject({
      ...{ status: 409, code: 'conflict', draft: { revision: 2, state: 'draft' } },
    });
    // An answer that got lost is asked for again, and nothing is written twice.
    expect((await saveDraft(colleague, id, { text: '同事先保存。', revision })).json).toMatchObject({
      revision: 2,
    });
    expect((await readDraft(writer, id)).wrote.map((one) => one.id)).toEqual([
      ...[scene.ids.writer, scene.ids.colleague],
    ]);
  });

  test('who wrote does not review, a student reviews nothing, and nobody holds two steps', async () => {
    const { staff, head, student, writer, ids } = scene;
    const id = await createDraft(staff);
    const plan = ChainPlan.parse((await staff.get(`/api/drafts/${id}/chain`)).json);
    expect(plan.faults[0]).toContain('初审');
    expect((await moveDraft(staff, id, 'submit')).json).toMatchObject({ status: 400, field: 'chain' });
    const empty = await createDraft(writer, { text: '' });
    expect((await moveDraft(writer, empty, 'submit')).json).toMatchObject({ status: 400, field: 'document' });
    const ofStudent = await createDraft(student);
    await moveAll(ofStudent, [[student, 'submit']]);
    expect((await readDraft(student, ofStudent)).chain?.steps[0]?.people).toMatchObject([{ id: ids.staff }]);
    const tried = await moveDraft(student, ofStudent, 'pass', { errorsFound: 0 });
    expect(tried.json).toMatchObject({ status: 403, detail: '学生账号可以写稿，不能审校。' });
    await moveAll(ofStudent, [[staff, 'pass', { errorsFound: 0 }]]);
    expect((await moveDraft(staff, ofStudent, 'pass', { errorsFound: 0 })).status).toBe(403);
    expect((await moveDraft(writer, ofStudent, 'pass', { errorsFound: 0 })).status).toBe(403);
    expect((await readDraft(head, ofStudent)).moves).toContain('pass');
  });

  test('a stand-in holds the step, and with it whom they stand in for', async () => {
    const { office, writer, staff, head, officer, ids } = scene;
    const now = office.clock.now();
    const standIn = { absentId: ids.director ?? '', standInId: ids.officer ?? '', reason: 'trip' as const };
    const days = { from: now.slice(0, 10), until: now.slice(0, 10) };
    await office.stores.standIns.make(
      { commandId: randomUUID(), ...standIn, ...days, roles: ['director'] },
      { actor: { id: 'admin', roles: ['account-admin'] }, forAnybody: true },
      now,
    );
    const id = await createDraft(writer);
    await moveAll(id, [
      [writer, 'submit'],
      [staff, 'pass', { errorsFound: 0 }],
      [head, 'pass', { errorsFound: 0 }],
      [officer, 'pass', { errorsFound: 0 }],
    ]);
    const passed = await readDraft(officer, id);
    expect(passed.state).toBe('approved');
    expect(passed.passes.at(-1)).toMatchObject({ role: 'director', onBehalfOfName: expect.any(String) });
  });

  test('a secrecy mark leaves nothing behind', async () => {
    const { writer, office } = scene;
    const text = '机密★三年\n水下考古队的行程安排。';
    const made = await writer.post('/api/drafts', { commandId: randomUUID(), content: contentOf({ text }) });
    expect(made.json).toMatchObject({ status: 400, field: 'content.document' });
    const id = await createDraft(writer);
    expect((await saveDraft(writer, id, { text })).status).toBe(400);
    expect((await saveDraft(writer, id, { title: '秘密★五年 考古队' })).json).toMatchObject({
      field: 'content.title',
    });
    const move = await moveDraft(writer, id, 'submit', { text: '秘密★一年 考古队' });
    expect(move.json).toMatchObject({ status: 400, field: 'text' });
    expect((await readDraft(writer, id)).contentVersion).toBe(1);
    expect(office.log()).not.toContain('考古队');
  });

  test('content that does not fit names its part', async () => {
    const { writer } = scene;
    const make = async (more: Record<string, unknown>) =>
      (await writer.post('/api/drafts', { commandId: randomUUID(), content: { ...contentOf(), ...more } }))
        .json;
    expect(await make({ channels: ['nowhere'] })).toMatchObject({ field: 'content.channels' });
    const hash = 'b'.repeat(64);
    const image = { type: 'image', attrs: { hash } };
    const shown = { type: 'doc', content: [{ type: 'paragraph', content: [image] }] };
    expect(await make({ document: shown })).toMatchObject({ field: 'content.images' });
    const images = [{ hash, name: '合影.jpg', mime: 'image/jpeg', bytes: 10 }];
    expect(await make({ document: shown, images })).toMatchObject({
      ...{ field: 'content.images', detail: '文件“合影.jpg”还没有上传，请重新上传。' },
    });
    const depth = 5000;
    const deep = `${'{"type":"section","content":['.repeat(depth)}${']}'.repeat(depth)}`;
    const document = `{"type":"doc","content":[${deep}]}`;
    const raw = `{"commandId":"${randomUUID()}","content":{"title":"深","document":${document}}}`;
    expect((await writer.send('POST', '/api/drafts', { raw })).json).toMatchObject({ status: 400 });
    const script = { type: 'script', content: [] };
    expect(await make({ document: { type: 'doc', content: [script] } })).toMatchObject({ status: 400 });
    const half = await make({ title: '\ud83d' });
    expect(half).toMatchObject({ status: 400, field: 'content.title' });
  });

  describe('which chain', () => {
    test('by unit and channel first; for several channels the strictest', async () => {
      const { writer, office } = scene;
      const six = ['unit-reviewer', 'unit-head', 'director', 'reviewer', 'leader', 'principal'] as const;
      await saveSetting(office, 'chains', [
        buildChainSetting('general', ['unit-reviewer', 'unit-head', 'director']),
        buildChainSetting('paper', six, { channels: ['bulletin'] }),
        buildChainSetting('ours', ['unit-reviewer', 'unit-head', 'leader'], { units: ['library'] }),
      ]);
      const id = await createDraft(writer);
      const planFor = async (channels: string) =>
        ChainPlan.parse((await writer.get(`/api/drafts/${id}/chain?channels=${channels}`)).json);
      expect((await planFor('main-site')).chain?.id).toBe('ours');
      expect((await planFor('bulletin')).chain?.id).toBe('ours');
      await saveSetting(office, 'chains', [
        buildChainSetting('general', ['unit-reviewer', 'unit-head', 'director']),
        buildChainSetting('paper', six, { channels: ['bulletin'] }),
      ]);
      expect((await planFor('main-site')).chain?.id).toBe('general');
      const paper = await planFor('main-site,bulletin');
      expect(paper.chain?.id).toBe('paper');
      expect(paper.faults[0]).toContain('没有人可以办理');
    });
  });

  test('other units neither see nor count it; the office reads it, and writes nothing', async () => {
    const { writer, otherHead, officer } = scene;
    const id = await createDraft(writer);
    expect((await otherHead.get(`/api/drafts/${id}`)).status).toBe(404);
    expect(await listDrafts(otherHead)).toEqual([]);
    const counts = DraftCounts.parse((await otherHead.get('/api/drafts/counts')).json);
    expect(counts.items.every(({ count }) => count === 0)).toBe(true);
    expect((await readDraft(officer, id)).closed).toContain('不能修改');
  });

  test('a command that is sent again is answered again', async () => {
    const { writer, staff } = scene;
    await saveSetting(scene.office, 'chains', [
      buildChainSetting('general', ['unit-reviewer', 'unit-head', 'director']),
    ]);
    const commandId = randomUUID();
    const content = contentOf();
    const twice = [1, 2].map(() => writer.post('/api/drafts', { commandId, content }));
    expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([200, 200]);
    const other = await writer.post('/api/drafts', { commandId, content: contentOf({ title: '别的' }) });
    expect(other.json).toMatchObject({ status: 409 });
    const submit = { commandId: randomUUID(), move: 'submit', revision: 1 };
    const first = await writer.post(`/api/drafts/${commandId}/moves`, submit);
    const again = await writer.post(`/api/drafts/${commandId}/moves`, submit);
    expect(again.json).toEqual({ ...(first.json as object), repeated: true });
    await moveAll(commandId, [[staff, 'pass', { errorsFound: 0 }]]);
    expect((await writer.post(`/api/drafts/${commandId}/moves`, submit)).json).toMatchObject({
      repeated: true,
    });
  });
});
