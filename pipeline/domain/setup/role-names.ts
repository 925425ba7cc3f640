import type { Role } from '../role.ts';
import { foldName } from './cells.ts';

/** How a role is written in a sheet: first the name that the template gives, then others in use. */
const names: Record<Role, readonly [string, ...string[]]> = {
  editor: ['通讯员', '编辑', '通讯员（编辑）', '通讯员/编辑', '学生记者'],
  'unit-reviewer': ['单位信息员', '信息员'],
  'unit-head': ['单位负责人', '部门负责人', '学院负责人'],
  reviewer: ['舆情审核员', '审核员'],
  director: ['宣传部负责人', '宣传部部长', '部长'],
  leader: ['分管领导', '分管校领导'],
  principal: ['书记、校长', '书记', '校长', '党委书记', '主要领导', '书记校长'],
  analyst: ['舆情分析员', '分析员'],
  safety: ['安全值班人员', '安全值班', '心理中心', '保卫处值班', '心理中心值班'],
  operator: ['运维人员', '运维', '现代教育技术中心', '技术运维'],
  'account-admin': ['安全管理员', '账号管理员'],
  auditor: ['独立监督人员', '独立监督', '审计员', '纪检监督'],
};

const byName = new Map<string, Role>();
for (const [role, written] of Object.entries(names) as [Role, readonly string[]][])
  for (const name of [role, ...written]) byName.set(foldName(name), role);

export function roleName(role: Role): string {
  return names[role][0].replace('、', '');
}

export const knownRoleNames: readonly string[] = (Object.keys(names) as Role[]).map(roleName);

/** By its name in Chinese or its code; null for none. */
export function findRole(text: string): Role | null {
  return byName.get(foldName(text)) ?? null;
}
