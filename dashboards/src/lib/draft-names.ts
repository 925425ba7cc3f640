import type { DraftEventView, DraftSummary } from '../../../review-api/contract/draft.ts';
import type { DraftImage, DraftSource } from '../../../review-api/contract/draft-text.ts';
import { t } from '../i18n/t.ts';
import type { ShownFinding } from './draft-api.ts';

/** What drafts, their steps and what is done with them are called on the screen; on paper they keep their Chinese names. */
export const draftStateNames: Record<DraftSummary['state'], string> = {
  draft: t('draft-names.stateDraft'),
  'in-review': t('draft-names.stateInReview'),
  approved: t('draft-names.stateApproved'),
  published: t('draft-names.statePublished'),
  archived: t('draft-names.stateArchived'),
  returned: t('draft-names.stateReturned'),
  rejected: t('draft-names.stateRejected'),
  withdrawn: t('draft-names.stateWithdrawn'),
  correcting: t('draft-names.stateCorrecting'),
  recalled: t('draft-names.stateRecalled'),
};

export const genreNames: Record<DraftSummary['genre'], string> = {
  news: t('draft-names.genreNews'),
  notice: t('draft-names.genreNotice'),
  publicity: t('draft-names.genrePublicity'),
  recruiting: t('draft-names.genreRecruiting'),
  statement: t('draft-names.genreStatement'),
  other: t('draft-names.genreOther'),
};

export const sourceNames: Record<DraftSource['kind'], string> = {
  original: t('draft-names.sourceOriginal'),
  reprint: t('draft-names.sourceReprint'),
  compiled: t('draft-names.sourceCompiled'),
};

export const licenceNames: Record<DraftImage['licence'], string> = {
  own: t('draft-names.licenceOwn'),
  licensed: t('draft-names.licenceLicensed'),
  'public-domain': t('draft-names.licencePublicDomain'),
  'with-consent': t('draft-names.licenceWithConsent'),
  unknown: t('draft-names.licenceUnknown'),
};

export const checkCategoryNames: Record<ShownFinding['category'], string> = {
  typo: t('draft-names.checkTypo'),
  punctuation: t('draft-names.checkPunctuation'),
  numeral: t('draft-names.checkNumeral'),
  term: t('draft-names.checkTerm'),
  'title-order': t('draft-names.checkTitleOrder'),
  'personal-data': t('draft-names.checkPersonalData'),
  'secrecy-mark': t('draft-names.checkSecrecyMark'),
  'ad-absolute': t('draft-names.checkAdAbsolute'),
  link: t('draft-names.checkLink'),
  date: t('draft-names.checkDate'),
  source: t('draft-names.checkSource'),
  'image-licence': t('draft-names.checkImageLicence'),
  'map-number': t('draft-names.checkMapNumber'),
  'ai-label': t('draft-names.checkAiLabel'),
  accessibility: t('draft-names.checkAccessibility'),
  file: t('draft-names.checkFile'),
};

export const checkLevelNames: Record<ShownFinding['level'], string> = {
  block: t('draft-names.levelBlock'),
  warn: t('draft-names.levelWarn'),
  info: t('draft-names.levelInfo'),
};

export const draftEventNames: Record<DraftEventView['kind'], string> = {
  created: t('draft-names.eventCreated'),
  kept: t('draft-names.eventKept'),
  submit: t('draft-names.eventSubmit'),
  pass: t('draft-names.eventPass'),
  return: t('draft-names.eventReturn'),
  reject: t('draft-names.eventReject'),
  withdraw: t('draft-names.eventWithdraw'),
  reopen: t('draft-names.eventReopen'),
  'ask-allowance': t('draft-names.eventAskAllowance'),
  allow: t('draft-names.eventAllow'),
  'refuse-allowance': t('draft-names.eventRefuseAllowance'),
  'record-offline': t('draft-names.eventRecordOffline'),
  'confirm-offline': t('draft-names.eventConfirmOffline'),
  'deny-offline': t('draft-names.eventDenyOffline'),
  'object-late': t('draft-names.eventObjectLate'),
  'mark-published': t('draft-names.eventMarkPublished'),
  'start-correction': t('draft-names.eventStartCorrection'),
  'cancel-correction': t('draft-names.eventCancelCorrection'),
  'ask-recall': t('draft-names.eventAskRecall'),
  'mark-taken-down': t('draft-names.eventMarkTakenDown'),
  archive: t('draft-names.eventArchive'),
  discard: t('draft-names.eventDiscard'),
};

export const stepNames: Record<DraftSummary['openSteps'][number], string> = {
  first: t('draft-names.stepFirst'),
  second: t('draft-names.stepSecond'),
  final: t('draft-names.stepFinal'),
  'first-review': t('draft-names.stepFirstReview'),
  'second-review': t('draft-names.stepSecondReview'),
  'final-review': t('draft-names.stepFinalReview'),
  'first-proof': t('draft-names.stepFirstProof'),
  'second-proof': t('draft-names.stepSecondProof'),
  'third-proof': t('draft-names.stepThirdProof'),
};
