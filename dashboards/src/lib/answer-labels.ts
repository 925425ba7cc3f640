import type { CollectedReply, HelpReleaseView } from '../../../review-api/contract/help-release.ts';
import type { ReplyView } from '../../../review-api/contract/reply.ts';
import type { AnswerDetail, AnswerHint, AnswerSummary } from '../../../review-api/contract/stock-answer.ts';
import { t } from '../i18n/t.ts';

/** What the office reads for the codes of stock answers and replies. */
export const answerKindLabels: Record<AnswerSummary['kind'], string> = {
  service: t('answers.kindService'),
  statement: t('answers.kindStatement'),
  help: t('answers.kindHelp'),
};

export const answerStateLabels: Record<AnswerSummary['state'], string> = {
  draft: t('answers.stateDraft'),
  'in-review': t('answers.stateInReview'),
  approved: t('answers.stateApproved'),
  retired: t('answers.stateRetired'),
};

export const stepLabels: Record<AnswerDetail['may']['steps'][number], string> = {
  submit: t('app.submitForReview'),
  withdraw: t('answers.withdrawReview'),
  check: t('answers.numbersChecked'),
};

export const rulingLabels: Record<AnswerDetail['may']['rulings'][number], string> = {
  approve: t('answers.approve'),
  return: t('answers.returnForChanges'),
  retire: t('app.disable'),
};

export const hintLabels: Record<AnswerHint, string> = {
  mobile: t('answers.hintMobile'),
  'identity-number': t('answers.hintIdentity'),
  mention: t('answers.hintMention'),
  placeholder: t('answers.hintPlaceholder'),
};

export const channelKindLabels: Record<'site' | 'weibo' | 'wechat' | 'feed' | 'manual', string> = {
  site: t('answers.channelSite'),
  weibo: t('answers.channelWeibo'),
  wechat: t('answers.channelWechat'),
  feed: t('answers.channelFeed'),
  manual: t('answers.channelManual'),
};

export const replyStateLabels: Record<ReplyView['state'], string> = {
  draft: t('answers.stateDraft'),
  ready: t('answers.toPublish'),
  posted: t('answers.postedOfficially'),
};

export const releaseStateLabels: Record<HelpReleaseView['state'], string> = {
  proposed: t('answers.releaseProposed'),
  released: t('answers.releaseReleased'),
  posted: t('app.published'),
  declined: t('answers.releaseDeclined'),
  withdrawn: t('app.withdrawn'),
};

export const collectedStateLabels: Record<CollectedReply['state'], string> = {
  released: t('answers.toPublish'),
  posted: t('app.published'),
  declined: t('answers.releaseDeclined'),
};

export interface StandingWords {
  text: string;
  tone: 'good' | 'near' | 'late' | 'quiet';
}

/** How an answer stands today, in a few characters. */
export function describeStanding({
  standing,
  state,
}: Pick<AnswerSummary, 'standing' | 'state'>): StandingWords {
  const { validity, daysLeft, renewal } = standing;
  if (validity === 'expired') return { text: t('answers.validityExpired'), tone: 'late' };
  if (validity === 'coming') return { text: t('answers.validityComing'), tone: 'quiet' };
  if (validity === 'none')
    return {
      text: state === 'retired' ? t('answers.stateRetired') : t('answers.validityNone'),
      tone: 'quiet',
    };
  if (daysLeft === 0) return { text: t('answers.expiresToday'), tone: 'late' };
  if (renewal !== null) return { text: t('answers.expiresInDays', { n: daysLeft }), tone: 'near' };
  return { text: t('answers.valid'), tone: 'good' };
}

/** Of the check of numbers in a help text; null where nothing has to be said. */
export function describeCheck(one: Pick<AnswerSummary, 'standing' | 'checkedOn'>): StandingWords | null {
  if (one.standing.check === 'not-needed') return null;
  if (one.checkedOn === null) return { text: t('answers.checkNever'), tone: 'late' };
  if (one.standing.check === 'overdue')
    return { text: t('answers.checkOverdue', { checkedOn: one.checkedOn }), tone: 'late' };
  return { text: t('answers.checkDone', { checkedOn: one.checkedOn }), tone: 'good' };
}
