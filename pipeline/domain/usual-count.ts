import { hourOfWeek, medianOf } from './baseline.ts';
import { type ChannelWindow, type Expected, lowOf } from './completeness.ts';
import { bucketHour } from './time.ts';

/** So far back a channel's own history counts. */
export const historyMs = 12 * 7 * 86_400_000;
/** Of one hour of the week: so many weeks. */
const leastOfHour = 4;
/** Of one hour of working days, or of the days between them. */
const leastOfDayType = 5;
const lowShare = 0.1;

const isKnown = ({ state, runs }: ChannelWindow) => runs > 0 && (state === 'complete' || state === 'quiet');
const lengthMs = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from);
const isWeekend = (hour: number) => hour >= 5 * 24;

function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/**
 * How many new items are usual in a window: the median of the same hour of the week where four weeks are known, else of the same
 * hour of such days (working days, weekends), else nothing is known. Gaps say nothing of what is usual.
 * @param history closed windows of the channel, in any order
 */
export function expectedOf(
  history: readonly ChannelWindow[],
  window: { from: string; to: string },
): Expected | null {
  const slot = hourOfWeek(bucketHour(window.from));
  const alike = history
    .filter((one) => isKnown(one) && one.from < window.from && lengthMs(one) === lengthMs(window))
    .map(({ from, created }) => ({ slot: hourOfWeek(bucketHour(from)), created }))
    .filter((one) => one.slot % 24 === slot % 24 && isWeekend(one.slot) === isWeekend(slot));
  const sameHour = alike.filter((one) => one.slot === slot);
  if (sameHour.length >= leastOfHour) return usualOf(sameHour);
  return alike.length >= leastOfDayType ? usualOf(alike) : null;
}

function usualOf(samples: readonly { created: number }[]): Expected {
  const counts = samples.map(({ created }) => created);
  const usual = medianOf(counts);
  return { usual, low: Math.min(lowOf(usual), quantileOf(counts, lowShare)) };
}

const dayMs = 86_400_000;

/** New items of the day before a window's end, without its own; null unless what is usual is known of all of that day. */
export function sumDayBefore(
  history: readonly ChannelWindow[],
  window: { from: string; to: string },
): { created: number; usual: number } | null {
  const since = new Date(Date.parse(window.to) - dayMs).toISOString();
  const windows = history.filter(({ from, to }) => from >= since && to <= window.from);
  const knownMs = windows.reduce((sum, one) => sum + lengthMs(one), 0);
  if (knownMs + lengthMs(window) < dayMs) return null;
  let [created, usual] = [0, 0];
  for (const one of windows) {
    if (one.expected === null) return null;
    created += one.created;
    usual += one.expected.usual;
  }
  return { created, usual };
}
