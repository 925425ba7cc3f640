import { z } from 'zod';
import { clockToleranceMs, laterBy } from '../domain/time.ts';
import type { ChargeResult, CountLimits, PaceLimits } from '../ports/rate-store.ts';

/** What both databases keep: a start that is free next, a window with its count, or a memory; over at `until`. */
export const RateEntry = z.object({ count: z.int().nonnegative(), until: z.string() });
export type RateEntry = z.infer<typeof RateEntry>;

/** Names of the three kinds never meet. */
export const rateKey = {
  pace: (name: string) => `pace:${name}`,
  count: (name: string) => `count:${name}`,
  memory: (name: string) => `memory:${name}`,
};

/** The latest that the gap after a start may end, unless by a clock gone astray. */
export function furthestPace(now: string, { gapMs, maxAheadMs }: PaceLimits): string {
  return laterBy(now, maxAheadMs + Math.ceil(gapMs) + clockToleranceMs);
}

/** The same of a window. */
export function furthestWindow(now: string, { windowMs }: CountLimits): string {
  return laterBy(now, windowMs + clockToleranceMs);
}

/** Whether the entry says anything now. */
function isOpen(entry: RateEntry | null, now: string, furthest: string): entry is RateEntry {
  return entry !== null && entry.until > now && entry.until <= furthest;
}

/** The window that an attempt falls into: the one that is open, or a new one. */
export function currentWindow(before: RateEntry | null, now: string, limits: CountLimits): RateEntry {
  if (isOpen(before, now, furthestWindow(now, limits))) return before;
  return { count: 0, until: laterBy(now, limits.windowMs) };
}

/** The start that the entry, as it was before, leaves free; null when it is too far ahead. */
export function freeStart(before: RateEntry | null, now: string, pace: PaceLimits): string | null {
  const start = isOpen(before, now, furthestPace(now, pace)) ? before.until : now;
  return start > laterBy(now, pace.maxAheadMs) ? null : start;
}

/** What an attempt meets, told by the entry as it was before. */
export function chargeResult(before: RateEntry | null, now: string, limits: CountLimits): ChargeResult {
  const { count, until } = currentWindow(before, now, limits);
  return count >= limits.limit ? { allowed: false, retryAt: until } : { allowed: true };
}
