import type { BriefKind, BriefPeriod, BriefSubject } from './brief.ts';
import { dayAfter, dayBefore, daysBetween, shanghaiClock, shanghaiDay } from './time.ts';
import type { WorkCalendar } from './work-calendar.ts';

type Days = Pick<WorkCalendar, 'isWorkingDay'>;
export type RecurringKind = Exclude<BriefKind, 'special'>;

/** The end of office hours: from then on a morning brief looks. */
const officeEndsAt = '18';
/** No school is closed for as long as this. */
const longestBreakDays = 60;

const instantOf = (day: string, hour = '00'): string =>
  new Date(Date.parse(`${day}T${hour}:00:00+08:00`)).toISOString();

/** Whole days of a Shanghai calendar, both included. */
export function periodOfDays(fromDay: string, toDay: string): BriefPeriod {
  return { from: instantOf(fromDay), until: instantOf(dayAfter(toDay, 1)), fromDay, toDay };
}

/**
 * The same, as far as their hours are over at `at`: a last day that goes on is told up to the last full hour, and not named before
 * it has one. Null where no hour of them is over.
 */
export function elapsedPeriod(fromDay: string, toDay: string, at: string): BriefPeriod | null {
  const whole = periodOfDays(fromDay, toDay);
  const today = shanghaiDay(at);
  const lastHour = instantOf(today, shanghaiClock(at).slice(11, 13));
  if (whole.until <= lastHour) return whole;
  if (whole.from >= lastHour) return null;
  return lastHour === instantOf(today)
    ? periodOfDays(fromDay, dayBefore(today, 1))
    : { ...whole, until: lastHour };
}

/** Does its last day go on after its end? */
export const endsWithinDay = ({ toDay, until }: BriefPeriod): boolean =>
  until < instantOf(dayAfter(toDay, 1));

function lastWorkingDayBefore(day: string, calendar: Days): string {
  for (let back = 1; back <= longestBreakDays; back += 1) {
    const before = dayBefore(day, back);
    if (calendar.isWorkingDay(before)) return before;
  }
  return dayBefore(day, 1);
}

/** 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/**
 * The period that a brief made at `at` is about.
 * - morning: from the end of the last working day's office hours to the last full hour;
 * - daily: the days since the last working day (on a Monday Friday to Sunday), today not included, so that no day falls out;
 * - weekly: the last whole week, Monday to Sunday; monthly: the last whole month.
 * @param everyDay briefs are made on days off, too: then morning and daily look back one day
 */
export function periodOf(kind: RecurringKind, at: string, calendar: Days, everyDay = false): BriefPeriod {
  const today = shanghaiDay(at);
  const lastDay = everyDay ? dayBefore(today, 1) : lastWorkingDayBefore(today, calendar);
  switch (kind) {
    case 'morning': {
      const hour = shanghaiClock(at).slice(11, 13);
      const from = instantOf(lastDay, officeEndsAt);
      return { from, until: instantOf(today, hour), fromDay: lastDay, toDay: today };
    }
    case 'daily':
      return periodOfDays(lastDay, dayBefore(today, 1));
    case 'weekly': {
      const monday = dayBefore(today, weekdayOf(today) - 1 + 7);
      return periodOfDays(monday, dayAfter(monday, 6));
    }
    case 'monthly': {
      const last = dayBefore(`${today.slice(0, 7)}-01`, 1);
      return periodOfDays(`${last.slice(0, 7)}-01`, last);
    }
    default:
      return kind satisfies never;
  }
}

/** One calendar month from its first hour to its last. */
export function isWholeMonth(period: BriefPeriod): boolean {
  const { fromDay, toDay, from } = period;
  const isOne = fromDay.endsWith('-01') && fromDay.slice(0, 7) === toDay.slice(0, 7);
  return isOne && dayAfter(toDay, 1).endsWith('-01') && from === instantOf(fromDay) && !endsWithinDay(period);
}

/** What a period is compared with: as long, right before it; for a whole month the month before. */
export function periodBefore(period: BriefPeriod): BriefPeriod {
  const { fromDay, toDay, from, until } = period;
  if (isWholeMonth(period)) {
    const last = dayBefore(fromDay, 1);
    return periodOfDays(`${last.slice(0, 7)}-01`, last);
  }
  const lengthMs = Date.parse(until) - Date.parse(from);
  const start = new Date(Date.parse(from) - lengthMs).toISOString();
  const days = daysBetween(fromDay, toDay) + 1;
  return { from: start, until: from, fromDay: dayBefore(fromDay, days), toDay: dayBefore(toDay, days) };
}

/** By which an issue of a kind is known: one a period. */
export function periodKey(kind: RecurringKind, { fromDay, toDay }: BriefPeriod): string {
  return `${kind}/${kind === 'morning' ? toDay : `${fromDay}/${toDay}`}`;
}

interface Issue {
  kind: BriefKind;
  period: BriefPeriod;
  facts: { subject: BriefSubject | null };
}

const subjectKey = (subject: BriefSubject | null): string =>
  subject?.kind === 'cases' ? subject.caseIds.toSorted().join(' ') : (subject?.topicId ?? '');

/** A morning brief is that of its day, to whatever hour it looked; of a special one every hour may be news, so one of other hours is another. */
function issueKey({ kind, period, facts }: Issue): string {
  if (kind !== 'special') return periodKey(kind, period);
  return `${kind}/${period.from}/${period.until}/${subjectKey(facts.subject)}`;
}

/** Of one kind, one period, one matter: only one of them is in force. */
export const isSameIssue = (one: Issue, other: Issue): boolean => issueKey(one) === issueKey(other);

export function listDays({ fromDay, toDay }: Pick<BriefPeriod, 'fromDay' | 'toDay'>): string[] {
  return Array.from({ length: daysBetween(fromDay, toDay) + 1 }, (_, index) => dayAfter(fromDay, index));
}

/** As `3月5日`. */
export const shortDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
