import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '../../pipeline/domain/case.ts';
import type { SaveCard } from '../../pipeline/domain/case-card.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import {
  InstructionState,
  type MoveCommand,
  type Mover,
  type StartCommand,
  type Subject,
} from '../../pipeline/domain/instruction.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { InstructionSight, InstructionStore } from '../../pipeline/ports/instruction-store.ts';
import { buildCase, reviewer } from '../builders/case.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface InstructionStoreFixture {
  instructions: InstructionStore;
  cases: CaseStore;
  clock: FakeClock;
  seed(one: Case): Promise<void>;
  /** Of one subject of the audit log and the outbox. */
  countEvidence(subject: string): Promise<{ auditEntries: number; outboxEntries: number }>;
  close(): Promise<void>;
}

const publicity = ['open', 'victim'] as const;
const mover = (id: string, roles: Mover['roles'], more: Partial<Mover> = {}): Mover => ({
  ...{ id, roles, units: [], standsFor: [], leads: roles.includes('leader') || roles.includes('principal') },
  ...more,
});
const sightOf = (one: Mover, accessClasses: InstructionSight['accessClasses'] = ['open']) => ({
  mover: one,
  accessClasses,
});
const leader = sightOf(mover('leader-1', ['leader']));
const otherLeader = sightOf(mover('leader-2', ['leader']));
const principal = sightOf(mover('principal-1', ['principal']));
const director = sightOf(mover('director-1', ['director'], { units: 'all' }), publicity);
const logistics = sightOf(mover('head-1', ['unit-head'], { units: ['logistics'] }));
const finance = sightOf(mover('head-2', ['unit-head'], { units: ['finance'] }));

