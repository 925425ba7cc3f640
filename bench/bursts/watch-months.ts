import { openChineseCalendar } from '../../pipeline/adapters/chinese-calendar.ts';
import type { BurstBaseline } from '../../pipeline/domain/burst-baseline.ts';
import { learnFactors } from '../../pipeline/domain/calendar-factor.ts';
import { ServiceTopic } from '../../pipeline/domain/category.ts';
import { type BurstRules, burstRules } from '../../pipeline/domain/find-bursts.ts';
import { emptySchoolCalendar, PeriodKind, type SchoolPeriod } from '../../pipeline/domain/school-calendar.ts';
import { readSchoolDay, type SchoolDay } from '../../pipeline/domain/school-period.ts';
import { chooseSeries, type SeriesBurst } from '../../pipeline/domain/settle-bursts.ts';
import { bucketHour, dayAfter, daysBetween } from '../../pipeline/domain/time.ts';
import { watchSeries } from '../../pipeline/domain/watch-series.ts';
import type { MonthItem } from '../../test/campus/months/labelled-months.ts';
import { schoolPeriods } from '../../test/campus/months/school-year.ts';

/** A remark of the months as the figures know it; hours count from midnight of the first day. */
export interface Remark {
  channelId: string;
  hour: number;
  topic: ServiceTopic | null;
  label: string;
}

export const isRemark = ({ kind }: Pick<MonthItem, 'kind'>) => kind === 'comment' || kind === 'lead';

export function toHour(at: string, firstDay: string): number {
  const hour = bucketHour(at);
  return daysBetween(firstDay, hour.slice(0, 10)) * 24 + Number(hour.slice(11, 13));
}

/** The days of the months as the school's calendar has them. */
export async function readDays(firstDay: string, count: number): Promise<SchoolDay[]> {
  const year = Number(firstDay.slice(0, 4));
  const periods = [year - 1, year, year + 1, year + 2].flatMap((one) =>
    schoolPeriods(one).flatMap(({ name, kind, from, to }): SchoolPeriod[] => {
      const known = PeriodKind.safeParse(kind);
      return known.success ? [{ name, kind: known.data, from, to }] : [];
    }),
  );
  const settings = { version: 1, calendar: emptySchoolCalendar } as never;
  const work = await openChineseCalendar({ read: async () => settings, readVersion: async () => 1 }).read();
  return Array.from({ length: count }, (_, at) => readSchoolDay(dayAfter(firstDay, at), { periods }, work));
}

/** What a way of looking makes of the months. */
export interface Alarm {
  channelId: string;
  from: number;
  last: number;
  noticed: number;
}

interface Months {
  remarks: readonly Remark[];
  days: readonly SchoolDay[];
  /** Days that are looked at; what is before them is history. */
  start: number;
}

function countHours(remarks: readonly Remark[], hours: number): number[] {
  const counts = new Array<number>(hours).fill(0);
  for (const { hour } of remarks) if (hour < hours) counts[hour] = (counts[hour] ?? 0) + 1;
  return counts;
}

function groupByChannel(remarks: readonly Remark[]): Map<string, Remark[]> {
  const found = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const of = found.get(remark.channelId) ?? [];
    of.push(remark);
    found.set(remark.channelId, of);
  }
  return found;
}

const stepDays = 7;

/** As the product does it, a week at a time: every day is judged by the days before it alone. */
export function watchAsProduct(
  { remarks, days, start }: Months,
  { rules = burstRules, hasCalendar = true }: { rules?: BurstRules; hasCalendar?: boolean } = {},
): Alarm[] {
  const lived = hasCalendar ? days : days.map((day) => ({ ...day, kinds: [] }));
  const alarms: Alarm[] = [];
  for (const [channelId, own] of groupByChannel(remarks)) {
    const found: SeriesBurst[] = [];
    for (const topic of [null, ...ServiceTopic.options]) {
      const counts = countHours(
        own.filter((one) => topic === null || one.topic === topic),
        days.length * 24,
      );
      found.push(...watchTopic({ topic, counts, days: lived, start, rules }));
    }
    alarms.push(...mergeNear(chooseSeries(found), rules).map((one) => ({ channelId, ...one })));
  }
  return alarms;
}

interface TopicWatch {
  topic: ServiceTopic | null;
  counts: number[];
  days: readonly SchoolDay[];
  start: number;
  rules: BurstRules;
}

