import { createHash } from 'node:crypto';
import { type AccountMove, assertNotOneself, assertStudentFits } from '../domain/account.ts';
import type { Actor as Person } from '../domain/case.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../domain/errors.ts';
import { assertRolesFit, isOpen, type StandIn, selvesOf } from '../domain/stand-in.ts';
import { hasLeft, type User } from '../domain/user.ts';
import type { Stores } from '../ports/index.ts';
import { type AddUserPorts, addUser } from './add-user.ts';
import { resetPassword } from './change-password.ts';
import { appendUserAudit, buildUserAudit, changeOnRecord, disableUser, inSteadOf } from './change-user.ts';
import { endLostDoors } from './end-lost-doors.ts';
import { makeFirstPassword } from './first-password.ts';

/** `id` null: by command, whoever can read the data folder. */
interface Actor extends Pick<Person, 'onBehalfOf'> {
  id: string | null;
}

export type AccountPorts = AddUserPorts & { stores: Pick<Stores, 'standIns'> };

/** What an administrator writes of an account. */
export type AccountFacts = Pick<
  User,
  'name' | 'unitId' | 'roles' | 'leavesOn' | 'emergency' | 'identities' | 'student'
>;
const factNames = ['name', 'unitId', 'roles', 'leavesOn', 'emergency', 'identities', 'student'] as const;

/**
 * Tells whether an account still stands as an administrator saw it. Its version will not do: every sign-in raises that.
 */
export function accountSeal(user: User): string {
  const facts = [...factNames.map((name) => user[name]), user.disabled];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

export interface NewAccount extends Pick<AccountFacts, 'name' | 'unitId' | 'roles' | 'leavesOn'> {
  student?: boolean;
  /** Becomes the id. */
  commandId: string;
  login: string;
}

/**
 * The password is answered once and must be changed at the first sign-in.
 * @returns `firstPassword` null for a call that was answered before
 * @throws InvalidInput, Conflict
 */
export async function addAccount(
  wanted: NewAccount,
  actor: Actor,
  ports: AccountPorts,
): Promise<{ user: User; firstPassword: string | null }> {
  const { commandId, login, roles, unitId } = wanted;
  const known = await ports.stores.users.find(commandId);
  if (known !== null) {
    if (known.login !== login) throw new Conflict('同一编号的账号已经建立过，内容不同。');
    return { user: known, firstPassword: null };
  }
  if ((await ports.stores.users.findByLogin(login)) !== null) {
    throw new InvalidInput('login', `账号 ${login} 已被使用。`);
  }
  await assertKnownUnit(unitId, ports);
  assertRolesFit({ id: commandId, roles }, [], 'roles');
  assertStudentFits({ student: wanted.student ?? false, roles }, 'roles');
  const firstPassword = makeFirstPassword(login);
  const user = await addUser(
    { ...wanted, id: commandId, password: firstPassword, mustChangePassword: true, ...inSteadOf(actor) },
    actor.id,
    ports,
  );
  return { user, firstPassword };
}

async function assertKnownUnit(unitId: string | null, { stores }: AccountPorts): Promise<void> {
  if (unitId === null) return;
  const { units } = await stores.settings.read();
  if (!units.some(({ id }) => id === unitId)) throw new InvalidInput('unitId', '没有这个单位。');
}

/** What a change says in the audit log: roles and unit before and after; no name, no number of the school's. */
export function describeAccountChange(before: User, after: User): Record<string, unknown> {
  const same = (name: (typeof factNames)[number]) =>
    JSON.stringify(before[name]) === JSON.stringify(after[name]);
  const fields = factNames.filter((name) => !same(name));
  const told = (['roles', 'unitId', 'leavesOn', 'emergency', 'student'] as const).filter(
    (name) => !same(name),
  );
  const providers = ({ identities }: User) => identities.map(({ provider }) => provider);
  return {
    fields,
    ...Object.fromEntries(told.map((name) => [name, { before: before[name], after: after[name] }])),
    ...(same('identities') ? {} : { identities: { before: providers(before), after: providers(after) } }),
  };
}

const attempts = 8;

/**
 * Name, unit, roles, last day of work, emergency mark, student, identities: those that are given.
 * @param seen the seal of the account as the administrator saw it
 * @throws Conflict when it has changed since; InvalidInput, NotPermitted
 */
export async function editAccount(
  userId: string,
  { change, seen }: { change: Partial<AccountFacts>; seen: string },
  actor: Actor,
  ports: AccountPorts,
): Promise<User> {
  await assertKnownUnit(change.unitId ?? null, ports);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const now = ports.clock.now();
    const lent = (await ports.stores.standIns.listOf(userId)).filter((one) => isOpen(one, now));
    const edited = await tryEdit(
      userId,
      (user) => {
        const next = { ...user, ...change };
        if (JSON.stringify(next) === JSON.stringify(user)) return user;
        if (accountSeal(user) !== seen) throw new Conflict('这个账号已被别人修改，请重新打开后再保存。');
        assertNotOneself(selvesOf(actor), user, next);
        if (change.roles !== undefined) assertRolesFit(next, lent, 'roles');
        assertStudentFits(next, change.student === true ? 'student' : 'roles');
        if (next.student) assertStudentFits({ student: true, roles: lentTo(userId, lent) }, 'student');
        return next;
      },
      { actor, ports },
    );
    if (edited !== null) return edited;
  }
  throw new Conflict('这个账号正在被别人修改，请稍后再保存。');
}

