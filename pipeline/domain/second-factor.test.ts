import { describe, expect, test } from 'vitest';
import type { Role } from './role.ts';
import { graceEnd, type SecondFactorNeed, secondFactorNeed } from './second-factor.ts';
import { SignInDoor, type Totp } from './user.ts';

const policy = { roles: ['director', 'operator'] as Role[], graceDays: 14, everyDoor: false };
const createdAt = '2026-11-01T00:00:00.000Z';
const within = '2026-11-14T23:59:59.999Z';
const after = '2026-11-15T00:00:00.000Z';
const set: Totp = { sealed: 'x', kid: 'k', confirmedAt: createdAt, lastStep: 0, recovery: [] };

test('the time to put it off ends after so many days', () => {
  expect(graceEnd({ createdAt }, policy)).toBe(after);
});

describe('what is asked at each door', () => {
  const local: SignInDoor[] = ['password', 'emergency'];
  const cases: [
    string,
    { totp?: Totp; emergency?: boolean; roles?: Role[]; now?: string },
    SecondFactorNeed,
  ][] = [
    ['who has none and needs none', { roles: ['reviewer'] }, 'none'],
    ['who has one, though the role asks for none', { roles: ['reviewer'], totp: set }, 'prove'],
    ['who should have one, at first', { now: within }, 'advised'],
    ['who should have one, later', { now: after }, 'set-up'],
    ['a stand-in for somebody who should', { roles: ['reviewer', 'director'], now: after }, 'set-up'],
    [
      'one that is not confirmed counts for nothing',
      { totp: { ...set, confirmedAt: null }, now: after },
      'set-up',
    ],
    ['an emergency account, from the first day', { emergency: true, roles: ['reviewer'] }, 'set-up'],
  ];
  test.each(cases)('%s', (_name, { totp, emergency = false, roles = ['director'], now = within }, need) => {
    for (const door of SignInDoor.options) {
      const asking = { user: { totp: totp ?? null, emergency, createdAt }, roles, door, now };
      expect(secondFactorNeed(asking, policy), door).toBe(local.includes(door) ? need : 'none');
    }
  });

  test('where every door asks, the school’s own do as the password', () => {
    const everyDoor = { ...policy, everyDoor: true };
    const user = { totp: set, emergency: false, createdAt };
    expect(secondFactorNeed({ user, roles: ['reviewer'], door: 'cas', now: within }, everyDoor)).toBe(
      'prove',
    );
    const bare = { ...user, totp: null };
    expect(secondFactorNeed({ user: bare, roles: ['director'], door: 'oidc', now: after }, everyDoor)).toBe(
      'set-up',
    );
    expect(secondFactorNeed({ user: bare, roles: ['reviewer'], door: 'wecom', now: after }, everyDoor)).toBe(
      'none',
    );
  });
});
