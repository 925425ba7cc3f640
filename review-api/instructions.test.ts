import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Unit } from '../pipeline/domain/channel.ts';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CardView, type InstructionDetail, type InstructionView } from './contract/instruction.ts';

let office: Office;
let director: Visitor;
let leader: Visitor;
let otherLeader: Visitor;
let head: Visitor;
let otherHead: Visitor;
const text = '二食堂今天中午的鱼是臭的，我们宿舍四个人吃完都拉肚子了，希望学校尽快查一查。';

async function visitFrom(role: 'unit-head', unitId: string): Promise<Visitor> {
  const visitor = office.visit();
  await visitor.signIn(await office.hire([role], `head-${unitId}`, unitId), officePassword);
  return visitor;
}

beforeAll(async () => {
  office = await openOffice();
  const units = ['logistics', 'finance'].map((id) => Unit.parse({ id, name: `${id}处` }));
  const change = { expectedVersion: 0, actorId: null, source: 'test', at: office.clock.now(), id: 'units' };
  await office.stores.settings.save('units', units, change);
  director = await office.visitAs('director');
  leader = await office.visitAs('leader');
  otherLeader = await office.visitAs('leader');
  head = await visitFrom('unit-head', 'logistics');
  otherHead = await visitFrom('unit-head', 'finance');
});
afterAll(() => office.close());

const file = async () => (await fileCase(office, { kind: 'comment', title: '', text })).caseId;
const detailOf = ({ json }: { json: unknown }) => (json as { instruction: InstructionDetail }).instruction;
async function submit(caseId: string, words = '食堂卫生反映集中，请阅示。') {
  const { items } = (await director.get('/api/leaders')).json as { items: { id: string; name: string }[] };
  const [first] = items;
  const subject = { kind: 'case', caseId };
  const body = { commandId: randomUUID(), subject, leaderId: first?.id ?? '', text: words };
  return director.post('/api/instructions/submissions', body);
}
const move = (visitor: Visitor, one: { id: string; version: number }, what: object) =>
  visitor.post(`/api/instructions/${one.id}/moves`, {
    commandId: randomUUID(),
    version: one.version,
    ...what,
  });

describe('from submitting to closing', () => {
  it('each does their part, and is told what they may do next', async () => {
    let one = detailOf(await submit(await file()));
    expect(one).toMatchObject({ state: 'submitted', moves: ['withdraw'], about: { gist: null } });
    one = detailOf(await move(leader, one, { move: 'give', text: '请后勤处三日内核实整改。' }));
    expect((await leader.get('/api/instructions')).text).toContain(one.id);
    expect((await otherLeader.get('/api/instructions')).text).not.toContain(one.id);
    expect((await head.get(`/api/instructions/${one.id}`)).status).toBe(404);
    const assign = { move: 'assign', unitId: 'logistics', dueAt: '2026-11-25T10:00:00.000Z' };
    one = detailOf(await move(director, one, assign));
    expect(one).toMatchObject({ state: 'assigned', unit: { name: 'logistics处' }, isOverdue: false });
    expect((await otherHead.get(`/api/instructions/${one.id}`)).status).toBe(404);
    expect((await move(otherHead, one, { move: 'report', text: '已办。' })).status).toBe(404);
    const mine = (await head.get('/api/instructions')).json as { items: InstructionView[] };
    expect(mine.items.map(({ id, moves }) => [id, moves])).toEqual([[one.id, ['report']]]);
    one = detailOf(await move(head, one, { move: 'report', text: '已停业整改，检测合格后恢复。' }));
    one = detailOf(await move(leader, one, { move: 'close' }));
    expect(one.events.map((event) => event.move)).toEqual(['submit', 'give', 'assign', 'report', 'close']);
    expect((await leader.get('/api/instructions')).text).not.toContain(one.id);
    expect((await leader.get('/api/instructions?state=ended')).text).toContain(one.id);
  });

  it('whoever saw an older version is refused, and nothing is lost', async () => {
    const one = detailOf(await submit(await file()));
    await move(leader, one, { move: 'give', text: '请核实。' });
    expect((await move(director, one, { move: 'withdraw' })).json).toMatchObject({ code: 'conflict' });
    expect((await move(leader, { ...one, version: 2 }, { move: 'note' })).status).toBe(409);
  });

  it('is overdue when its time has passed without a report', async () => {
    const one = detailOf(await submit(await file()));
    await move(leader, one, { move: 'give', text: '请核实。' });
    const due = { move: 'assign', unitId: 'finance', dueAt: '2026-11-20T01:10:00.000Z' };
    await move(director, { ...one, version: 2 }, due);
    // Shorter than a session may be idle.
    office.clock.advance(20 * 60_000);
    const shown = (await leader.get(`/api/instructions/${one.id}`)).json;
    expect((shown as InstructionView).isOverdue).toBe(true);
  });

  it.each([
    ['text', { move: 'give', text: '' }],
    ['unitId', { move: 'give', text: '请办。', unitId: 'logistics' }],
    ['dueAt', { move: 'give', text: '请办。', dueAt: '2020-01-01T00:00:00.000Z' }],
  ])('names the field that is wrong: %s', async (field, what) => {
    const one = detailOf(await submit(await file()));
    expect((await move(leader, one, what)).json).toMatchObject({ code: 'invalid-input', field });
  });

  it('keeps nobody’s words for years: what quotes is sent back', async () => {
    const caseId = await file();
    const quoting = await submit(caseId, `有学生说：${text}`);
    expect(quoting.json).toMatchObject({ code: 'invalid-input', field: 'text' });
    const one = detailOf(await submit(caseId));
    expect((await move(leader, one, { move: 'give', text })).json).toMatchObject({ field: 'text' });
  });

  it('says nothing of a text that the writer does not see: what is for those on duty is not there, whatever is written', async () => {
    const hidden = '昨晚在三号楼天台坐了很久，觉得自己撑不下去了，谁也不想见，也不知道该和谁说。';
    const onDuty = { accessClass: 'safety' as const, queues: ['safety' as const] };
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: hidden }, onDuty);
    const card = { version: 0, nextStep: '请值班人员处理。' };
    for (const words of [hidden, '与原文毫无关系的一段话，字数也足够长，不会被当作引用。']) {
      expect((await submit(caseId, words)).json).toMatchObject({ status: 404 });
      const written = { commandId: randomUUID(), ...card, gist: words };
      expect((await director.post(`/api/cards/case:${caseId}`, written)).json).toMatchObject({ status: 404 });
    }
  });

  it('nor of what is masked for them: the rest of a number cannot be guessed by what is sent back', async () => {
    const harmed = '有人在群里公开了同学的联系方式，说她的手机号就是 13912345678 请大家去骚扰她。';
    const victim = { accessClass: 'victim' as const, queues: ['review' as const] };
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: harmed }, victim);
    const reviewer = await office.visitAs('reviewer');
    const guess = async (gist: string) => {
      // Of a version that never was: nothing is written by a wrong guess.
      const card = { commandId: randomUUID(), version: 7, gist, nextStep: '请保卫处联系本人。' };
      return (await reviewer.post(`/api/cards/case:${caseId}`, card)).status;
    };
    expect(await guess('有人在群里公开了同学的联系方式，说她的手机号')).toBe(400);
    expect(await guess('公开了同学的联系方式，说她的手机号就是 139')).toBe(409);
    expect(await guess('公开了同学的联系方式，说她的手机号就是 138')).toBe(409);
  });

  it('a unit or a leader that is none is named', async () => {
    const caseId = await file();
    const nobody = { commandId: randomUUID(), subject: { kind: 'case', caseId }, leaderId: 'nobody' };
    const refused = await director.post('/api/instructions/submissions', nobody);
    expect(refused.json).toMatchObject({ field: 'leaderId' });
    const one = detailOf(await submit(caseId));
    await move(leader, one, { move: 'give', text: '请办。' });
    const assign = { move: 'assign', unitId: 'moon' };
    const lost = await move(director, { ...one, version: 2 }, assign);
    expect(lost.json).toMatchObject({ field: 'unitId' });
  });
});