/** What somebody holds in another's stead. */
const lentTo = (userId: string, standIns: readonly StandIn[]) =>
  standIns.filter(({ standInId }) => standInId === userId).flatMap(({ roles }) => roles);

/** @returns null when somebody was faster: then also what was looked at before may have changed */
async function tryEdit(
  userId: string,
  change: (user: User) => User,
  { actor, ports }: { actor: Actor; ports: AccountPorts },
): Promise<User | null> {
  const { users } = ports.stores;
  const user = await users.find(userId);
  if (user === null) throw new NotFound('没有这个账号。');
  const next = change(user);
  if (next === user) return user;
  const payload = { ...describeAccountChange(user, next), ...inSteadOf(actor) };
  const audit = { action: 'user.changed', userId, actorId: actor.id, payload };
  try {
    const edited = await users.update(next, buildUserAudit(ports.clock, audit));
    await endLostDoors(user, next, ports);
    return edited;
  } catch (error) {
    const current = error instanceof Conflict ? await users.find(userId) : null;
    if (current === null || current.version === user.version) throw error;
    return null;
  }
}

/**
 * Disabling ends sessions, claims and stand-ins too. Twice is harmless.
 * @throws NotPermitted for oneself; NotFound, InvalidInput
 */
export async function moveAccount(
  userId: string,
  move: AccountMove,
  actor: Actor,
  ports: AccountPorts,
): Promise<User> {
  if (selvesOf(actor).includes(userId)) {
    throw new NotPermitted('不能停用、启用或解锁自己的账号，请由另一位安全管理员办理。');
  }
  if (move === 'disable') return disableUser(ports, userId, { actorId: actor.id, ...inSteadOf(actor) });
  const action = move === 'enable' ? 'user.enabled' : 'user.unlocked';
  const opened = move === 'enable' ? { disabled: false } : {};
  return changeOnRecord(ports, userId, {
    change: (user) => {
      if (hasLeft(user, ports.clock.now())) {
        throw new InvalidInput('leavesOn', '离岗日期已过。', '请先改离岗日期，再启用账号。');
      }
      return { ...user, ...opened, failedLogins: 0, lockedUntil: null };
    },
    describe: () =>
      buildUserAudit(ports.clock, { action, userId, actorId: actor.id, payload: inSteadOf(actor) }),
  });
}

/** @returns the password, shown once. @throws NotPermitted for oneself, NotFound */
export async function resetAccountPassword(
  userId: string,
  actor: Actor,
  ports: AccountPorts,
): Promise<string> {
  if (selvesOf(actor).includes(userId)) throw new NotPermitted('请在“我的账号”里修改自己的密码。');
  const user = await ports.stores.users.find(userId);
  if (user === null) throw new NotFound('没有这个账号。');
  const password = makeFirstPassword(user.login);
  await resetPassword(user, password, { actorId: actor.id, mustChange: true, ...inSteadOf(actor) }, ports);
  return password;
}

/** Signs an account out everywhere. */
export async function endAllSessions(userId: string, actor: Actor, ports: AccountPorts): Promise<void> {
  await ports.stores.sessions.deleteOfUser(userId);
  const payload = inSteadOf(actor);
  await appendUserAudit(ports, { action: 'user.signed-out', userId, actorId: actor.id, payload });
}
