import type { LiveView } from '../../../review-api/contract/draft-live.ts';
import { t } from '../i18n/t.ts';

export type LiveResult = LiveView['result'];
export type LiveReason = NonNullable<LiveView['explanation']>['reason'];

export const liveResultLabels: Record<LiveResult, string> = {
  match: t('live.resultMatch'),
  changed: t('live.resultChanged'),
  'published-without-approval': t('live.resultUnapproved'),
  'approved-not-published': t('live.resultNotPublished'),
  'corrected-with-approval': t('live.resultCorrected'),
  'not-required': t('live.resultNotRequired'),
};

/** Those that ask somebody for an answer, the gravest first. */
export const openResults = [
  'published-without-approval',
  'changed',
  'approved-not-published',
] as const satisfies readonly LiveResult[];

export const liveNoteLabels: Record<LiveView['notes'][number], string> = {
  'old-version': t('live.noteOldVersion'),
  recalled: t('live.noteRecalled'),
  gone: t('live.noteGone'),
  'before-approval': t('live.noteBeforeApproval'),
  excerpt: t('live.noteExcerpt'),
  'images-not-compared': t('live.noteImages'),
  'links-not-compared': t('live.noteLinks'),
  'attachments-not-compared': t('live.noteAttachments'),
  'another-item': t('live.noteAnotherItem'),
  'similar-draft': t('live.noteSimilarDraft'),
};

export const liveReasonLabels: Record<LiveReason, string> = {
  'system-page': t('live.reasonSystemPage'),
  'approved-on-paper': t('live.reasonOnPaper'),
  'no-approval-needed': t('live.reasonNoReviewNeeded'),
  'put-right': t('live.reasonPutRight'),
  'put-off': t('live.reasonPutOff'),
  other: t('app.other'),
};

/** What is different beside the words, in sentences. */
export function describeOthers(comparison: NonNullable<LiveView['comparison']>): string[] {
  const { links, attachments, images } = comparison;
  const list = (name: string, { missing, added }: typeof links) => [
    ...(missing.length === 0
      ? []
      : [t('live.partMissing', { name, items: missing.join(t('app.listComma')) })]),
    ...(added.length === 0 ? [] : [t('live.partAdded', { name, items: added.join(t('app.listComma')) })]),
  ];
  const pictures =
    images.result === 'changed'
      ? [
          t('live.imagesDiffer', {
            approved: images.approved,
            published: images.published ?? t('live.unknownNumber'),
          }),
        ]
      : [];
  return [...list(t('app.link'), links), ...list(t('app.attachment'), attachments), ...pictures];
}
