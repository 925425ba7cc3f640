import type { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { Allotment } from '../../source.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** What nobody has said anything under for so long is looked at monthly. */
const quietMs = 90 * dayMs;
const longestMs = 14 * dayMs;

/** Of an account with this many calls a day, none need be spared. */
const plentyPerDay = 1000;
/** The day in parts, so that a lively morning does not use up the evening's calls. */
const partsOfDay = 12;
/** Calls that every run begins with: the account's statuses, and what was said to it. */
const listsPerRun = 2;
/** What lists may leave over at least. */
const leastShare = 0.1;

/**
 * When to look under a status again: the longer it has been quiet, the later. With calls to spare after a quarter of the time that it
 * has been quiet, else after as long again, so that one status takes about ten looks in its first month.
 * @param lastActivity of status and comments, the latest
 */
export function nextCommentsLook(channel: WeiboChannel, lastActivity: string, now: string): string {
  const quiet = Math.max(0, Date.parse(now) - Date.parse(lastActivity));
  if (quiet > quietMs) return laterBy(now, 30 * dayMs);
  const spares = channel.door === 'open-platform' && channel.callsPerDay < plentyPerDay;
  const least = Math.max(channel.everyMinutes, spares ? 60 : 15) * minuteMs;
  return laterBy(now, Math.min(Math.max(quiet * (spares ? 1 : 0.25), least), longestMs));
}

/** When to look at a status by itself again: daily in its first week, weekly for two months, then monthly. */
export function nextStatusLook(published: string, now: string): string {
  const age = Date.parse(now) - Date.parse(published);
  return laterBy(now, age < 7 * dayMs ? dayMs : age < 60 * dayMs ? 7 * dayMs : 30 * dayMs);
}

const steps: readonly [withinMs: number, priority: number][] = [
  [2 * hourMs, 7],
  [12 * hourMs, 6],
  [2 * dayMs, 5],
  [7 * dayMs, 3],
  [30 * dayMs, 1],
];
/** Comments an hour, from when it was published, that make a status lively; very lively at ten times as many. */
const livelyPerHour = 2;

/** 0 to 9: the newest and the liveliest first. */
export function priorityOf(status: { published: string; comments: number }, now: string): number {
  const age = Math.max(0, Date.parse(now) - Date.parse(status.published));
  const base = steps.find(([within]) => age <= within)?.[1] ?? 0;
  const perHour = status.comments / Math.max(1, age / hourMs);
  return base + (perHour >= livelyPerHour * 10 ? 2 : perHour >= livelyPerHour ? 1 : 0);
}

/**
 * Out of what the platform grants a day, what this call may be taken from: lists from the whole, single statuses and comments only
 * from what the day's lists leave over, part by part.
 */
export function allotmentsFor(channel: WeiboChannel, isList: boolean): Allotment[] {
  if (channel.door !== 'open-platform') return [];
  const { callsPerDay, everyMinutes } = channel;
  const day: Allotment = { name: 'day', limit: callsPerDay, windowMs: dayMs, whenSpent: 'end' };
  if (isList) return [day];
  const forLists = listsPerRun * Math.ceil((24 * 60) / everyMinutes);
  const left = Math.max(callsPerDay - forLists, callsPerDay * leastShare);
  const limit = Math.max(1, Math.floor(left / partsOfDay));
  return [{ name: 'details', limit, windowMs: dayMs / partsOfDay, whenSpent: 'wait' }, day];
}
