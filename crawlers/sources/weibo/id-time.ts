import { bucketHour } from '../../../pipeline/domain/time.ts';
import type { FoundTime } from './dates.ts';

/** The platform's ids hold the second in which they were given, counted from this one, above 22 bits. */
const epochSeconds = 515_483_463n;
const sequenceBits = 22n;
const firstMs = Date.UTC(2009, 7, 1);
const hourMs = 3_600_000;

/** When a status or comment was written, by its id; null for an id of another kind. */
export function instantOfId(id: string): string | null {
  if (!/^\d{15,18}$/.test(id)) return null;
  const ms = Number((BigInt(id) >> sequenceBits) + epochSeconds) * 1000;
  return ms < firstMs || ms > Date.UTC(2100, 0) ? null : new Date(ms).toISOString();
}

/** Everything written from then on has a greater id. */
export function firstIdOf(instant: string): string {
  const seconds = BigInt(Math.floor(Date.parse(instant) / 1000)) - epochSeconds;
  return seconds <= 0n ? '0' : String(seconds << sequenceBits);
}

/** Ids of the same length sort as text does; longer ones are later. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The second, from the id, where a time was written as a day or as `3小时前` and the two agree. */
export function refineTime(written: FoundTime | null, id: string): FoundTime | null {
  if (written === null || written.publishedPrecision === 'second') return written;
  const at = instantOfId(id);
  if (at === null) return written;
  const agree =
    written.publishedPrecision === 'day'
      ? bucketHour(at).slice(0, 10) === bucketHour(written.publishedAt).slice(0, 10)
      : Math.abs(Date.parse(at) - Date.parse(written.publishedAt)) <= hourMs + 60_000;
  return agree ? { publishedAt: at, publishedPrecision: 'second' } : written;
}
