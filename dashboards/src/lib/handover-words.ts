import type {
  HandoverCounts,
  HandoverDetail,
  HandoverEventView,
  HandoverPage,
  HandoverSummary,
} from '../../../review-api/contract/handover.ts';
import { t } from '../i18n/t.ts';

export type HandoverState = HandoverSummary['state'];
export type Urgency = HandoverSummary['urgency'];
export type HandoverMove = HandoverDetail['moves'][number];
export type HandoverFilter = HandoverCounts['items'][number]['filter'];
export type ReturnReason = NonNullable<HandoverEventView['reason']>;
type EventKind = HandoverEventView['kind'];
type Level = NonNullable<HandoverEventView['level']>;
export type ListedHandover = HandoverPage['items'][number];

export const handoverStateLabels: Record<HandoverState, string> = {
  sent: t('handovers.stateSent'),
  received: t('app.inProgress'),
  answered: t('app.replied'),
  closed: t('app.closedState'),
  returned: t('handovers.stateReturned'),
  withdrawn: t('app.withdrawn'),
};

export const urgencyLabels: Record<Urgency, string> = {
  normal: t('handovers.urgencyNormal'),
  urgent: t('handovers.urgencyUrgent'),
  top: t('handovers.urgencyTop'),
};

/** In the order of the tabs. */
export const filterLabels: Record<HandoverFilter, string> = {
  active: t('handovers.filterActive'),
  sent: t('handovers.stateSent'),
  received: t('app.inProgress'),
  near: t('handovers.filterNear'),
  overdue: t('handovers.filterOverdue'),
  extension: t('handovers.filterExtension'),
  answered: t('handovers.filterAnswered'),
  returned: t('handovers.stateReturned'),
  supervised: t('handovers.chase'),
  done: t('handovers.filterDone'),
  all: t('app.all'),
};

export const returnReasonLabels: Record<ReturnReason, string> = {
  'not-ours': t('handovers.reasonNotOurs'),
  'too-little-known': t('handovers.reasonTooLittle'),
  other: t('app.other'),
};

export const levelLabels: Record<Level, string> = {
  'unit-head': t('handovers.levelUnitHead'),
  director: t('app.publicityHead'),
  leader: t('handovers.levelLeader'),
};

export const eventWords: Record<EventKind, string> = {
  sent: t('handovers.eventSent'),
  receive: t('handovers.accept'),
  return: t('handovers.return'),
  'ask-extension': t('handovers.askExtension'),
  'grant-extension': t('handovers.grantExtension'),
  'refuse-extension': t('handovers.refuseExtension'),
  'ask-help': t('handovers.askHelp'),
  'add-co-units': t('handovers.eventCoUnits'),
  opinion: t('handovers.opinion'),
  urge: t('handovers.urge'),
  supervise: t('handovers.eventSupervise'),
  draft: t('handovers.eventDraft'),
  answer: t('handovers.reply'),
  redo: t('handovers.redo'),
  reassign: t('handovers.reassign'),
  close: t('app.closeMatter'),
  withdraw: t('app.withdraw'),
  reminded: t('handovers.eventReminded'),
  escalated: t('handovers.eventEscalated'),
};

/** What the form of a move asks for, and what it says. */
export interface MoveWords {
  label: string;
  /** What the move does. */
  effect: string;
  textLabel: string;
  needsText: boolean;
  due?: 'required' | 'optional';
  dueLabel?: string;
  unit?: 'required' | 'optional';
  unitLabel?: string;
  units?: string;
  reason?: true;
  /** Takes the slip out of one's hands: shown apart. */
  grave?: true;
}

const usual = { textLabel: t('app.explanation'), needsText: false } as const;

