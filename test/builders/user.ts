import type { Role } from '../../pipeline/domain/role.ts';
import type { User } from '../../pipeline/domain/user.ts';

/** An account as it is after its owner chose a password. */
export function buildUser(overrides: Partial<User> & { id: string; roles: Role[] }): User {
  return {
    version: 1,
    login: overrides.id,
    name: `同事 ${overrides.id}`,
    unitId: null,
    passwordHash: 'scrypt$…',
    failedLogins: 0,
    lockedUntil: null,
    disabled: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    identities: [],
    totp: null,
    emergency: false,
    emergencyUses: [],
    leavesOn: null,
    mustChangePassword: false,
    student: false,
    ...overrides,
  };
}
