import { z } from 'zod';
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

/** `at` plus milliseconds, rounded up; ISO UTC. */
export function laterBy(at: string, delayMs: number): string {
  return new Date(Date.parse(at) + Math.ceil(delayMs)).toISOString();
}

/** The start that the entry, as it was before, leaves free; null when it is too far ahead. */
export function freeStart(before: RateEntry | null, now: string, { maxAheadMs }: PaceLimits): string | null {
  const start = before !== null && before.until > now ? before.until : now;
  return start > laterBy(now, maxAheadMs) ? null : start;
}

/** What an attempt meets, told by the entry as it was before. */
export function chargeResult(before: RateEntry | null, now: string, { limit }: CountLimits): ChargeResult {
  const isFull = before !== null && before.until > now && before.count >= limit;
  return isFull ? { allowed: false, retryAt: before.until } : { allowed: true };
}
