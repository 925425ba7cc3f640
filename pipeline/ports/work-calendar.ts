import type { WorkCalendar } from '../domain/work-calendar.ts';

/** Which days are worked: the official table with the school's own days over it, as the settings say now. */
export interface CalendarSource {
  /** Cheap: made anew only when the settings have changed. */
  read(): Promise<WorkCalendar>;
}
