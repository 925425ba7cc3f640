import { t } from '../i18n/t.ts';
import { decisionNames, reasonNames } from './case-names.ts';
import type { DecisionKind, ReopenReason } from './codes.ts';

interface DecisionWords {
  label: string;
  /** What follows from it, in a few characters. */
  effect: string;
  /** The digit is bound to the decision, not to its place in a list: hands remember it across roles and cases. */
  key: string;
  /** A second key for those made most. */
  letter?: 'a' | 'h' | 'n';
  /** Afterwards the case is out of this person's sight, and so cannot be taken back from here. */
  leavesSight?: true;
}

export const decisionWords: Record<DecisionKind, DecisionWords> = {
  'no-action': {
    label: decisionNames['no-action'],
    effect: t('decide.effectNoAction'),
    key: '1',
    letter: 'n',
  },
  answer: { label: decisionNames.answer, effect: t('decide.effectAnswer'), key: '2', letter: 'a' },
  'hand-over': {
    label: decisionNames['hand-over'],
    effect: t('decide.effectHandOver'),
    key: '3',
    letter: 'h',
  },
  correct: { label: decisionNames.correct, effect: t('decide.effectCorrect'), key: '4' },
  'refer-safety': {
    label: decisionNames['refer-safety'],
    effect: t('decide.effectReferSafety'),
    key: '5',
    leavesSight: true,
  },
  'return-from-safety': {
    label: decisionNames['return-from-safety'],
    effect: t('decide.effectReturnFromSafety'),
    key: '6',
  },
  verify: { label: decisionNames.verify, effect: t('decide.effectVerify'), key: '7' },
  'mark-noise': { label: decisionNames['mark-noise'], effect: t('decide.effectMarkNoise'), key: '8' },
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
  'new-facts': t('decide.reopenNewFacts'),
  'not-solved': t('decide.reopenNotSolved'),
  'said-again': t('decide.reopenSaidAgain'),
  'decided-wrongly': t('decide.reopenDecidedWrongly'),
  'superior-asks': t('decide.reopenSuperiorAsks'),
};
