import { describe, expect, it, test } from 'vitest';
import { buildUser } from '../../test/builders/user.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { Role } from './role.ts';
import {
  appointmentsOf,
  assertRolesFit,
  buildEnd,
  buildStandIn,
  isActive,
  lendableRoles,
  lendersOf,
  type Maker,
  type MakeStandIn,
  type StandIn,
} from './stand-in.ts';
import type { User } from './user.ts';

// 15:00 in Shanghai.
const now = '2026-11-23T07:00:00.000Z';
const office: Maker = { actor: { id: 'admin', roles: ['account-admin'] }, forAnybody: true };
const herself: Maker = { actor: { id: 'zhou', roles: ['director'] }, forAnybody: false };

const zhou = buildUser({ id: 'zhou', roles: ['director', 'reviewer'], unitId: 'publicity' });
const qian = buildUser({ id: 'qian', roles: ['editor'], unitId: 'publicity' });
const command: MakeStandIn = {
  ...{ commandId: 'c1', absentId: 'zhou', standInId: 'qian', roles: ['director'] },
  ...{ from: '2026-11-23', until: '2026-11-25', reason: 'trip' },
};

function make(
  more: Partial<MakeStandIn> = {},
  scene: { absent?: User | null; standIn?: User | null; known?: StandIn[]; maker?: Maker } = {},
): StandIn {
  const { absent = zhou, standIn = qian, known = [], maker = office } = scene;
  return buildStandIn({ absent, standIn, known }, { ...command, ...more }, maker, now);
}
const lent = make();
const fieldOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInput) return error.field;
    return error instanceof NotPermitted ? 'not-permitted' : String(error);
  }
  return 'permitted';
};

it('lasts from the first instant of a Shanghai day to the last of another', () => {
  const one = make({ from: '2026-11-24', until: '2026-11-24' });
  expect(one).toMatchObject({ startsAt: '2026-11-23T16:00:00.000Z', endsAt: '2026-11-24T16:00:00.000Z' });
  expect(isActive(one, '2026-11-23T15:59:59.999Z')).toBe(false);
  expect(isActive(one, '2026-11-23T16:00:00.000Z')).toBe(true);
  expect(isActive(one, '2026-11-24T15:59:59.999Z')).toBe(true);
  expect(isActive(one, '2026-11-24T16:00:00.000Z')).toBe(false);
});

it('a student holds nothing in anybody’s stead, however it came there', () => {
  const student = { ...qian, student: true };
  expect(fieldOf(() => make({}, { standIn: student }))).toBe('standInId');
  const held = appointmentsOf(student, [{ standIn: lent, absent: zhou }], now);
  expect(held.map(({ role }) => role)).toEqual(['editor']);
});

describe('what is refused, and at which field', () => {
  const gone = { ...qian, disabled: true };
  const leaver = { ...qian, leavesOn: '2026-11-24' };
  const left = { ...qian, leavesOn: '2026-11-22' };
  const later = make({ from: '2026-11-26', until: '2026-11-27' });
  const others = make(
    { absentId: 'qian', standInId: 'wu' },
    {
      absent: { ...qian, id: 'qian', roles: ['director'] },
      standIn: buildUser({ id: 'wu', roles: ['editor'] }),
    },
  );
  test.each<[string, string, () => unknown]>([
    ['nothing', 'permitted', () => make()],
    ['oneself', 'standInId', () => make({ standInId: 'zhou' }, { standIn: zhou })],
    ['nobody', 'standInId', () => make({}, { standIn: null })],
    ['nobody who is away', 'absentId', () => make({}, { absent: null })],
    ['a disabled stand-in', 'standInId', () => make({}, { standIn: gone })],
    ['a disabled person', 'absentId', () => make({}, { absent: { ...zhou, disabled: true } })],
    ['one who has left', 'standInId', () => make({}, { standIn: left })],
    ['one who leaves before the end', 'until', () => make({}, { standIn: leaver })],
    ['one who leaves on the last day', 'permitted', () => make({ until: '2026-11-24' }, { standIn: leaver })],
    [
      'beyond the last day of who is away',
      'until',
      () => make({}, { absent: { ...zhou, leavesOn: '2026-11-24' } }),
    ],
    ['an end before the beginning', 'until', () => make({ from: '2026-11-25', until: '2026-11-24' })],
    ['yesterday', 'from', () => make({ from: '2026-11-22' })],
    ['a year and a day', 'until', () => make({ until: '2027-11-24' })],
    ['a year', 'permitted', () => make({ until: '2027-11-23' })],
    ['no role', 'roles', () => make({ roles: [] })],
    ['a role that the person has not', 'roles', () => make({ roles: ['leader'] })],
    ['the same role twice at a time', 'from', () => make({ standInId: 'wu' }, { known: [lent] })],
    ['another role at the same time', 'permitted', () => make({ roles: ['reviewer'] }, { known: [lent] })],
    ['the same role at another time', 'permitted', () => make({}, { known: [later] })],
    ['somebody who is away as well', 'standInId', () => make({}, { known: [others] })],
    [
      'an administrator who appoints themself',
      'not-permitted',
      () => make({}, { maker: { actor: { id: 'qian', roles: [] }, forAnybody: true } }),
    ],
    [
      'one who appoints themself in the stead of the administrator',
      'not-permitted',
      () => make({}, { maker: { actor: { id: 'wu', roles: [], onBehalfOf: ['qian'] }, forAnybody: true } }),
    ],
    [
      'for another, without the right',
      'not-permitted',
      () => make({}, { maker: { ...herself, actor: { id: 'wu', roles: [] } } }),
    ],
    ['for oneself', 'permitted', () => make({}, { maker: herself })],
    [
      'for oneself, of another unit',
      'standInId',
      () => make({}, { maker: herself, standIn: { ...qian, unitId: 'library' } }),
    ],
    [
      'of another unit, by the administrator',
      'permitted',
      () => make({}, { standIn: { ...qian, unitId: 'library' } }),
    ],
  ])('%s: %s', (_name, field, run) => {
    expect(fieldOf(run)).toBe(field);
  });

  test.each(['account-admin', 'auditor'] as const)('%s is lent by the administrator only', (role) => {
    const absent = { ...zhou, roles: [role] };
    expect(fieldOf(() => make({ roles: [role] }, { absent, maker: herself }))).toBe('roles');
    expect(fieldOf(() => make({ roles: [role] }, { absent }))).toBe('permitted');
    expect(lendableRoles(absent)).toEqual([]);
  });

  it('incompatible roles, own and lent together, also over several people', () => {
    const auditor = { ...zhou, roles: ['auditor' as const] };
    for (const role of Role.options) {
      const standIn = { ...qian, roles: [role] };
      const clashes = role === 'operator' || role === 'account-admin';
      expect(
        fieldOf(() => make({ roles: ['auditor'] }, { absent: auditor, standIn })),
        role,
      ).toBe(clashes ? 'roles' : 'permitted');
    }
    const operators = make(
      { roles: ['operator'], absentId: 'wu' },
      {
        absent: buildUser({ id: 'wu', roles: ['operator'] }),
      },
    );
    expect(fieldOf(() => make({ roles: ['auditor'] }, { absent: auditor, known: [operators] }))).toBe(
      'roles',
    );
    expect(fieldOf(() => assertRolesFit({ id: 'qian', roles: ['auditor'] }, [operators], 'roles'))).toBe(
      'roles',
    );
    expect(fieldOf(() => assertRolesFit({ id: 'wu', roles: ['auditor'] }, [operators], 'roles'))).toBe(
      'permitted',
    );
  });
});

