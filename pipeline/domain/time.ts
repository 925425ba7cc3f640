import { z } from 'zod';

/** An instant, ISO 8601 in UTC with milliseconds: strings of this form sort as time does. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** What lies further ahead than it can by a clock that is wrong by no more than this was written by a clock gone astray. */
export const clockToleranceMs = 5 * 60_000;

export const PublishedPrecision = z.enum(['second', 'minute', 'day']);
export type PublishedPrecision = z.infer<typeof PublishedPrecision>;

/** `at` plus milliseconds, rounded up; an instant again. */
export function laterBy(at: string, delayMs: number): string {
  return new Date(Date.parse(at) + Math.ceil(delayMs)).toISOString();
}

const shanghaiOffsetMs = 8 * 3_600_000;

/** The hour an instant falls into on a Shanghai clock, as `2026-03-05T14`. */
export function bucketHour(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 13);
}

/** What a Shanghai clock shows at an instant, as `2026-03-05 14:08:09`. */
export function shanghaiClock(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The day of a Shanghai calendar that an instant falls on, YYYY-MM-DD. */
export function shanghaiDay(instant: string): string {
  return shanghaiClock(instant).slice(0, 10);
}

const dayMs = 86_400_000;

/** @returns the day so many days after, YYYY-MM-DD */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** @returns the day so many days before, YYYY-MM-DD */
export function dayBefore(day: string, days: number): string {
  return dayAfter(day, -days);
}

/** Days from one calendar day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** Wall-clock fields read in Shanghai, as an instant. Months count from 1. Null where there is no such date. */
export function shanghaiInstant(
  year: number,
  month: number,
  day: number,
  clock: { hour: number; minute: number; second: number } = { hour: 0, minute: 0, second: 0 },
): string | null {
  const local = new Date(Date.UTC(year, month - 1, day, clock.hour, clock.minute, clock.second));
  const real =
    local.getUTCFullYear() === year &&
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    local.getUTCHours() === clock.hour &&
    local.getUTCMinutes() === clock.minute &&
    local.getUTCSeconds() === clock.second;
  return real ? new Date(local.getTime() - shanghaiOffsetMs).toISOString() : null;
}
