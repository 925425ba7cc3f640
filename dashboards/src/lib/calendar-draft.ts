import type { z } from 'zod';
import type { CalendarPreview, CalendarView } from '../../../review-api/contract/bursts.ts';
import { t } from '../i18n/t.ts';

export type SchoolCalendar = CalendarView['calendar'];
type SchoolPeriod = SchoolCalendar['periods'][number];
export type CalendarPlan = z.infer<typeof CalendarPreview>;
type PeriodKind = SchoolPeriod['kind'];

export const periodKindLabels: Record<PeriodKind, string> = {
  term: t('calendar.kindTerm'),
  vacation: t('calendar.kindVacation'),
  opening: t('calendar.kindOpening'),
  exam: t('calendar.kindExam'),
  graduation: t('calendar.kindGraduation'),
  admission: t('calendar.kindAdmission'),
  event: t('calendar.kindEvent'),
};
export const periodKinds = Object.keys(periodKindLabels) as PeriodKind[];

/** One line of the page. `to` of days off is the same day where only one was entered; of a worked day it is that day. */
export interface Entry {
  list: 'periods' | 'daysOff' | 'workingDays';
  name: string;
  kind: PeriodKind;
  from: string;
  to: string;
}

/** All that the calendar holds, by the day it begins. */
export function listEntries({ periods, daysOff, workingDays }: SchoolCalendar): Entry[] {
  return [
    ...periods.map((one): Entry => ({ list: 'periods', ...one })),
    ...daysOff.map(
      ({ name, from, to = from }): Entry => ({ list: 'daysOff', name, kind: 'event', from, to }),
    ),
    ...workingDays.map(
      ({ name, day }): Entry => ({ list: 'workingDays', name, kind: 'event', from: day, to: day }),
    ),
  ].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
}

/** What is saved; years that were entered are not touched by the lists. */
export function buildCalendar(entries: readonly Entry[], before: SchoolCalendar): SchoolCalendar {
  const of = (list: Entry['list']) =>
    entries
      .filter((one) => one.list === list)
      .map(({ name, ...rest }) => ({ ...rest, name: name.trim() }))
      .sort((a, b) => a.from.localeCompare(b.from));
  return {
    periods: of('periods').map(({ name, kind, from, to }) => ({ name, kind, from, to })),
    daysOff: of('daysOff').map(({ name, from, to }) => (from === to ? { name, from } : { name, from, to })),
    workingDays: of('workingDays').map(({ name, from }) => ({ name, day: from })),
    enteredYears: before.enteredYears,
  };
}

export const isOnDay = ({ from, to }: Pick<Entry, 'from' | 'to'>, day: string): boolean =>
  from <= day && day <= to;

/** What keeps an entry from being saved, before the server is asked: in the order of its fields. */
export function findEntryProblem({ list, name, from, to }: Entry): string | null {
  if (name.trim() === '') return t('calendar.nameMissing');
  if (from === '' || (list !== 'workingDays' && to === '')) return t('calendar.dayMissing');
  return list !== 'workingDays' && to < from ? t('calendar.orderWrong') : null;
}
