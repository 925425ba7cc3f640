import type { DecisionKind, ReasonCode, ReopenReason } from './codes.ts';

interface DecisionWords {
  label: string;
  /** What follows from it, in a few characters. */
  effect: string;
  /** The digit is bound to the decision, not to its place in a list: hands remember it across roles and cases. */
  key: string;
  /** Afterwards the case is out of this person's sight, and so cannot be taken back from here. */
  leavesSight?: true;
}

export const decisionWords: Record<DecisionKind, DecisionWords> = {
  'no-action': { label: '无需处理', effect: '留存备查，就此结束', key: '1' },
  answer: { label: '拟稿回应', effect: '由官方账号公开答复', key: '2' },
  'hand-over': { label: '转办', effect: '交负责单位办理', key: '3' },
  correct: { label: '更正', effect: '改正本校发布的内容', key: '4' },
  'refer-safety': {
    label: '转安全值班',
    effect: '转出后这里看不到，也不能撤销',
    key: '5',
    leavesSight: true,
  },
  'return-from-safety': { label: '退回审核', effect: '不属安全事项', key: '6' },
  verify: { label: '核实', effect: '先查明事实，再作回应', key: '7' },
  'mark-noise': { label: '标为噪声', effect: '广告或无关内容', key: '8' },
};

export const reasonLabels: Record<ReasonCode, string> = {
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

export const reasonLetters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

/** In the order offered. */
export const reopenReasons: readonly ReopenReason[] = [
  'new-facts',
  'not-solved',
  'said-again',
  'decided-wrongly',
  'superior-asks',
];

export const reopenLabels: Record<ReopenReason, string> = {
  'new-facts': '有新情况',
  'not-solved': '问题没有解决',
  'said-again': '又有人反映',
  'decided-wrongly': '原处理意见不当',
  'superior-asks': '上级要求',
};
