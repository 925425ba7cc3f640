const minMs = 10_000;
const maxMs = 86_400_000;

/**
 * A Retry-After header, in seconds or as an HTTP date, between ten seconds and a day.
 * @returns milliseconds from `now` (ISO UTC); null when it is neither
 */
export function parseRetryAfterMs(value: string, now: string): number | null {
  const text = value.trim();
  const delayMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(now);
  return Number.isNaN(delayMs) ? null : Math.min(Math.max(delayMs, minMs), maxMs);
}