export const moveWords: Record<HandoverMove, MoveWords> = {
  receive: { ...usual, label: t('handovers.accept'), effect: t('handovers.acceptEffect') },
  return: {
    ...{
      ...usual,
      label: t('handovers.return'),
      effect: t('handovers.returnEffect'),
      reason: true,
      grave: true,
    },
    ...{ unit: 'optional', unitLabel: t('handovers.suggestedUnit') },
  },
  'ask-extension': {
    ...{
      label: t('handovers.askExtension'),
      effect: t('handovers.askExtensionEffect'),
      textLabel: t('handovers.extensionReason'),
      needsText: true,
    },
    ...{ due: 'required', dueLabel: t('handovers.extendTo') },
  },
  'grant-extension': {
    ...{ ...usual, label: t('handovers.grantExtension'), effect: t('handovers.grantExtensionEffect') },
    ...{ due: 'optional', dueLabel: t('handovers.grantUntil') },
  },
  'refuse-extension': {
    ...{
      label: t('handovers.refuseExtension'),
      effect: t('handovers.refuseExtensionEffect'),
      textLabel: t('app.reason'),
      needsText: true,
    },
  },
  'ask-help': {
    ...{
      label: t('handovers.askHelp'),
      effect: t('handovers.askHelpEffect'),
      textLabel: t('handovers.helpNeeded'),
      needsText: true,
    },
    units: t('handovers.helpUnits'),
  },
  'add-co-units': {
    ...usual,
    label: t('handovers.addCoUnits'),
    effect: t('handovers.addCoUnitsEffect'),
    units: t('handovers.coUnits'),
  },
  opinion: {
    label: t('handovers.giveOpinion'),
    effect: t('handovers.opinionEffect'),
    textLabel: t('handovers.opinion'),
    needsText: true,
  },
  urge: { ...usual, label: t('handovers.urge'), effect: t('handovers.urgeEffect') },
  supervise: { ...usual, label: t('handovers.chase'), effect: t('handovers.chaseEffect') },
  draft: {
    label: t('handovers.draftReply'),
    effect: t('handovers.draftReplyEffect'),
    textLabel: t('handovers.replyDraft'),
    needsText: true,
  },
  answer: {
    ...{
      label: t('handovers.reply'),
      effect: t('handovers.replyEffect'),
      textLabel: t('handovers.replyText'),
      needsText: true,
    },
  },
  redo: {
    ...{
      label: t('handovers.redo'),
      effect: t('handovers.redoEffect'),
      textLabel: t('handovers.redoReason'),
      needsText: true,
    },
    ...{ due: 'optional', dueLabel: t('handovers.newDue') },
  },
  reassign: {
    ...{
      ...usual,
      label: t('handovers.reassign'),
      effect: t('handovers.reassignEffect'),
      textLabel: t('handovers.reassignNote'),
    },
    ...{
      unit: 'required',
      unitLabel: t('app.responsibleUnit'),
      units: t('handovers.coUnits'),
      due: 'required',
      dueLabel: t('app.dueDate'),
    },
  },
  close: { ...usual, label: t('app.closeMatter'), effect: t('handovers.closeEffect') },
  withdraw: {
    ...{
      label: t('app.withdraw'),
      effect: t('handovers.withdrawEffect'),
      textLabel: t('handovers.withdrawReason'),
      needsText: true,
      grave: true,
    },
  },
};

const doors: Partial<Record<HandoverMove, 'actOnHandover' | 'answerHandover' | 'superviseHandover'>> = {
  receive: 'actOnHandover',
  return: 'actOnHandover',
  'ask-extension': 'actOnHandover',
  'ask-help': 'actOnHandover',
  opinion: 'actOnHandover',
  draft: 'actOnHandover',
  answer: 'answerHandover',
  supervise: 'superviseHandover',
};

/** By which route a move goes. */
export function doorOf(
  move: HandoverMove,
): 'actOnHandover' | 'answerHandover' | 'superviseHandover' | 'manageHandover' {
  return doors[move] ?? 'manageHandover';
}

const waiting: readonly HandoverState[] = ['sent', 'received'];

export function isWaiting(state: HandoverState): boolean {
  return waiting.includes(state);
}
