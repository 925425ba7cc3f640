import type { CaseSummary } from '../../../review-api/contract/case-summary.ts';
import { t } from '../i18n/t.ts';
import type { DecisionKind, ReasonCode, RiskLevel } from './codes.ts';

/** What a case and its parts are called on the screen; on paper they keep their Chinese names. */
export const riskLevelNames: Record<RiskLevel, string> = {
  low: t('names.levelLow'),
  watch: t('names.levelWatch'),
  important: t('names.levelImportant'),
  urgent: t('names.levelUrgent'),
};

export const caseStateNames: Record<CaseSummary['state'], string> = {
  open: t('names.stateOpen'),
  reopened: t('names.stateReopened'),
  decided: t('names.stateDecided'),
  'handed-over': t('names.stateHandedOver'),
  answered: t('names.stateAnswered'),
  closed: t('names.stateClosed'),
};

export const decisionNames: Record<DecisionKind, string> = {
  'no-action': t('names.decisionNoAction'),
  answer: t('names.decisionAnswer'),
  'hand-over': t('names.decisionHandOver'),
  correct: t('names.decisionCorrect'),
  'refer-safety': t('names.decisionReferSafety'),
  'return-from-safety': t('names.decisionReturnFromSafety'),
  verify: t('names.decisionVerify'),
  'mark-noise': t('names.decisionMarkNoise'),
};

export const reasonNames: Record<ReasonCode, string> = {
  'service-need': t('names.reasonServiceNeed'),
  'safety-risk': t('names.reasonSafetyRisk'),
  'own-error': t('names.reasonOwnError'),
  'needs-facts': t('names.reasonNeedsFacts'),
  'already-handled': t('names.reasonAlreadyHandled'),
  'help-given': t('names.reasonHelpGiven'),
  'opinion-only': t('names.reasonOpinionOnly'),
  'not-about-school': t('names.reasonNotAboutSchool'),
  misjudged: t('names.reasonMisjudged'),
  'advert-or-spam': t('names.reasonAdvertOrSpam'),
  'personal-data': t('names.reasonPersonalData'),
  misrouted: t('names.reasonMisrouted'),
};
