import type { CaseState, DecisionKind, ReasonCode } from './case.ts';
import type { FactLevel, ItemKind, Speaker } from './item-fact.ts';
import type { RiskLevel } from './verdict.ts';

/** What cases and facts are called on paper and on screen. */
const riskLevelNames: Record<RiskLevel, string> = {
  low: '一般',
  watch: '关注',
  important: '重点',
  urgent: '紧急',
};

export const levelNames: Record<FactLevel, string> = { ...riskLevelNames, unjudged: '未研判' };

export const caseStateNames: Record<CaseState, string> = {
  open: '待处理',
  reopened: '重新待处理',
  decided: '已处理',
  'handed-over': '已转办',
  answered: '单位已答复',
  closed: '已办结',
};

export const decisionNames: Record<DecisionKind, string> = {
  'no-action': '无需处理',
  answer: '拟稿回应',
  'hand-over': '转办',
  correct: '更正',
  'refer-safety': '转安全值班',
  'return-from-safety': '退回审核',
  verify: '核实',
  'mark-noise': '标为噪声',
};

export const reasonNames: Record<ReasonCode, string> = {
  'service-need': '有服务诉求',
  'safety-risk': '有安全风险',
  'own-error': '本校差错',
  'needs-facts': '事实待查',
  'already-handled': '已在办理或已答复',
  'help-given': '已介入帮助',
  'opinion-only': '仅表达意见',
  'not-about-school': '与本校无关',
  misjudged: '机器误判',
  'advert-or-spam': '广告或垃圾信息',
  'personal-data': '涉及个人信息',
  misrouted: '分错队列',
};

export const speakerNames: Record<Speaker, string> = { public: '公众', school: '本校' };

export const itemKindNames: Record<ItemKind, string> = {
  comment: '评论',
  lead: '线索',
  article: '文章',
  status: '动态',
  reply: '官方回复',
};
