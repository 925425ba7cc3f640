import { expect, test } from 'vitest';
import { buildUser } from '../../test/builders/user.ts';
import { accountStateOf, assertAdminStays, assertNotOneself, leavesInDays } from './account.ts';
import { InvalidInput, NotPermitted } from './errors.ts';
import { hasLeft, mayEnter, type User } from './user.ts';

const at = '2026-11-23T15:59:59.999Z';
const midnight = '2026-11-23T16:00:00.000Z';
const admin = buildUser({ id: 'admin', roles: ['account-admin'] });

test('the last day of work ends with the day in Shanghai', () => {
  const leaver = buildUser({ id: 'a', roles: ['editor'], leavesOn: '2026-11-23' });
  expect([hasLeft(leaver, at), hasLeft(leaver, midnight)]).toEqual([false, true]);
  expect([mayEnter(leaver, at), mayEnter(leaver, midnight)]).toEqual([true, false]);
  expect(mayEnter({ ...leaver, disabled: true }, at)).toBe(false);
  expect([accountStateOf(leaver, at), accountStateOf(leaver, midnight)]).toEqual(['active', 'left']);
});

test.each<[Partial<User>, string]>([
  [{}, 'active'],
  [{ lockedUntil: midnight }, 'locked'],
  [{ lockedUntil: at }, 'active'],
  [{ disabled: true, lockedUntil: midnight }, 'disabled'],
  [{ disabled: true, leavesOn: '2026-11-22' }, 'left'],
])('%j is %s', (more, state) => {
  expect(accountStateOf({ ...admin, ...more }, at)).toBe(state);
});

test.each<[Partial<User>, boolean]>([
  [{ roles: ['account-admin', 'reviewer'] }, true],
  [{ unitId: 'publicity' }, true],
  [{ disabled: true }, true],
  [{ leavesOn: '2027-01-01' }, true],
  [{ emergency: true }, true],
  [{ name: '新名字' }, false],
  [{ identities: [{ provider: 'cas', subject: '1' }] }, false],
])('nobody changes it for themself, or for whom they stand in: %j', (change, refused) => {
  for (const selves of [['admin'], ['stand-in', 'admin']]) {
    const run = () => assertNotOneself(selves, admin, { ...admin, ...change });
    if (refused) expect(run).toThrow(NotPermitted);
    else expect(run).not.toThrow();
  }
  expect(() => assertNotOneself(['other'], admin, { ...admin, ...change })).not.toThrow();
});

test.each<[Partial<User>, string | null]>([
  [{ disabled: true }, 'disabled'],
  [{ roles: ['editor'] }, 'roles'],
  [{ leavesOn: '2027-01-01' }, 'leavesOn'],
  [{ roles: ['account-admin', 'editor'] }, null],
  [{ name: '新名字' }, null],
])('the last one who manages accounts stays: %j', (change, field) => {
  const after = { ...admin, ...change };
  const run = () => assertAdminStays(admin, after, false);
  if (field === null) expect(run).not.toThrow();
  else {
    expect(run).toThrow(InvalidInput);
    expect(run).toThrow(expect.objectContaining({ field }));
  }
  expect(() => assertAdminStays(admin, after, true)).not.toThrow();
});

test('the list warns two weeks ahead', () => {
  const days = (leavesOn: string | null) => leavesInDays({ leavesOn }, '2026-11-23');
  expect(['2026-11-23', '2026-12-07', '2026-12-08', '2026-11-22', null].map(days)).toEqual([
    0,
    14,
    null,
    null,
    null,
  ]);
});
