import type { SessionView } from '../../../review-api/contract/own-session.ts';
import type { PersonView } from '../../../review-api/contract/person.ts';
import type { StandInView } from '../../../review-api/contract/stand-in.ts';

export const accountStateLabels: Record<PersonView['state'], string> = {
  active: '在用',
  locked: '已锁定',
  disabled: '已停用',
  left: '已离岗',
};

export const absenceLabels: Record<StandInView['reason'], string> = {
  leave: '请假',
  trip: '出差',
  training: '学习培训',
  shift: '轮班',
  vacancy: '岗位空缺',
  other: '其他',
};

export const standInStateLabels: Record<StandInView['state'], string> = {
  coming: '未开始',
  active: '代理中',
  over: '已结束',
};

export const doorLabels: Record<SessionView['door'], string> = {
  password: '账号密码',
  emergency: '应急账号',
  cas: '统一身份认证',
  wecom: '企业微信',
  oidc: '统一登录',
};

/** What the list says of somebody's going, or nothing. */
export function describeLeaving({
  state,
  leavesOn,
  leavesInDays,
}: Pick<PersonView, 'state' | 'leavesOn' | 'leavesInDays'>): string {
  if (leavesOn === null) return '';
  if (state === 'left') return `${leavesOn} 离岗`;
  if (leavesInDays === 0) return '今天是最后一天';
  return leavesInDays === null ? `${leavesOn} 离岗` : `还有 ${leavesInDays} 天离岗（${leavesOn}）`;
}

/** A day's short name: `11月30日`. */
export function shortDay(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}
