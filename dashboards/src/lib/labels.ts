import { t } from '../i18n/t.ts';
import { caseStateNames, riskLevelNames } from './case-names.ts';
import type {
  Category,
  EventKind,
  PostKind,
  QueueName,
  RiskLevel,
  SentimentLabel,
  ServiceKind,
  ServiceTopic,
  SourceMark,
} from './codes.ts';

/** What the office reads for every code. Decisions and their reasons are in `decision-labels.ts`. */
export const queueLabels: Record<QueueName, string> = {
  review: t('labels.queueReview'),
  service: t('labels.queueService'),
  safety: t('labels.queueSafety'),
  operations: t('labels.queueOperations'),
};

/** The order of the tabs: the office's own work first. */
export const queueOrder: readonly QueueName[] = ['review', 'service', 'safety', 'operations'];

export const levelLabels = riskLevelNames;

/** Filled steps of the level bar, of four. */
export const levelSteps: Record<RiskLevel, number> = { low: 1, watch: 2, important: 3, urgent: 4 };

export const stateLabels = caseStateNames;

export const categoryLabels: Record<Category, string> = {
  'self-harm': t('labels.categorySelfHarm'),
  violence: t('labels.categoryViolence'),
  emergency: t('labels.categoryEmergency'),
  leak: t('labels.categoryLeak'),
  tamper: t('labels.categoryTamper'),
  'dead-link': t('labels.categoryDeadLink'),
  stale: t('labels.categoryStale'),
  outage: t('labels.categoryOutage'),
  fraud: t('labels.categoryFraud'),
  'phishing-link': t('labels.categoryPhishingLink'),
  harassment: t('labels.categoryHarassment'),
  'unverified-claim': t('labels.categoryUnverifiedClaim'),
  advert: t('labels.categoryAdvert'),
  spam: t('labels.categorySpam'),
};

export type CategoryFamily = 'safety' | 'integrity' | 'fraud' | 'abuse' | 'assertion' | 'noise';

/** A family gives a mark its line and tint; the words always say the category too. */
export const categoryFamilies: Record<Category, CategoryFamily> = {
  'self-harm': 'safety',
  violence: 'safety',
  emergency: 'safety',
  leak: 'integrity',
  tamper: 'integrity',
  'dead-link': 'integrity',
  stale: 'integrity',
  outage: 'integrity',
  fraud: 'fraud',
  'phishing-link': 'fraud',
  harassment: 'abuse',
  'unverified-claim': 'assertion',
  advert: 'noise',
  spam: 'noise',
};

export const postKindLabels: Record<PostKind, string> = {
  article: t('labels.kindArticle'),
  status: t('labels.kindStatus'),
  comment: t('labels.kindComment'),
  lead: t('app.lead'),
};

export const serviceKindLabels: Record<ServiceKind, string> = {
  complaint: t('labels.serviceComplaint'),
  suggestion: t('labels.serviceSuggestion'),
  question: t('labels.serviceQuestion'),
  praise: t('labels.servicePraise'),
};

export const serviceTopicLabels: Record<ServiceTopic, string> = {
  canteen: t('labels.topicCanteen'),
  dormitory: t('labels.topicDormitory'),
  teaching: t('labels.topicTeaching'),
  fees: t('labels.topicFees'),
  network: t('labels.topicNetwork'),
  medical: t('labels.topicMedical'),
  'admission-employment': t('labels.topicAdmissionEmployment'),
  logistics: t('labels.topicLogistics'),
  library: t('labels.topicLibrary'),
  security: t('labels.topicSecurity'),
  other: t('app.other'),
};

const sentimentLabels: Record<SentimentLabel, string> = {
  negative: t('labels.toneNegative'),
  neutral: t('labels.toneNeutral'),
  positive: t('labels.tonePositive'),
};

const surestGuess = 0.5;

/** What is more likely wrong than right is not given a direction. */
export function describeTone({ label, confidence }: { label: SentimentLabel; confidence: number }): string {
  return t('labels.toneIs', {
    tone: confidence < surestGuess ? t('labels.toneUnclear') : sentimentLabels[label],
  });
}

export const sourceMarkLabels: Record<SourceMark, string> = {
  'source-edited': t('labels.sourceEdited'),
  'source-deleted': t('labels.sourceDeleted'),
  'text-erased': t('labels.textErased'),
};

export const eventLabels: Record<EventKind, string> = {
  opened: t('labels.eventOpened'),
  decided: t('app.decision'),
  undone: t('labels.eventUndone'),
  'source-edited': t('labels.eventSourceEdited'),
  'reach-grown': t('labels.eventReachGrown'),
  joined: t('labels.eventJoined'),
  split: t('labels.eventSplit'),
  raised: t('labels.eventRaised'),
  'reply-seen': t('labels.eventReplySeen'),
  closed: t('app.closeMatter'),
  reopened: t('app.reopen'),
  noted: t('labels.eventNoted'),
  'taken-over': t('labels.eventTakenOver'),
  'lead-changed': t('labels.eventLeadChanged'),
  'lead-withdrawn': t('labels.eventLeadWithdrawn'),
  'unit-answered': t('labels.eventUnitAnswered'),
  'unit-returned': t('labels.eventUnitReturned'),
  'answer-refused': t('labels.eventAnswerRefused'),
  reassigned: t('labels.eventReassigned'),
  'handover-withdrawn': t('labels.eventHandOverWithdrawn'),
};

const stageLabels: Record<string, string> = {
  segment: t('labels.stageSegment'),
  lexicon: t('labels.stageLexicon'),
  'personal-data': t('labels.stagePersonalData'),
  sentiment: t('labels.stageSentiment'),
  service: t('labels.stageService'),
};

/** Stages are open-ended: an unknown one is shown by its own name. */
export function stageLabel(stage: string): string {
  return stageLabels[stage] ?? stage;
}

const riskPartLabels: Record<string, string> = {
  danger: t('labels.riskDanger'),
  reach: t('labels.riskReach'),
  speed: t('labels.riskSpeed'),
  service: t('labels.riskService'),
  lifeSafety: t('labels.riskLifeSafety'),
  tone: t('labels.riskTone'),
};

/** Parts of the risk score are open-ended too. */
export function riskPartLabel(part: string): string {
  return riskPartLabels[part] ?? part;
}
