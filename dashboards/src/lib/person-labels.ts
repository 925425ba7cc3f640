import type { SessionView } from '../../../review-api/contract/own-session.ts';
import type { PersonView } from '../../../review-api/contract/person.ts';
import type { StandInView } from '../../../review-api/contract/stand-in.ts';
import { t } from '../i18n/t.ts';

export const accountStateLabels: Record<PersonView['state'], string> = {
  active: t('people.stateActive'),
  locked: t('people.stateLocked'),
  disabled: t('people.stateDisabled'),
  left: t('people.stateLeft'),
};

export const absenceLabels: Record<StandInView['reason'], string> = {
  leave: t('people.absenceLeave'),
  trip: t('people.absenceTrip'),
  training: t('people.absenceTraining'),
  shift: t('people.absenceShift'),
  vacancy: t('people.absenceVacancy'),
  other: t('app.other'),
};

export const standInStateLabels: Record<StandInView['state'], string> = {
  coming: t('people.standInComing'),
  active: t('people.standInActive'),
  over: t('people.standInOver'),
};

export const doorLabels: Record<SessionView['door'], string> = {
  password: t('people.doorPassword'),
  emergency: t('people.emergencyAccount'),
  cas: t('people.doorCas'),
  wecom: t('people.doorWecom'),
  oidc: t('people.doorOidc'),
};

/** What the list says of somebody's going, or nothing. */
export function describeLeaving({
  state,
  leavesOn,
  leavesInDays,
}: Pick<PersonView, 'state' | 'leavesOn' | 'leavesInDays'>): string {
  if (leavesOn === null) return '';
  if (state === 'left') return t('people.leavesOn', { leavesOn });
  if (leavesInDays === 0) return t('people.lastDayToday');
  return leavesInDays === null
    ? t('people.leavesOn', { leavesOn })
    : t('people.leavesInDays', { n: leavesInDays, leavesOn });
}

/** A day's short name: `11月30日`. */
export function shortDay(day: string): string {
  return t('people.shortDay', { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });
}
