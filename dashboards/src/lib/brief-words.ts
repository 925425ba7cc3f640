import type { BriefLineView, BriefView } from '../../../review-api/contract/briefs.ts';
import { t } from '../i18n/t.ts';
import { briefKindNames } from './kind-names.ts';
import { formatClock } from './shanghai-time.ts';

export type BriefKind = BriefLineView['kind'];
export type BriefState = BriefLineView['state'];
type Facts = BriefView['brief']['facts'];
export type BriefBlock = Facts['sections'][number]['blocks'][number];
export type BriefNumber = Facts['referred'];

export const briefKinds = Object.keys(briefKindNames) as BriefKind[];

export const briefStateLabels: Record<BriefState, string> = {
  draft: t('briefs.stateDraft'),
  submitted: t('briefs.stateSubmitted'),
  approved: t('briefs.stateIssued'),
  withdrawn: t('app.withdrawn'),
  replaced: t('briefs.stateReplaced'),
};

export const briefEventLabels: Record<BriefView['events'][number]['kind'], string> = {
  created: t('briefs.eventGenerated'),
  words: t('briefs.eventWords'),
  submit: t('briefs.submitForIssue'),
  return: t('briefs.return'),
  approve: t('briefs.eventIssued'),
  withdraw: t('app.withdraw'),
  replaced: t('briefs.eventReplaced'),
};

/** `3月5日`, or `3月2日至3月8日`. */
export function describeDays({ fromDay, toDay }: BriefLineView['period']): string {
  const short = (day: string) =>
    t('briefs.shortDay', { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });
  return fromDay === toDay
    ? short(fromDay)
    : t('briefs.dayRange', { from: short(fromDay), until: short(toDay) });
}

export function nameBrief({
  kind,
  period,
  number,
}: Pick<BriefLineView, 'kind' | 'period' | 'number'>): string {
  // A special one may be about a day that went on when it was made.
  const clock = kind === 'special' ? formatClock(period.until) : '00:00';
  const end = clock === '00:00' ? '' : t('briefs.untilClock', { clock });
  const name = `${briefKindNames[kind]} · ${describeDays(period)}${end}`;
  return number === null ? name : `${name} ${number}`;
}

/** Beside a day of a chart: which of its lines were not gathered in full. Null for none. */
export function describeGapAt({ series }: Extract<BriefBlock, { kind: 'chart' }>, at: number): string | null {
  const names = series.filter(({ values }) => values[at]?.gaps !== undefined).map(({ name }) => name);
  if (names.length === 0) return null;
  return names.length === series.length
    ? t('briefs.hasGap')
    : t('briefs.gapsOf', { names: names.join(t('app.listComma')) });
}