export function instructionStoreContract(open: () => Promise<InstructionStoreFixture>): void {
  let opened: InstructionStoreFixture;
  let subject: Subject;
  beforeEach(async () => {
    opened = await open();
    const one = newCase({ service: { kind: 'complaint', topic: 'canteen' } });
    await opened.seed(one);
    subject = { kind: 'case', caseId: one.id };
  });
  afterEach(() => opened.close());
  const now = () => opened.clock.now();
  const newCase = (more: Partial<Case>) => buildCase({ id: opened.clock.newId(), ...more });

  const startOf = (more: Partial<StartCommand> = {}): StartCommand => ({
    commandId: opened.clock.newId(),
    ...{ move: 'submit', subject, leaderId: 'leader-1', text: '食堂卫生反映较集中，请阅示。' },
    ...{ unitId: null, dueAt: null },
    ...more,
  });
  const moveOf = (
    instructionId: string,
    version: number,
    move: MoveCommand['move'],
    more: Partial<MoveCommand> = {},
  ): MoveCommand => ({
    commandId: opened.clock.newId(),
    ...{ instructionId, version, move, text: '请后勤处三日内核实整改。', unitId: null, dueAt: null },
    ...more,
  });
  const submit = async (more: Partial<StartCommand> = {}) =>
    (await opened.instructions.start(startOf(more), director, now())).instruction;
  const list = async (sight: InstructionSight, more: object = {}) =>
    (
      await opened.instructions.list({
        ...{ ...sight, states: InstructionState.options, cursor: null, limit: 50 },
        ...more,
      })
    ).items;
  const assigned = async () => {
    const { id } = await submit();
    await opened.instructions.move(moveOf(id, 1, 'give'), leader, now());
    const command = moveOf(id, 2, 'assign', { unitId: 'logistics', dueAt: '2027-01-05T10:00:00.000Z' });
    await opened.instructions.move(command, director, now());
    return id;
  };

  describe('from submitting to closing', () => {
    it('each step is an event with its text, an audit entry and an outbox entry', async () => {
      const id = await assigned();
      await opened.instructions.move(moveOf(id, 3, 'report', { text: '已整改完毕。' }), logistics, now());
      const { instruction } = await opened.instructions.move(moveOf(id, 4, 'close'), leader, now());
      expect(instruction).toMatchObject({
        ...{ state: 'closed', version: 5, unitId: 'logistics', dueAt: '2027-01-05T10:00:00.000Z' },
        ...{ leaderId: 'leader-1', submittedBy: 'director-1', accessClass: 'open', subject },
      });
      const events = await opened.instructions.listEvents(id, leader);
      expect(events.map(({ move, actorId, version }) => [move, actorId, version])).toEqual([
        ['submit', 'director-1', 1],
        ['give', 'leader-1', 2],
        ['assign', 'director-1', 3],
        ['report', 'head-1', 4],
        ['close', 'leader-1', 5],
      ]);
      expect(events[3]?.text).toBe('已整改完毕。');
      expect(await opened.countEvidence(id)).toEqual({ auditEntries: 5, outboxEntries: 5 });
      expect(await opened.instructions.find(id, leader)).toEqual(instruction);
    });

    it('a repeated command changes nothing, another content under its id is refused', async () => {
      const command = startOf();
      const first = await opened.instructions.start(command, director, now());
      opened.clock.advance(1000);
      const again = await opened.instructions.start(command, director, now());
      expect(again).toEqual({ instruction: first.instruction, repeated: true });
      await expect(
        opened.instructions.start({ ...command, text: '另一件事。' }, director, now()),
      ).rejects.toThrow(Conflict);
      const give = moveOf(first.instruction.id, 1, 'give');
      await opened.instructions.move(give, leader, now());
      expect((await opened.instructions.move(give, leader, now())).repeated).toBe(true);
      expect(await opened.countEvidence(first.instruction.id)).toEqual({ auditEntries: 2, outboxEntries: 2 });
    });

    it('a refused move has written nothing', async () => {
      const { id } = await submit();
      const { move } = opened.instructions;
      await expect(move(moveOf(id, 1, 'give', { text: ' ' }), leader, now())).rejects.toThrow(InvalidInput);
      await expect(move(moveOf(id, 2, 'give'), leader, now())).rejects.toThrow(Conflict);
      await expect(move(moveOf(id, 1, 'report'), director, now())).rejects.toThrow(Conflict);
      await expect(move(moveOf(id, 1, 'give'), principal, now())).rejects.toThrow(NotPermitted);
      await expect(move(moveOf(id, 1, 'give'), otherLeader, now())).rejects.toThrow(NotFound);
      await expect(move(moveOf('none', 1, 'give'), leader, now())).rejects.toThrow(NotFound);
      expect(await opened.instructions.find(id, leader)).toMatchObject({ state: 'submitted', version: 1 });
      expect(await opened.countEvidence(id)).toEqual({ auditEntries: 1, outboxEntries: 1 });
    });

    it('of two who move at the same time one is told', async () => {
      const { id } = await submit();
      const both = await Promise.allSettled([
        opened.instructions.move(moveOf(id, 1, 'give'), leader, now()),
        opened.instructions.move(moveOf(id, 1, 'withdraw'), director, now()),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await opened.instructions.listEvents(id, director)).length).toBe(2);
    });
  });

  describe('who sees it', () => {
    it('the office, the principal, the leader it concerns, and the unit from when it was assigned', async () => {
      const { id } = await submit();
      expect(await opened.instructions.find(id, logistics)).toBeNull();
      await opened.instructions.move(moveOf(id, 1, 'give'), leader, now());
      await opened.instructions.move(moveOf(id, 2, 'assign', { unitId: 'logistics' }), director, now());
      for (const sight of [director, principal, leader, logistics])
        expect((await list(sight)).length).toBe(1);
      for (const sight of [otherLeader, finance]) {
        expect(await list(sight)).toEqual([]);
        expect(await opened.instructions.find(id, sight)).toBeNull();
        expect(await opened.instructions.listEvents(id, sight)).toEqual([]);
      }
      const standIn = sightOf(mover('deputy', ['leader'], { standsFor: ['leader-1'], leads: false }));
      expect((await list(standIn)).length).toBe(1);
    });

    it('nobody of the office once the case went to the people on duty', async () => {
      const { id } = await submit();
      await opened.instructions.saveCard(cardOf(), cardBy());
      const caseId = subject.kind === 'case' ? subject.caseId : '';
      const referral = { caseId, version: 1, kind: 'refer-safety', reason: 'safety-risk' } as const;
      await opened.cases.recordDecision(
        { ...referral, commandId: opened.clock.newId(), note: null, unitId: null },
        reviewer,
        now(),
      );
      for (const sight of [director, leader, principal]) {
        expect(await list(sight)).toEqual([]);
        expect(await opened.instructions.find(id, sight)).toBeNull();
      }
      expect(await opened.instructions.findCard(subject, publicity)).toBeNull();
      expect(await opened.instructions.listCards(publicity, 10)).toEqual([]);
      await expect(submit()).rejects.toThrow(NotFound);
      await expect(opened.instructions.saveCard(cardOf({ version: 1 }), cardBy())).rejects.toThrow(NotFound);
    });
  });

  it('lists by state and subject, last changed first, page by page', async () => {
    const ids: string[] = [];
    for (const topic of ['canteen', 'canteen', 'dormitory'] as const) {
      ids.unshift((await submit({ subject: { kind: 'topic', topic } })).id);
    }
    expect((await list(director)).map(({ id }) => id)).toEqual([...ids].sort().reverse());
    const canteen = { subject: { kind: 'topic', topic: 'canteen' } as const };
    expect((await list(director, canteen)).length).toBe(2);
    expect(await list(director, { states: ['given'] })).toEqual([]);
    const query = { ...director, states: InstructionState.options, limit: 2 };
    const first = await opened.instructions.list({ ...query, cursor: null });
    const rest = await opened.instructions.list({ ...query, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([...ids].sort().reverse());
    expect(rest.nextCursor).toBeNull();
  });

  const cardOf = (more: Partial<SaveCard> = {}): SaveCard => ({
    commandId: opened.clock.newId(),
    ...{ subject, version: 0, gist: '多名学生反映二食堂饭菜变质。', nextStep: '后勤处今日停业排查。' },
    stockAnswerId: null,
    ...more,
  });
  const cardBy = () => ({ actorId: 'reviewer-1', accessClasses: publicity, at: now() });

  describe('the words of a card', () => {
    it('are saved version by version, the same again writes nothing', async () => {
      const saved = await opened.instructions.saveCard(cardOf(), cardBy());
      expect(saved).toMatchObject({ version: 1, accessClass: 'open', updatedBy: 'reviewer-1', subject });
      expect(await opened.instructions.saveCard(cardOf(), cardBy())).toEqual(saved);
      const command = cardOf({ version: 1, nextStep: '明日公布检测结果。' });
      expect((await opened.instructions.saveCard(command, cardBy())).version).toBe(2);
      await expect(
        opened.instructions.saveCard(cardOf({ version: 1, gist: '别的话' }), cardBy()),
      ).rejects.toThrow(Conflict);
      const reused = { ...command, version: 2, gist: '同一编号的另一句话' };
      await expect(opened.instructions.saveCard(reused, cardBy())).rejects.toThrow(Conflict);
      const found = await opened.instructions.findCard(subject, publicity);
      expect(found).toMatchObject({ version: 2, nextStep: '明日公布检测结果。' });
      expect(await opened.instructions.listCards(publicity, 10)).toEqual([found]);
    });

    it('of a topic stand beside those of cases', async () => {
      const topic: Subject = { kind: 'topic', topic: 'fees' };
      await opened.instructions.saveCard(cardOf({ subject: topic }), cardBy());
      expect(await opened.instructions.findCard(topic, ['open'])).toMatchObject({ subject: topic });
      expect(await opened.instructions.findCard(subject, ['open'])).toBeNull();
    });
  });

  it('counts how the cases of a topic stand, of the visible classes', async () => {
    const about = { service: { kind: 'complaint', topic: 'library' } as const };
    await opened.seed(newCase(about));
    await opened.seed(newCase({ ...about, state: 'handed-over', unitId: 'library' }));
    await opened.seed(newCase({ ...about, state: 'closed', unitId: 'library' }));
    await opened.seed(newCase({ ...about, accessClass: 'victim' }));
    await opened.seed(newCase({ service: { kind: 'complaint', topic: 'fees' } }));
    const early = '2000-01-01T00:00:00.000Z';
    const read = opened.instructions.readTopicFacts;
    expect(await read('library', early, ['open'])).toMatchObject({
      ...{ undecided: 1, handedOver: 1, done: 1, unitIds: ['library'] },
      oldestUndecidedAt: expect.any(String),
    });
    expect((await read('library', early, publicity)).undecided).toBe(2);
    expect(await read('library', '2099-01-01T00:00:00.000Z', publicity)).toEqual({
      ...{ undecided: 0, handedOver: 0, done: 0, unitIds: [], oldestUndecidedAt: null },
    });
  });
}
