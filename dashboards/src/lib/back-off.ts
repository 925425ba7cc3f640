const firstMs = 15_000;
const longestMs = 120_000;

/** How long to wait before asking again, the line of events being cut: 15 s, then twice as long each time, two minutes at most. */
export function pollDelayMs(tries: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(tries, 10));
}
