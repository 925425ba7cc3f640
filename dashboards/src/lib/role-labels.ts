import type { Role } from './codes.ts';

export const roleLabels: Record<Role, string> = {
  editor: '通讯员（编辑）',
  'unit-reviewer': '单位信息员',
  'unit-head': '单位负责人',
  reviewer: '舆情审核员',
  director: '宣传部负责人',
  leader: '分管领导',
  principal: '书记、校长',
  analyst: '舆情分析员',
  safety: '安全值班人员',
  operator: '运维人员',
  'account-admin': '安全管理员',
  auditor: '独立监督人员',
};

/** What to say to somebody who has signed in and has no queue: that their pages are still to come, or that no role was given. */
export function explainNoQueue(roles: readonly Role[]): { title: string; text: string } {
  if (roles.length === 0) {
    return { title: '您的账号还没有角色', text: '请联系安全管理员为您设置角色。' };
  }
  const names = roles.map((role) => `“${roleLabels[role]}”`).join('、');
  return {
    title: '您的角色没有审核队列',
    text: `您的角色是${names}。这里目前只有审核队列，您这个角色的页面将在以后的版本中提供。`,
  };
}

const unitRoles: readonly Role[] = ['unit-reviewer', 'unit-head'];

/** Whether somebody sees their own unit's matters and nobody else's. */
export function isOfUnitOnly(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((role) => unitRoles.includes(role));
}
