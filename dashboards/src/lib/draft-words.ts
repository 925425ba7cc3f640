import type { DraftCounts, DraftDetail, DraftSummary } from '../../../review-api/contract/draft.ts';
import { t } from '../i18n/t.ts';
import { stepNames } from './draft-names.ts';

export type DraftMove = DraftDetail['moves'][number];
export type DraftFilter = DraftCounts['items'][number]['filter'];

export const draftFilterLabels: Record<DraftFilter, string> = {
  'to-review': t('draft-words.filterToReview'),
  mine: t('draft-words.filterMine'),
  'in-review': t('draft-words.filterInReview'),
  returned: t('draft-words.filterReturned'),
  writing: t('draft-words.filterWriting'),
  approved: t('draft-words.filterApproved'),
  published: t('app.published'),
  late: t('draft-words.filterLate'),
  unconfirmed: t('draft-words.filterUnconfirmed'),
  'take-down': t('draft-words.filterTakeDown'),
  closed: t('app.closedState'),
  all: t('app.all'),
};

/** Which of its filters are shown although nothing is in them. */
export const standingFilters: readonly DraftFilter[] = [
  'to-review',
  'mine',
  'in-review',
  'approved',
  'published',
  'all',
];

type Field = 'step' | 'errors' | 'urgent' | 'channel' | 'url' | 'offline' | 'keys';

export interface DraftMoveWords {
  label: string;
  /** What it does, before it is done. */
  effect: string;
  textLabel: string;
  needsText: boolean;
  asks: readonly Field[];
  /** Ends something, or goes back: never the first button. */
  grave?: true;
}

export const draftMoveWords: Record<DraftMove, DraftMoveWords> = {
  submit: {
    ...{
      label: t('app.submitForReview'),
      textLabel: t('draft-words.submitLabel'),
      needsText: false,
      asks: ['urgent'],
    },
    effect: t('draft-words.submitEffect'),
  },
  pass: {
    ...{
      label: t('draft-words.pass'),
      textLabel: t('draft-words.passLabel'),
      needsText: false,
      asks: ['step', 'errors'],
    },
    effect: t('draft-words.passEffect'),
  },
  return: {
    ...{
      label: t('draft-words.returnMove'),
      textLabel: t('draft-words.returnLabel'),
      needsText: true,
      asks: ['step'],
      grave: true,
    },
    effect: t('draft-words.returnEffect'),
  },
  reject: {
    ...{
      label: t('draft-words.reject'),
      textLabel: t('draft-words.rejectLabel'),
      needsText: true,
      asks: ['step'],
      grave: true,
    },
    effect: t('draft-words.rejectEffect'),
  },
  withdraw: {
    ...{
      label: t('app.withdraw'),
      textLabel: t('app.explanation'),
      needsText: false,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.withdrawEffect'),
  },
  reopen: {
    ...{
      label: t('draft-words.reopen'),
      textLabel: t('draft-words.reopenLabel'),
      needsText: true,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.reopenEffect'),
  },
  'ask-allowance': {
    ...{
      label: t('draft-words.askAllowance'),
      textLabel: t('draft-words.askAllowanceLabel'),
      needsText: true,
      asks: ['keys'],
    },
    effect: t('draft-words.askAllowanceEffect'),
  },
  allow: {
    ...{
      label: t('draft-words.allow'),
      textLabel: t('draft-words.allowLabel'),
      needsText: true,
      asks: ['keys'],
    },
    effect: t('draft-words.allowEffect'),
  },
  'refuse-allowance': {
    ...{
      label: t('draft-words.refuseAllowance'),
      textLabel: t('app.reason'),
      needsText: true,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.refuseAllowanceEffect'),
  },
  'record-offline': {
    ...{
      label: t('draft-words.recordOffline'),
      textLabel: t('draft-words.recordOfflineLabel'),
      needsText: false,
      asks: ['step', 'offline'],
    },
    effect: t('draft-words.recordOfflineEffect'),
  },
  'confirm-offline': {
    ...{
      label: t('draft-words.confirmOffline'),
      textLabel: t('app.explanation'),
      needsText: false,
      asks: ['step'],
    },
    effect: t('draft-words.confirmOfflineEffect'),
  },
  'deny-offline': {
    ...{
      label: t('draft-words.denyOffline'),
      textLabel: t('app.explanation'),
      needsText: true,
      asks: ['step'],
      grave: true,
    },
    effect: t('draft-words.voidEffect'),
  },
  'object-late': {
    ...{
      label: t('draft-words.objectLate'),
      textLabel: t('draft-words.objectLateLabel'),
      needsText: true,
      asks: ['step'],
      grave: true,
    },
    effect: t('draft-words.voidEffect'),
  },
  'mark-published': {
    ...{
      label: t('draft-words.markPublished'),
      textLabel: t('app.explanation'),
      needsText: false,
      asks: ['channel', 'url'],
    },
    effect: t('draft-words.markPublishedEffect'),
  },
  'start-correction': {
    ...{
      label: t('draft-words.correction'),
      textLabel: t('draft-words.correctionLabel'),
      needsText: true,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.correctionEffect'),
  },
  'cancel-correction': {
    ...{
      label: t('draft-words.cancelCorrection'),
      textLabel: t('app.explanation'),
      needsText: true,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.cancelCorrectionEffect'),
  },
  'ask-recall': {
    ...{
      label: t('draft-words.askRecall'),
      textLabel: t('draft-words.askRecallLabel'),
      needsText: true,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.askRecallEffect'),
  },
  'mark-taken-down': {
    ...{
      label: t('draft-words.markTakenDown'),
      textLabel: t('app.explanation'),
      needsText: false,
      asks: ['channel'],
    },
    effect: t('draft-words.markTakenDownEffect'),
  },
  archive: {
    ...{
      label: t('draft-words.archive'),
      textLabel: t('app.explanation'),
      needsText: false,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.archiveEffect'),
  },
  discard: {
    ...{
      label: t('draft-words.discard'),
      textLabel: t('app.explanation'),
      needsText: false,
      asks: [],
      grave: true,
    },
    effect: t('draft-words.discardEffect'),
  },
};

/** What is usually done next, first. */
const usualOrder: readonly DraftMove[] = [
  'submit',
  'pass',
  'confirm-offline',
  'allow',
  'mark-published',
  'mark-taken-down',
];

export function orderMoves(moves: readonly DraftMove[]): DraftMove[] {
  const rank = (move: DraftMove) => {
    const usual = usualOrder.indexOf(move);
    if (usual >= 0) return usual;
    return draftMoveWords[move].grave === true ? 200 : 100;
  };
  return [...moves].sort((a, b) => rank(a) - rank(b));
}

/** What a line of a list says about where the draft stands. */
export function describeStanding(draft: DraftSummary): string {
  const steps = draft.openSteps.map((step) => stepNames[step]).join(t('app.listComma'));
  const aim =
    draft.purpose === 'recall'
      ? t('draft-words.recallAim')
      : draft.purpose === 'correction'
        ? t('draft-words.correction')
        : '';
  if (draft.state === 'in-review')
    return t('draft-words.waitingForSteps', {
      aim,
      colon: aim === '' ? '' : t('draft-words.aimColon'),
      steps,
    });
  if (draft.asksAllowance) return t('draft-words.waitingForAllowance');
  if (steps !== '') return t('draft-words.lateReviewOf', { steps });
  if (draft.takeDown !== null && draft.takeDown.left.length > 0)
    return t('draft-words.leftToTakeDown', {
      channels: draft.takeDown.left.map(({ name }) => name).join(t('app.listComma')),
    });
  return '';
}
