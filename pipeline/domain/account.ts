import { z } from 'zod';
import { InvalidInput, NotPermitted } from './errors.ts';
import type { Role } from './role.ts';
import { daysBetween } from './time.ts';
import { hasLeft, type User } from './user.ts';

/** `left`: the last day of work is over; `locked`: too many wrong passwords. */
export const AccountState = z.enum(['active', 'locked', 'disabled', 'left']);
export type AccountState = z.infer<typeof AccountState>;

export const AccountMove = z.enum(['disable', 'enable', 'unlock']);
export type AccountMove = z.infer<typeof AccountMove>;

export function accountStateOf(user: User, at: string): AccountState {
  if (hasLeft(user, at)) return 'left';
  if (user.disabled) return 'disabled';
  return user.lockedUntil !== null && user.lockedUntil > at ? 'locked' : 'active';
}

/** What decides about somebody's rights: nobody changes any of it for themself. */
const ownAffairs = ['roles', 'unitId', 'leavesOn', 'emergency', 'disabled', 'student'] as const;
type Affair = (typeof ownAffairs)[number];

const asText = (value: unknown) => JSON.stringify(value);
const changed = (before: User, after: User): Affair[] =>
  ownAffairs.filter((name) => asText(before[name]) !== asText(after[name]));

/**
 * 三员分立: nobody changes their own roles, or anything that gives rights, nor enables themself again.
 * @param selves the actor, and in whose stead they act
 * @throws NotPermitted
 */
export function assertNotOneself(selves: readonly string[], before: User, after: User): void {
  if (!selves.includes(before.id) || changed(before, after).length === 0) return;
  throw new NotPermitted('不能更改自己的角色、单位或账号状态，请由另一位安全管理员办理。');
}

const admin: Role = 'account-admin';

/** Can manage accounts tomorrow too. */
export function isStayingAdmin({
  disabled,
  roles,
  leavesOn,
}: Pick<User, 'disabled' | 'roles' | 'leavesOn'>): boolean {
  return !disabled && roles.includes(admin) && leavesOn === null;
}

/**
 * The last one who can manage accounts stays.
 * @param another is there another staying one?
 * @throws InvalidInput at the field that would take the last one away
 */
export function assertAdminStays(before: User, after: User, another: boolean): void {
  if (another || !isStayingAdmin(before) || isStayingAdmin(after)) return;
  const [field = 'roles'] = changed(before, after).filter(
    (name) => name !== 'unitId' && name !== 'emergency' && name !== 'student',
  );
  throw new InvalidInput(
    field,
    '这是最后一位在用的安全管理员，不能停用、离岗或去掉这个角色。',
    '请先为另一位同事设置安全管理员角色。',
  );
}

/**
 * A student writes drafts, and that is all: a role that could approve, or see what others said, is none of theirs.
 * @param field at which it was given
 * @throws InvalidInput
 */
export function assertStudentFits(
  { student, roles }: Pick<User, 'student' | 'roles'>,
  field: 'student' | 'roles',
): void {
  if (student && roles.some((role) => role !== 'editor'))
    throw new InvalidInput(field, '学生账号只能是通讯员：学生可以写稿，不能审校，也没有其他权限。', 'editor');
}

/** So many days ahead the list warns that somebody leaves. */
const leavingSoonDays = 14;

/** @returns days until the last day of work, 0 on it; null when it is further off, over, or not set */
export function leavesInDays({ leavesOn }: Pick<User, 'leavesOn'>, today: string): number | null {
  if (leavesOn === null || leavesOn < today) return null;
  const days = daysBetween(today, leavesOn);
  return days <= leavingSoonDays ? days : null;
}
