import { assertStudentFits } from '../domain/account.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import { findIncompatibleRoles, Role } from '../domain/role.ts';
import { Login, type User } from '../domain/user.ts';
import type { Stores } from '../ports/index.ts';
import type { AuthenticatePorts } from './authenticate.ts';
import { buildUserAudit, inSteadOf } from './change-user.ts';
import { assertPassword } from './password-policy.ts';

export interface NewUser {
  login: string;
  name: string;
  roles: readonly string[];
  unitId: string | null;
  password: string;
  /** Chosen by the caller, so that a repeated call can be told; else a new one. */
  id?: string;
  leavesOn?: string | null;
  student?: boolean;
  /** Whoever made the password knows it. */
  mustChangePassword?: boolean;
  /** Of the actor. */
  onBehalfOf?: string[];
}

export type AddUserPorts = AuthenticatePorts & { stores: Pick<Stores, 'settings'> };

/**
 * @throws InvalidInput naming the field; Conflict when the login is taken
 */
export async function addUser(wanted: NewUser, actorId: string | null, ports: AddUserPorts): Promise<User> {
  const login = Login.safeParse(wanted.login);
  if (!login.success) {
    throw new InvalidInput('login', 'The login is not valid.', 'lower-case letters, digits and . _ -');
  }
  const name = wanted.name.trim();
  if (name === '' || name.length > 60)
    throw new InvalidInput('name', 'The name must have 1 to 60 characters.');
  const roles = parseRoles(wanted.roles);
  const student = wanted.student ?? false;
  assertStudentFits({ student, roles }, 'roles');
  await assertUnit(wanted.unitId, ports);
  assertPassword(wanted.password, login.data, 'password');
  if ((await ports.stores.users.findByLogin(login.data)) !== null) {
    throw new Conflict(`The login "${login.data}" is taken.`);
  }
  const user: User = {
    id: wanted.id ?? ports.clock.newId(),
    version: 1,
    login: login.data,
    name,
    unitId: wanted.unitId,
    roles,
    passwordHash: await ports.passwords.hash(wanted.password),
    failedLogins: 0,
    lockedUntil: null,
    disabled: false,
    createdAt: ports.clock.now(),
    ...{ identities: [], totp: null, emergency: false, emergencyUses: [], leavesOn: wanted.leavesOn ?? null },
    mustChangePassword: wanted.mustChangePassword ?? false,
    student,
  };
  const payload = { roles, unitId: user.unitId, ...(student ? { student } : {}), ...inSteadOf(wanted) };
  const audit = { action: 'user.added', userId: user.id, actorId, payload };
  await ports.stores.users.add(user, buildUserAudit(ports.clock, audit));
  return user;
}

/** @throws InvalidInput (field `unit`) */
export async function assertUnit(unitId: string | null, ports: AddUserPorts): Promise<void> {
  if (unitId === null) return;
  const { units } = await ports.stores.settings.read();
  if (units.some((unit) => unit.id === unitId)) return;
  const known = units.map((unit) => unit.id).join(', ');
  throw new InvalidInput(
    'unit',
    `There is no unit "${unitId}".`,
    known === '' ? 'import units first' : known,
  );
}

/** As they are typed on a command line. @throws InvalidInput (field `roles`) */
export function parseRoles(names: readonly string[]): Role[] {
  const roles = new Set<Role>();
  for (const name of names) {
    const role = Role.safeParse(name.trim());
    if (!role.success) {
      throw new InvalidInput('roles', `There is no role "${name}".`, `one of ${Role.options.join(', ')}`);
    }
    roles.add(role.data);
  }
  if (roles.size === 0)
    throw new InvalidInput('roles', 'At least one role is needed.', Role.options.join(', '));
  const clash = findIncompatibleRoles([...roles]);
  if (clash !== null) {
    throw new InvalidInput('roles', `One person may not be ${clash[0]} and ${clash[1]} together.`);
  }
  return [...roles];
}
