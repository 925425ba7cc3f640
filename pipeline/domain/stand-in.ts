import { z } from 'zod';
import type { Actor } from './case.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { type Action, type Appointment, findIncompatibleRoles, Role, rightsOf } from './role.ts';
import { Instant, shanghaiClock, shanghaiInstant } from './time.ts';
import { hasLeft, mayEnter, type User } from './user.ts';

/** Why somebody is away: from a list, so that nobody's health is written down. */
export const AbsenceReason = z.enum(['leave', 'trip', 'training', 'shift', 'vacancy', 'other']);
export type AbsenceReason = z.infer<typeof AbsenceReason>;

const Day = z.iso.date();

/** 代理: a named colleague holds some of an absent person's roles, for that person's unit, between two days. */
export const StandIn = z.object({
  id: z.string(),
  version: z.int().positive(),
  absentId: z.string(),
  standInId: z.string(),
  roles: z.array(Role).min(1),
  /** Days in Shanghai; `until` is the last. */
  from: Day,
  until: Day,
  startsAt: Instant,
  /** The first instant after it: the end of the last day, or when it was ended early. */
  endsAt: Instant,
  reason: AbsenceReason,
  madeBy: z.string(),
  madeAt: Instant,
  endedAt: Instant.nullable(),
  /** Null for the machine: one of the two has left. */
  endedBy: z.string().nullable(),
});
export type StandIn = z.infer<typeof StandIn>;

export interface MakeStandIn {
  /** Becomes the id. */
  commandId: string;
  absentId: string;
  standInId: string;
  roles: readonly Role[];
  from: string;
  until: string;
  reason: AbsenceReason;
}

export interface EndStandIn {
  commandId: string;
  standInId: string;
  version: number;
}

/** Who makes or ends it: with the right to do so for anybody, or for their own absence only. */
export interface Maker {
  actor: Actor;
  forAnybody: boolean;
}

/** Only the security administrator lends these. */
const guardedRoles: readonly Role[] = ['account-admin', 'auditor'];
const longestDays = 366;
const dayMs = 86_400_000;

