import type { SignInOutcome } from '../../../review-api/contract/sign-in.ts';
import { t } from '../i18n/t.ts';

/** Why somebody who came back from the school's own sign-in is not in, and what to do. */
export const outcomeWords: Record<SignInOutcome, string> = {
  cancelled: t('login.cancelled'),
  expired: t('login.expired'),
  misconfigured: t('login.misconfigured'),
  unavailable: t('login.unavailable'),
  garbled: t('login.garbled'),
  'not-a-member': t('login.notMember'),
  'not-begun-here': t('login.notBegunHere'),
  'too-many': t('login.tooMany'),
  stranger: t('login.noAccount'),
  closed: t('login.accountDisabled'),
};