describe('what a person holds', () => {
  const hold = (at: string, absent: User | null = zhou, person: User = qian, standIn = lent) =>
    appointmentsOf(person, [{ standIn, absent }], at).filter(({ onBehalfOf }) => onBehalfOf !== null);

  it('is lent for the unit of who is away, until the last day', () => {
    const elsewhere = { ...zhou, unitId: 'logistics' };
    expect(hold(now, elsewhere)).toEqual([
      { role: 'director', unitId: 'logistics', onBehalfOf: 'zhou', until: '2026-11-25' },
    ]);
    expect(hold(lent.endsAt)).toEqual([]);
  });

  it('ends with the role, the account and the work of who is away', () => {
    expect(hold(now, { ...zhou, roles: ['reviewer'] })).toEqual([]);
    expect(hold(now, { ...zhou, disabled: true })).toEqual([]);
    expect(hold(now, { ...zhou, leavesOn: '2026-11-22' })).toEqual([]);
    expect(hold(now, null)).toEqual([]);
  });

  it('never adds up to what may not stand together, however it came there', () => {
    const auditors = { ...lent, roles: ['auditor' as const, 'director' as const] };
    const absent = { ...zhou, roles: ['auditor' as const, 'director' as const] };
    const operator = { ...qian, roles: ['operator' as const] };
    expect(hold(now, absent, operator, auditors).map(({ role }) => role)).toEqual(['director']);
  });

  it('names whose rights go beyond the own', () => {
    const held = (person: User) => appointmentsOf(person, [{ standIn: lent, absent: zhou }], now);
    expect(lendersOf(held(qian), 'case.decide')).toEqual(['zhou']);
    expect(lendersOf(held(qian), 'user.manage')).toEqual([]);
    expect(lendersOf(held({ ...qian, roles: ['director'] }), 'case.decide')).toEqual([]);
    expect(lendersOf(held({ ...qian, roles: ['reviewer'] }), 'case.decide')).toEqual(['zhou']);
  });
});

describe('ending', () => {
  const end = (maker: Maker, current: StandIn | null = lent, version = 1) =>
    buildEnd(current, { commandId: 'e1', standInId: 'c1', version }, maker, now);
  const by = (id: string): Maker => ({ actor: { id, roles: [] }, forAnybody: false });

  it('is for the administrator and the two', () => {
    for (const maker of [office, by('zhou'), by('qian')]) {
      expect(end(maker)).toMatchObject({ version: 2, endsAt: now, endedAt: now, endedBy: maker.actor.id });
    }
    expect(() => end(by('wu'))).toThrow(NotFound);
    expect(() => end(office, null)).toThrow(NotFound);
  });

  it('happens once, of what was seen', () => {
    expect(() => end(office, end(office))).toThrow(Conflict);
    expect(() => end(office, lent, 2)).toThrow(Conflict);
    const coming = make({ from: '2026-11-25' });
    expect(isActive(end(office, coming), coming.startsAt)).toBe(false);
  });
});
