import { createRequire } from 'node:module';
import { z } from 'zod';
import { buildWorkCalendar, type WorkCalendar, type WorkCalendarParts } from '../domain/work-calendar.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { CalendarSource } from '../ports/work-calendar.ts';

/** Days by their name; weekends inside a holiday stand among the holidays. */
const Table = z.object({
  holidays: z.record(z.iso.date(), z.string()),
  workdays: z.record(z.iso.date(), z.string()),
});

/**
 * The official table that came with this version of the library. Its data are taken and not its functions: those read a day on
 * the machine's own clock, and are a day off west of Greenwich.
 */
function readOfficialTable(): Omit<WorkCalendarParts, 'ownDays'> {
  const { holidays, workdays } = Table.parse(
    createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'),
  );
  // A year's holidays are published in November of the year before; every year that is published has a National Day.
  const years = Object.keys(holidays).filter((day) => day.endsWith('-10-01'));
  return {
    isPublicHoliday: (day) => day in holidays,
    isMakeUpDay: (day) => day in workdays,
    knownYears: new Set(years.map((day) => Number(day.slice(0, 4)))),
  };
}

/** @param settings the school's own days, laid over the table */
export function openChineseCalendar(settings: Pick<SettingsStore, 'read' | 'readVersion'>): CalendarSource {
  const official = readOfficialTable();
  let current: { version: number; calendar: WorkCalendar } | null = null;
  return {
    read: async () => {
      if (current?.version !== (await settings.readVersion())) {
        const { version, calendar: ownDays } = await settings.read();
        current = { version, calendar: buildWorkCalendar({ ...official, ownDays }) };
      }
      return current.calendar;
    },
  };
}
