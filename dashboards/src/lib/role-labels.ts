import { t } from '../i18n/t.ts';
import type { Role } from './codes.ts';

export const roleLabels: Record<Role, string> = {
  editor: t('people.roleEditor'),
  'unit-reviewer': t('people.roleUnitReviewer'),
  'unit-head': t('people.roleUnitHead'),
  reviewer: t('people.roleReviewer'),
  director: t('app.publicityHead'),
  leader: t('people.roleLeader'),
  principal: t('people.rolePrincipal'),
  analyst: t('people.roleAnalyst'),
  safety: t('people.roleSafety'),
  operator: t('people.roleOperator'),
  'account-admin': t('people.roleAccountAdmin'),
  auditor: t('people.roleAuditor'),
};

/** What to say to somebody who has signed in and has no queue: that their pages are still to come, or that no role was given. */
export function explainNoQueue(roles: readonly Role[]): { title: string; text: string } {
  if (roles.length === 0) {
    return { title: t('people.noRoleTitle'), text: t('people.noRoleText') };
  }
  const names = roles.map((role) => `“${roleLabels[role]}”`).join(t('app.listComma'));
  return {
    title: t('people.noQueueTitle'),
    text: t('people.noQueueText', { names }),
  };
}

const unitRoles: readonly Role[] = ['unit-reviewer', 'unit-head'];

/** Whether somebody sees their own unit's matters and nobody else's. */
export function isOfUnitOnly(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((role) => unitRoles.includes(role));
}