function startOf(day: string, laterDays = 0): string {
  const date = new Date(Date.parse(`${day}T00:00:00Z`) + laterDays * dayMs);
  const start = shanghaiInstant(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  if (start === null) throw new InvalidInput('from', '没有这个日期。');
  return start;
}

export function isActive({ startsAt, endsAt }: StandIn, at: string): boolean {
  return startsAt <= at && at < endsAt;
}

/** Still to come, or going on. */
export function isOpen({ endsAt }: StandIn, at: string): boolean {
  return at < endsAt;
}

/** The actor, and in whose stead they act: what nobody may do for themself, nobody does for them in their own stead. */
export function selvesOf({
  id,
  onBehalfOf = [],
}: {
  id: string | null;
  onBehalfOf?: string[] | undefined;
}): string[] {
  return id === null ? onBehalfOf : [id, ...onBehalfOf];
}

interface Scene {
  absent: User | null;
  standIn: User | null;
  /** Of either person, given and received, those that are not over. */
  known: readonly StandIn[];
}

/**
 * Pure. What stands in the way is told at its field; nothing lent can be lent on, because only roles that the absent person holds
 * themself can be.
 * @throws InvalidInput, NotPermitted
 */
export function buildStandIn(scene: Scene, command: MakeStandIn, maker: Maker, at: string): StandIn {
  const { absentId, standInId, from, until, reason } = command;
  const roles = [...new Set(command.roles)];
  const standing: StandIn = {
    ...{ id: command.commandId, version: 1, absentId, standInId, roles, from, until, reason },
    startsAt: startOf(from),
    endsAt: startOf(until, 1),
    ...{ madeBy: maker.actor.id, madeAt: at, endedAt: null, endedBy: null },
  };
  const { absent, standIn } = assertPersons(scene, standing, maker, at);
  assertDays(standing, { absent, standIn }, at);
  assertLendable(standing, absent, maker);
  assertFits(standing, standIn, scene.known);
  return standing;
}

function assertPersons(
  { absent, standIn }: Scene,
  { absentId, standInId }: StandIn,
  { actor, forAnybody }: Maker,
  at: string,
): { absent: User; standIn: User } {
  if (absentId === standInId) throw new InvalidInput('standInId', '代理人不能是本人。');
  if (forAnybody && selvesOf(actor).includes(standInId)) {
    throw new NotPermitted('不能安排自己代理别人，请由另一位安全管理员办理。');
  }
  if (!forAnybody && absentId !== actor.id) throw new NotPermitted('只能为自己安排代理人。');
  if (absent === null || !mayEnter(absent, at)) {
    throw new InvalidInput('absentId', '没有这个账号，或账号已停用。');
  }
  if (standIn === null || !mayEnter(standIn, at)) {
    throw new InvalidInput('standInId', '没有这个账号，或账号已停用。');
  }
  if (standIn.student) throw new InvalidInput('standInId', '学生账号不能代理别人的工作。');
  if (!forAnybody && standIn.unitId !== absent.unitId) {
    throw new InvalidInput('standInId', '自己办理只能选本单位的同事。', '外单位的代理人请安全管理员安排。');
  }
  return { absent, standIn };
}

function assertDays(
  { from, until }: StandIn,
  { absent, standIn }: { absent: User; standIn: User },
  at: string,
): void {
  const today = shanghaiClock(at).slice(0, 10);
  if (from < today) throw new InvalidInput('from', '开始日期不能早于今天。');
  if (until < from) throw new InvalidInput('until', '结束日期不能早于开始日期。');
  if (startOf(until) > startOf(from, longestDays - 1)) {
    throw new InvalidInput('until', `一次代理最长 ${longestDays} 天。`);
  }
  if (absent.leavesOn !== null && absent.leavesOn < until) {
    throw new InvalidInput('until', `被代理人 ${absent.leavesOn} 离岗，代理不能超过这一天。`);
  }
  if (standIn.leavesOn !== null && standIn.leavesOn < until) {
    throw new InvalidInput('until', `代理人 ${standIn.leavesOn} 离岗，代理不能超过这一天。`);
  }
}

/** Of a person's own roles, those that they may lend themself. */
export function lendableRoles({ roles }: Pick<User, 'roles'>): Role[] {
  return roles.filter((role) => !guardedRoles.includes(role));
}

function assertLendable({ roles }: StandIn, absent: User, { forAnybody }: Maker): void {
  if (roles.length === 0) throw new InvalidInput('roles', '请选择要代理的角色。');
  if (!roles.every((role) => absent.roles.includes(role))) {
    throw new InvalidInput('roles', '被代理人自己没有这个角色；代理来的角色不能再转给别人。');
  }
  if (!forAnybody && roles.some((role) => guardedRoles.includes(role))) {
    throw new InvalidInput('roles', '安全管理员和独立监督人员的代理，只能由安全管理员办理。');
  }
}

function assertFits(standing: StandIn, standIn: User, known: readonly StandIn[]): void {
  const { absentId, standInId, roles } = standing;
  const overlapping = known.filter(
    ({ startsAt, endsAt }) => startsAt < standing.endsAt && standing.startsAt < endsAt,
  );
  const twice = overlapping.find(
    (one) => one.absentId === absentId && one.roles.some((role) => roles.includes(role)),
  );
  if (twice !== undefined) {
    throw new InvalidInput(
      'from',
      `这个角色 ${twice.from} 至 ${twice.until} 已有代理人。`,
      '请先结束原来的代理。',
    );
  }
  const away = overlapping.find((one) => one.absentId === standInId);
  if (away !== undefined) {
    throw new InvalidInput('standInId', `这位同事 ${away.from} 至 ${away.until} 自己也请了代理。`);
  }
  assertRolesFit({ id: standInId, roles: standIn.roles }, [...known, standing], 'roles');
}

/**
 * 三员分立: what one person holds and is lent, taken together.
 * @param known stand-ins that are not over; those of others are passed over
 * @throws InvalidInput
 */
export function assertRolesFit(
  { id, roles }: Pick<User, 'id' | 'roles'>,
  known: readonly StandIn[],
  field: string,
): void {
  const lent = known.filter(({ standInId }) => standInId === id).flatMap((one) => one.roles);
  const clash = findIncompatibleRoles([...roles, ...lent]);
  if (clash === null) return;
  throw new InvalidInput(
    field,
    lent.length === 0
      ? '三员分立：这两个角色不能由一人兼任。'
      : '三员分立：与代理的角色合起来不能由一人兼任。',
    clash.join('、'),
  );
}

/** Pure. By the security administrator, or by one of the two. @throws NotFound, Conflict */
export function buildEnd(current: StandIn | null, command: EndStandIn, maker: Maker, at: string): StandIn {
  const { id } = maker.actor;
  const concerned = current !== null && (current.absentId === id || current.standInId === id);
  if (current === null || (!maker.forAnybody && !concerned)) throw new NotFound('没有这项代理。');
  if (!isOpen(current, at)) throw new Conflict('这项代理已经结束。');
  if (current.version !== command.version) throw new Conflict('这项代理已有更新，请重新打开后再处理。');
  return endOf(current, id, at);
}

/** As it stands once ended at an instant; one that has not begun never will. */
export function endOf(current: StandIn, endedBy: string | null, at: string): StandIn {
  return { ...current, version: current.version + 1, endsAt: at, endedAt: at, endedBy };
}

/**
 * What a person holds at an instant: own roles for the own unit, lent ones for the unit of whom they stand in for. A lent role
 * holds no longer than the absent person has it; one that may not stand beside another is left out, however it came there.
 */
export function appointmentsOf(
  person: User,
  lent: readonly { standIn: StandIn; absent: User | null }[],
  at: string,
): Appointment[] {
  const own = person.roles.map((role): Appointment => ({ role, unitId: person.unitId, onBehalfOf: null }));
  const held = [...person.roles];
  const borrowed = lent.flatMap(({ standIn, absent }) => {
    const stands = absent !== null && !absent.disabled && !hasLeft(absent, at) && isActive(standIn, at);
    if (!stands || person.student) return [];
    return standIn.roles.flatMap((role): Appointment[] => {
      if (!absent.roles.includes(role) || findIncompatibleRoles([...held, role]) !== null) return [];
      held.push(role);
      return [{ role, unitId: absent.unitId, onBehalfOf: absent.id, until: standIn.until }];
    });
  });
  return [...own, ...borrowed];
}

/** Whose lent roles go beyond the person's own rights for this action: on their behalf it is done. */
export function lendersOf(appointments: readonly Appointment[], action: Action): string[] {
  const absent = new Set(appointments.flatMap(({ onBehalfOf }) => onBehalfOf ?? []));
  if (absent.size === 0) return [];
  const own = appointments.filter(({ onBehalfOf }) => onBehalfOf === null);
  const before = JSON.stringify(rightsOf(own, action));
  return [...absent].filter((id) => {
    const theirs = appointments.filter(({ onBehalfOf }) => onBehalfOf === id);
    return JSON.stringify(rightsOf([...own, ...theirs], action)) !== before;
  });
}
