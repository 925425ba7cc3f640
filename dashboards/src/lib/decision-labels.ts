import { decisionNames, reasonNames } from '../../../review-api/contract/case-names.ts';
import type { DecisionKind, ReopenReason } from './codes.ts';

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
  'no-action': { label: decisionNames['no-action'], effect: '留存备查，就此结束', key: '1' },
  answer: { label: decisionNames.answer, effect: '由官方账号公开答复', key: '2' },
  'hand-over': { label: decisionNames['hand-over'], effect: '交负责单位办理', key: '3' },
  correct: { label: decisionNames.correct, effect: '改正本校发布的内容', key: '4' },
  'refer-safety': {
    label: decisionNames['refer-safety'],
    effect: '转出后这里看不到，也不能撤销',
    key: '5',
    leavesSight: true,
  },
  'return-from-safety': { label: decisionNames['return-from-safety'], effect: '不属安全事项', key: '6' },
  verify: { label: decisionNames.verify, effect: '先查明事实，再作回应', key: '7' },
  'mark-noise': { label: decisionNames['mark-noise'], effect: '广告或无关内容', key: '8' },
};

export const reasonLabels = reasonNames;

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
