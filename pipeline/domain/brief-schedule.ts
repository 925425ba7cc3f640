import type { BriefPeriod } from './brief.ts';
import { periodKey, periodOf, type RecurringKind, weekdayOf } from './brief-period.ts';
import type { BriefTemplates, BriefTime } from './brief-template.ts';
import { dayBefore, shanghaiClock, shanghaiDay } from './time.ts';
import type { WorkCalendar } from './work-calendar.ts';

export interface DueBrief {
  kind: RecurringKind;
  /** When it was to be made. */
  at: string;
  period: BriefPeriod;
  key: string;
}

const kinds: readonly RecurringKind[] = ['morning', 'daily', 'weekly', 'monthly'];

/** After an outage what is older than this is made no more: nobody reads yesterday's morning brief. */
const catchUpDays: Record<RecurringKind, number> = { morning: 0, daily: 3, weekly: 6, monthly: 20 };

type Days = Pick<WorkCalendar, 'isWorkingDay'>;

function isMadeOn(kind: RecurringKind, day: string, time: BriefTime, calendar: Days): boolean {
  switch (kind) {
    case 'morning':
    case 'daily':
      return time.days === 'every' || calendar.isWorkingDay(day);
    case 'weekly':
      return weekdayOf(day) === time.weekday;
    case 'monthly':
      return Number(day.slice(8)) === time.monthDay;
    default:
      return kind satisfies never;
  }
}

/**
 * Pure: what should have been made by now, the latest of each kind and, for daily briefs, those of the days before that an outage may
 * have left out. What stands already is the caller's to know, by key.
 */
export function findDueBriefs(templates: BriefTemplates, now: string, calendar: Days): DueBrief[] {
  const today = shanghaiDay(now);
  const clock = shanghaiClock(now).slice(11, 16);
  const due: DueBrief[] = [];
  for (const kind of kinds) {
    const { time } = templates.kinds[kind];
    if (!time.isOn) continue;
    for (let back = catchUpDays[kind]; back >= 0; back -= 1) {
      const day = dayBefore(today, back);
      if (!isMadeOn(kind, day, time, calendar) || (back === 0 && clock < time.at)) continue;
      const at = new Date(Date.parse(`${day}T${time.at}:00+08:00`)).toISOString();
      const period = periodOf(kind, at, calendar, time.days === 'every');
      due.push({ kind, at, period, key: periodKey(kind, period) });
    }
  }
  return due;
}
