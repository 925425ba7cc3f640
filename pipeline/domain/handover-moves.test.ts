import { describe, expect, it } from 'vitest';
import { buildCase, reviewer } from '../../test/builders/case.ts';
import { buildMoveCommand, buildMover } from '../../test/builders/handover.ts';
import { Conflict, GuanlanError, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { buildHandover, type Handover, HandoverState, usualOrder } from './handover.ts';
import { buildMove, HandoverMove, handoverMoves, type MoveCommand, movesNow } from './handover-moves.ts';
import { Role, rightsFor, rightsOf } from './role.ts';

const at = '2026-11-20T02:00:00.000Z';
const later = (hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();

function buildSlip(more: Partial<Handover> = {}): Handover {
  const order = { ...usualOrder, coUnitIds: ['clinic'], plannedDueAt: later(100) };
  const known = { current: buildCase({ id: 'c' }), ownerUnitId: 'students', order, id: 'slip', running: 7 };
  return { ...buildHandover(known, reviewer, at), executorUnitId: 'logistics', ...more };
}

/** Fields with which each move passes where its state and its person do. */
const filled: Partial<Record<HandoverMove, Partial<MoveCommand>>> = {
  return: { reason: 'not-ours' },
  'ask-extension': { dueAt: later(150), text: '等配件' },
  'refuse-extension': { text: '不能再延' },
  'ask-help': { text: '请校医院协助' },
  'add-co-units': { unitIds: ['security'] },
  opinion: { text: '已到场' },
  draft: { text: '拟答复' },
  answer: { text: '已修好' },
  redo: { text: '没有说明原因' },
  reassign: { unitId: 'library', dueAt: later(100) },
  withdraw: { text: '已另行处理' },
};
const commandFor = (move: HandoverMove, more: Partial<MoveCommand> = {}) =>
  buildMoveCommand({ commandId: 'command', handoverId: 'slip', move, ...filled[move], ...more });

/** A slip in a state, such that nothing but state and person keeps a move from being made. */
function slipFor(state: HandoverState, move: HandoverMove): Handover {
  const asked = { dueAt: later(150), askedBy: 'someone', askedAt: at };
  const extension = move === 'grant-extension' || move === 'refuse-extension' ? asked : null;
  return buildSlip({ state, extension });
}

/** Who may do what where, said once more and by hand: `executor`, `co-unit`, or `office` for any unit. */
const unitRoles: readonly Role[] = ['unit-reviewer', 'unit-head'];
const officeRoles: readonly Role[] = ['reviewer', 'director'];
const topRoles: readonly Role[] = ['director', 'leader', 'principal'];
type Expected = [part: 'executor' | 'co-unit' | 'office', from: HandoverState[], roles: readonly Role[]];
const expected: Record<HandoverMove, Expected[]> = {
  receive: [['executor', ['sent'], unitRoles]],
  return: [['executor', ['sent', 'received'], unitRoles]],
  'ask-extension': [['executor', ['received'], unitRoles]],
  'grant-extension': [['office', ['received'], officeRoles]],
  'refuse-extension': [['office', ['received'], officeRoles]],
  'ask-help': [['executor', ['received'], unitRoles]],
  'add-co-units': [['office', ['sent', 'received'], officeRoles]],
  opinion: [['co-unit', ['sent', 'received'], unitRoles]],
  urge: [['office', ['sent', 'received'], officeRoles]],
  supervise: [['office', ['sent', 'received', 'answered', 'returned'], topRoles]],
  draft: [['executor', ['received'], unitRoles]],
  answer: [['executor', ['received'], ['unit-head']]],
  redo: [['office', ['answered'], officeRoles]],
  reassign: [
    ['office', ['returned'], officeRoles],
    ['office', ['sent', 'received'], ['director']],
  ],
  close: [['office', ['answered'], officeRoles]],
  withdraw: [['office', ['sent', 'received', 'returned'], officeRoles]],
};
const places = {
  executor: 'logistics',
  'co-unit': 'clinic',
  owner: 'students',
  other: 'library',
  none: null,
};
type Place = keyof typeof places;

const isExpected = (move: HandoverMove, state: HandoverState, role: Role, place: Place) =>
  expected[move].some(
    ([part, from, roles]) =>
      from.includes(state) && roles.includes(role) && (part === 'office' || part === place),
  );

function outcome(run: () => unknown): string {
  try {
    run();
    return 'done';
  } catch (error) {
    if (error instanceof GuanlanError) return error.name;
    throw error;
  }
}

describe('every move × state × role × own, helping, owning or other unit', () => {
  it.each(HandoverMove.options)('%s', (move) => {
    const wrong: string[] = [];
    let done = 0;
    for (const state of HandoverState.options) {
      for (const role of Role.options) {
        for (const place of Object.keys(places) as Place[]) {
          const mover = buildMover(role, places[place]);
          const got = outcome(() => buildMove(slipFor(state, move), commandFor(move), mover, at));
          const should = isExpected(move, state, role, place);
          if (got === 'done') done += 1;
          if ((got === 'done') !== should || got === 'InvalidInput') {
            wrong.push(`${state} ${role} ${place}: ${got}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(done).toBeGreaterThan(0);
  });

  it('what is no slip of theirs does not exist for a unit, and for whoever has no part in slips', () => {
    const seen = (role: Role, unitId: string | null) =>
      outcome(() => buildMove(buildSlip(), commandFor('close'), buildMover(role, unitId), at));
    for (const role of Role.options) {
      const inOffice = ['reviewer', 'director', 'leader', 'principal'].includes(role);
      expect(seen(role, 'library') === 'NotFound', role).toBe(!inOffice);
    }
    for (const role of unitRoles) {
      expect(seen(role, null)).toBe('NotFound');
      for (const unitId of ['logistics', 'students', 'clinic'])
        expect(seen(role, unitId)).toBe('NotPermitted');
    }
  });

  it('the table agrees with the rights of the roles', () => {
    for (const move of HandoverMove.options) {
      const { action, part, from } = handoverMoves[move];
      for (const role of new Set(Object.values(from).flat())) {
        const rights = rightsOf([{ role, unitId: 'logistics', onBehalfOf: null }], action);
        expect(rights.permitted, `${role} ${move}`).toBe(true);
        expect(rights.units === 'all', `${role} ${move}`).toBe(part === 'all');
        if (part !== 'all') expect(rightsFor([role], action).permitted).toBe(false);
      }
    }
  });

  it('a slip whose case went to those on duty is nobody’s', () => {
    for (const move of HandoverMove.options) {
      const hidden = buildSlip({ originAccessClass: 'safety' });
      const everybody = {
        id: 'all',
        appointments: Role.options.map((role) => ({ role, unitId: 'logistics', onBehalfOf: null })),
      };
      expect(() => buildMove(hidden, commandFor(move), everybody, at)).toThrow(NotFound);
      expect(movesNow(hidden, everybody.appointments, at)).toEqual([]);
    }
  });
});

describe('who acts', () => {
  it('is named with role and unit, and with whom they stand in for', () => {
    const standIn = {
      id: 'deputy',
      appointments: [
        { role: 'unit-head' as const, unitId: 'library', onBehalfOf: null },
        { role: 'unit-head' as const, unitId: 'logistics', onBehalfOf: 'absent-head' },
      ],
    };
    const { event } = buildMove(buildSlip({ state: 'received' }), commandFor('answer'), standIn, at);
    expect(event).toMatchObject({
      ...{ actorId: 'deputy', role: 'unit-head', unitId: 'logistics', onBehalfOf: 'absent-head' },
    });
  });

  it('in their own right rather than in another’s stead', () => {
    const both = {
      id: 'head',
      appointments: [
        { role: 'unit-head' as const, unitId: 'logistics', onBehalfOf: 'absent' },
        { role: 'unit-reviewer' as const, unitId: 'logistics', onBehalfOf: null },
      ],
    };
    const { event } = buildMove(buildSlip(), commandFor('receive'), both, at);
    expect(event).toMatchObject({ role: 'unit-reviewer', onBehalfOf: null });
  });
});

describe('what keeps a move from being made now', () => {
  const office = buildMover('reviewer', 'publicity');
  const head = buildMover('unit-head', 'logistics');
  const attempt = (
    slip: Partial<Handover>,
    move: HandoverMove,
    more: Partial<MoveCommand> = {},
    when = at,
  ) => {
    const mover = handoverMoves[move].part === 'all' ? office : head;
    return () => buildMove(buildSlip(slip), commandFor(move, more), mover, when);
  };

  it('another version', () => {
    expect(attempt({ version: 2 }, 'urge')).toThrow(Conflict);
  });

  it('urged within the hour', () => {
    const { next } = attempt({}, 'urge')();
    expect(next.urgedAt).toBe(at);
    const again = (hours: number) => () => {
      const command = commandFor('urge', { version: 2 });
      return buildMove(next, command, office, later(hours));
    };
    expect(again(0.99)).toThrow(Conflict);
    expect(again(1)().next.urgedAt).toBe(later(1));
  });

  it('an extension that is not later, beyond the superior’s time, the third, or none that was asked for', () => {
    const received = { state: 'received' as const };
    expect(attempt(received, 'ask-extension', { dueAt: later(100) })).toThrow(InvalidInput);
    expect(attempt({ ...received, deadline: later(120) }, 'ask-extension')).toThrow(/上级/);
    expect(attempt({ ...received, extensionsGranted: 2 }, 'ask-extension')).toThrow(Conflict);
    expect(attempt(received, 'grant-extension')).toThrow(Conflict);
    const asked = { dueAt: later(150), askedBy: 'head', askedAt: at };
    const waiting = { ...received, extension: asked };
    expect(attempt(waiting, 'ask-extension')).toThrow(Conflict);
    expect(attempt(waiting, 'grant-extension', { dueAt: later(151) })).toThrow(InvalidInput);
    expect(attempt(waiting, 'grant-extension', { dueAt: later(140) })().next).toMatchObject({
      ...{ dueAt: later(140), firstDueAt: later(100), extension: null, extensionsGranted: 1 },
    });
    expect(attempt(waiting, 'refuse-extension')().next).toMatchObject({ dueAt: later(100), extension: null });
  });

  it.each<[HandoverMove, HandoverState, Partial<MoveCommand>, string]>([
    ['answer', 'received', { text: '  ' }, 'text'],
    ['return', 'sent', { reason: null }, 'reason'],
    ['return', 'sent', { reason: 'other' }, 'text'],
    ['return', 'sent', { unitId: 'logistics' }, 'unitId'],
    ['reassign', 'returned', { unitId: null }, 'unitId'],
    ['reassign', 'returned', { dueAt: null }, 'dueAt'],
    ['reassign', 'returned', { unitIds: ['library'] }, 'unitIds'],
    ['add-co-units', 'sent', { unitIds: ['clinic'] }, 'unitIds'],
    ['add-co-units', 'sent', { unitIds: [] }, 'unitIds'],
    ['redo', 'answered', { dueAt: '2026-11-19T00:00:00.000Z' }, 'dueAt'],
    ['receive', 'sent', { dueAt: later(5) }, 'dueAt'],
  ])('%s from %s with %j names its field', (move, state, more, field) => {
    try {
      attempt({ state }, move, more)();
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-input', field });
    }
  });

  it('a leader supervises once, and a director gives it to another unit without waiting', () => {
    const leader = buildMover('leader');
    const { next } = buildMove(buildSlip(), commandFor('supervise'), leader, at);
    expect(next.supervised).toEqual({ by: 'user-leader', since: at });
    expect(() => buildMove(next, commandFor('supervise', { version: 2 }), leader, at)).toThrow(Conflict);
    expect(() => buildMove(buildSlip(), commandFor('close'), leader, at)).toThrow(NotPermitted);
  });
});