function watchTopic({ topic, counts, days, start, rules }: TopicWatch): SeriesBurst[] {
  const past: SeriesBurst['found'][] = [];
  const fitted = new Map<number, BurstBaseline>();
  for (let day = start; day < days.length; day += stepDays) {
    const daily = days.slice(0, day).map((one, at) => ({
      day: one,
      count: counts.slice(at * 24, at * 24 + 24).reduce((sum, count) => sum + count, 0),
    }));
    const end = Math.min(days.length, day + stepDays) * 24;
    const task = { series: { topic, days, counts }, start: Math.max(start, day - 2) * 24, end };
    for (const burst of watchSeries({ ...task, factorOf: learnFactors(daily, topic), past, rules, fitted })) {
      const known = past.find((one) => burst.from - one.last <= rules.joinHours);
      if (known === undefined) past.push(burst);
      else known.last = Math.max(known.last, burst.last);
    }
  }
  return past.map((found) => ({ topic, found, calendar: [] }));
}

/** What goes on within a day, in whatever series, is one alarm to whoever reads it. */
function mergeNear(bursts: readonly SeriesBurst[], { joinHours }: BurstRules): Omit<Alarm, 'channelId'>[] {
  const merged: (Omit<Alarm, 'channelId'> & { topic: ServiceTopic | null })[] = [];
  for (const { topic, found } of [...bursts].sort((a, b) => a.found.noticed - b.found.noticed)) {
    const near = merged.find(
      (one) =>
        one.topic === topic && found.from <= one.last + joinHours && one.from <= found.last + joinHours,
    );
    if (near === undefined)
      merged.push({ topic, from: found.from, last: found.last, noticed: found.noticed });
    else near.last = Math.max(near.last, found.last);
  }
  return merged;
}

/** What would be there without any of it: an hour's count beside mean and deviation of the same hour of the week, eight weeks back. */
export function watchByDeviation({ remarks, days, start }: Months, deviations = 4, least = 8): Alarm[] {
  return watchHours({ remarks, days, start }, (counts, hour) => {
    const before = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((week) => counts[hour - week * 168] ?? []);
    const mean = before.reduce((sum, count) => sum + count, 0) / Math.max(1, before.length);
    const square = before.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, before.length);
    const count = counts[hour] ?? 0;
    return count >= least && count > mean + deviations * Math.sqrt(square);
  });
}

/** So many in an hour. */
export function watchByThreshold(months: Months, least = 25): Alarm[] {
  return watchHours(months, (counts, hour) => (counts[hour] ?? 0) >= least);
}

function watchHours(
  { remarks, days, start }: Months,
  isHot: (counts: readonly number[], hour: number) => boolean,
): Alarm[] {
  const alarms: Alarm[] = [];
  for (const [channelId, own] of groupByChannel(remarks)) {
    const counts = countHours(own, days.length * 24);
    let current: Alarm | null = null;
    for (let hour = start * 24; hour < counts.length; hour += 1) {
      if (!isHot(counts, hour)) continue;
      if (current !== null && hour - current.last <= burstRules.joinHours) current.last = hour;
      else {
        current = { channelId, from: hour, last: hour, noticed: hour };
        alarms.push(current);
      }
    }
  }
  return alarms;
}

export interface MatterScore {
  label: string;
  size: number;
  /** From the first remark to the end of the hour in which it could be told; null: never. */
  hoursToNotice: number | null;
  /** Of its remarks, written by then. */
  shareByThen: number | null;
}

/** Which alarms are of a matter: three of its remarks, and a third of the wave's, three of its remarks stand in it. */
export function scoreAlarms(
  remarks: readonly Remark[],
  alarms: readonly Alarm[],
): { matters: MatterScore[]; falseAlarms: number } {
  const labels = [...new Set(remarks.map(({ label }) => label))].filter((label) => label !== 'none');
  const told = new Set<Alarm>();
  const matters = labels.map((label): MatterScore => {
    const own = remarks.filter((one) => one.label === label).sort((a, b) => a.hour - b.hour);
    const first = own[0]?.hour ?? 0;
    const hits = alarms.filter((alarm) => {
      const inside = (one: Remark) =>
        one.channelId === alarm.channelId && one.hour >= alarm.from && one.hour <= alarm.last;
      return own.filter(inside).length >= 3;
    });
    for (const hit of hits) told.add(hit);
    const noticed = Math.min(...hits.map((hit) => hit.noticed).filter((hour) => hour >= first));
    if (!Number.isFinite(noticed)) return { label, size: own.length, hoursToNotice: null, shareByThen: null };
    const by = own.filter(({ hour }) => hour <= noticed).length;
    return { label, size: own.length, hoursToNotice: noticed - first + 1, shareByThen: by / own.length };
  });
  return { matters, falseAlarms: alarms.filter((alarm) => !told.has(alarm)).length };
}