describe('the one-minute card', () => {
  const words = { version: 0, gist: '多名学生反映二食堂饭菜变质。', nextStep: '后勤处今日停业排查。' };
  const save = (visitor: Visitor, id: string, what: object) =>
    visitor.post(`/api/cards/${id}`, { commandId: randomUUID(), ...what });

  it('of a case says what happened, who does it and what comes next, without a word of the text', async () => {
    const caseId = await file();
    expect((await save(director, `case:${caseId}`, words)).status).toBe(200);
    const reply = await leader.get(`/api/cards/case:${caseId}`);
    const card = CardView.parse(reply.json);
    expect(card).toMatchObject({
      ...{ gist: words.gist, nextStep: words.nextStep, version: 1, topic: null },
      case: { id: caseId, state: 'open' },
      ...{ mayWrite: false, mayGive: true, maySubmit: false },
    });
    expect(card.progress.map(({ kind }) => kind)).toContain('opened');
    expect(reply.text).not.toContain('拉肚子');
    expect((await leader.get('/api/cards')).text).toContain(words.gist);
    expect((await office.stores.reads.list({ cursor: null, limit: 10 })).items).toEqual([]);
  });

  it('refuses a quotation, naming the field, and an older version', async () => {
    const caseId = await file();
    const quoting = { ...words, nextStep: text.slice(0, 30) };
    expect((await save(director, `case:${caseId}`, quoting)).json).toMatchObject({ field: 'nextStep' });
    const unknown = { ...words, stockAnswerId: 'none' };
    expect((await save(director, `case:${caseId}`, unknown)).json).toMatchObject({ field: 'stockAnswerId' });
    await save(director, `case:${caseId}`, words);
    const stale = await save(director, `case:${caseId}`, { ...words, gist: '另一句' });
    expect(stale.status).toBe(409);
  });

  it('of a topic counts its cases of thirty days; a topic that is none is named', async () => {
    const card = CardView.parse((await leader.get('/api/cards/topic:library')).json);
    expect(card).toMatchObject({ case: null, topic: { undecided: 0, handedOver: 0, done: 0 }, version: 0 });
    expect((await leader.get('/api/cards/topic:politics')).json).toMatchObject({ field: 'id' });
  });

  it('a leader gives an instruction from it, about a topic too', async () => {
    const subject = { kind: 'topic', topic: 'library' };
    const given = await leader.post('/api/instructions', {
      ...{ commandId: randomUUID(), subject, text: '请研究延长开放。' },
    });
    expect(detailOf(given)).toMatchObject({ state: 'given', about: { topic: 'library' } });
    const card = CardView.parse((await director.get('/api/cards/topic:library')).json);
    expect(card.instructions.map(({ state }) => state)).toEqual(['given']);
  });
});
