import type { z } from 'zod';
import type {
  CompareView,
  ResponsesView,
  SeriesView,
  TableView,
} from '../../../review-api/contract/trends.ts';
import type { CoverView } from '../../../review-api/contract/trends-cover.ts';
import { t } from '../i18n/t.ts';
import { gapWords } from './channel-labels.ts';
import { categoryLabels, levelLabels, serviceKindLabels, serviceTopicLabels } from './labels.ts';
import { type Dimension, dimensionOf, filterNames, type Grain, type TrendTab } from './trend-place.ts';

export type SeriesAnswer = z.infer<typeof SeriesView>;
export type SeriesPoint = SeriesAnswer['points'][number];
export type CompareAnswer = z.infer<typeof CompareView>;
export type ComparedLine = CompareAnswer['total'];
export type TableAnswer = z.infer<typeof TableView>;
export type ResponsesAnswer = z.infer<typeof ResponsesView>;
export type Durations = ResponsesAnswer['total']['toAnswer'];
export type Cover = z.infer<typeof CoverView>;
export type Standing = Pick<SeriesAnswer, 'coverage' | 'behind'>;

export const tabLabels: Record<TrendTab, string> = {
  series: t('trends.tabSeries'),
  hours: t('trends.tabHours'),
  table: t('trends.tabTable'),
  responses: t('trends.tabResponses'),
  compare: t('trends.tabCompare'),
};

export const dimensionLabels: Record<Dimension, string> = {
  channel: t('app.channel'),
  unit: t('app.unit'),
  topic: t('app.topic'),
  category: t('app.category'),
  level: t('trends.level'),
  tone: t('trends.tone'),
  'service-kind': t('trends.serviceKind'),
  kind: t('trends.source'),
};

export const grainLabels: Record<Grain, string> = {
  hour: t('trends.grainHour'),
  day: t('trends.grainDay'),
  week: t('trends.grainWeek'),
  month: t('trends.grainMonth'),
};

const noService = { '-': t('trends.noService') };
/** In the order in which they are offered and drawn; of channels and units the names come with the answers. */
const codeLabels: Record<Exclude<Dimension, 'channel'>, Record<string, string>> = {
  unit: { '-': t('trends.noUnit') },
  topic: { ...serviceTopicLabels, ...noService },
  category: categoryLabels,
  level: { ...levelLabels, unjudged: t('trends.unjudged') },
  tone: {
    negative: t('labels.toneNegative'),
    neutral: t('labels.toneNeutral'),
    positive: t('labels.tonePositive'),
    unjudged: t('trends.unjudged'),
  },
  'service-kind': { ...serviceKindLabels, ...noService },
  kind: {
    comment: t('labels.kindComment'),
    lead: t('app.lead'),
    article: t('labels.kindArticle'),
    status: t('labels.kindStatus'),
    reply: t('trends.kindReply'),
  },
};

/** @param name of a channel or a unit, where it came with the figure */
export function valueLabel(dimension: Dimension, value: string, name: string | null = null): string {
  return name ?? (dimension === 'channel' ? value : (codeLabels[dimension][value] ?? value));
}

/** Values that may be chosen. Self-harm is counted for nobody who reads figures. */
export function codesOf(dimension: Dimension, speaker: 'public' | 'school'): string[] {
  if (dimension === 'channel') return [];
  const codes = Object.keys(codeLabels[dimension]).filter((code) => code !== 'self-harm');
  if (dimension !== 'kind') return codes;
  const ofPublic = ['comment', 'lead'];
  return codes.filter((code) => ofPublic.includes(code) === (speaker === 'public'));
}

/** In the order of the codes: never by figure. */
export function inOrder<V extends { value: string }>(dimension: Dimension, values: readonly V[]): V[] {
  if (dimension === 'channel' || dimension === 'unit') return [...values];
  const codes = Object.keys(codeLabels[dimension]);
  return [...values].sort((a, b) => codes.indexOf(a.value) - codes.indexOf(b.value));
}

const shortDay = (day: string) =>
  t('app.dayOfMonth', { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });

/** `2026年10月25日至11月23日`. */
export function describePeriod({ fromDay, toDay }: { fromDay: string; toDay: string }): string {
  const long = (day: string) => t('app.dateWithYear', { year: Number(day.slice(0, 4)), date: shortDay(day) });
  if (fromDay === toDay) return long(fromDay);
  const until = fromDay.slice(0, 4) === toDay.slice(0, 4) ? shortDay(toDay) : long(toDay);
  return t('trends.period', { from: long(fromDay), until });
}

/** What a point covers, in full: `11月3日`, `11月3日 14时`, `11月2日至11月8日`. */
export function describePoint({ at, fromDay, toDay }: Pick<SeriesPoint, 'at' | 'fromDay' | 'toDay'>): string {
  if (at.includes('T'))
    return t('trends.dayHour', { day: shortDay(fromDay), hour: Number(at.slice(11, 13)) });
  if (fromDay === toDay) return shortDay(fromDay);
  return t('trends.period', { from: shortDay(fromDay), until: shortDay(toDay) });
}

/** Under an axis. */
export function shortPoint({ at, fromDay }: Pick<SeriesPoint, 'at' | 'fromDay'>): string {
  const day = `${Number(fromDay.slice(5, 7))}-${fromDay.slice(8, 10)}`;
  if (at.includes('T')) return `${day} ${at.slice(11, 13)}:00`;
  return at.length === 7 ? at : day;
}

export const formatShare = (share: number): string => `${(share * 100).toFixed(1)}%`;
/** At most two places: more would promise what is not known. */
export const formatMean = (value: number): string => String(Math.round(value * 100) / 100);

/** `2.5 小时`; days from two days on. */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return t('trends.minutes', { count: Math.round(minutes) });
  const hours = minutes / 60;
  if (hours < 48) return t('trends.hours', { count: Math.round(hours * 10) / 10 });
  return t('trends.days', { count: Math.round((hours / 24) * 10) / 10 });
}

type Shortfall = Cover['shortfalls'][number];
const whyLabels: Record<Shortfall['why'], string> = {
  gap: t('trends.whyGap'),
  pending: t('trends.whyPending'),
  unobserved: t('trends.whyUnobserved'),
};

export const causeLabel = (cause: NonNullable<Shortfall['cause']>): string => gapWords[cause].reason;

export interface CoverLine {
  text: string;
  /** Made good since: nothing is missing any more. */
  isFilled: boolean;
}

/** What is missing, channel by channel, then what was made good; empty where all was read at once. */
export function describeCover({ shortfalls, filled }: Cover): CoverLine[] {
  const lines = new Map<string, { channel: string; words: string; hours: number; isFilled: boolean }>();
  const add = (channel: string, words: string, hours: number, isFilled: boolean) => {
    const key = `${channel} ${words} ${isFilled}`;
    const line = lines.get(key) ?? { channel, words, hours: 0, isFilled };
    line.hours += hours;
    lines.set(key, line);
  };
  for (const { channel, why, cause, hours } of shortfalls) {
    const words = cause === null ? whyLabels[why] : `${whyLabels[why]} · ${causeLabel(cause)}`;
    add(channel.name, words, hours, false);
  }
  for (const { channel, cause, hours } of filled) {
    add(channel.name, cause === null ? whyLabels.gap : causeLabel(cause), hours, true);
  }
  return [...lines.values()].map(({ channel, words, hours, isFilled }) => {
    const said = { channel, why: words, hours: formatMean(hours) };
    return { text: t(isFilled ? 'trends.filledLine' : 'trends.shortfall', said), isFilled };
  });
}

export const reasonLabels: Record<NonNullable<ComparedLine['reason']>, string> = {
  'not-observed': t('trends.reasonNotObserved'),
  gap: t('trends.reasonGap'),
  unfinished: t('trends.reasonUnfinished'),
  'too-few': t('trends.reasonTooFew'),
};

export const directionLabels: Record<NonNullable<ComparedLine['change']>['direction'], string> = {
  more: t('trends.directionMore'),
  fewer: t('trends.directionFewer'),
  unclear: t('trends.directionUnclear'),
};

const momentLabels: Record<string, string> = {
  opened: t('trends.momentOpened'),
  decided: t('trends.momentDecided'),
  'undecided-now': t('trends.momentUndecided'),
  sent: t('trends.momentSent'),
  received: t('trends.momentReceived'),
  answered: t('trends.momentAnswered'),
  'with-unit-now': t('trends.momentWithUnit'),
};

export const weekdayLabels: readonly string[] = t('trends.weekdays').split(' ');

/** What a figure was counted from, in words, from the query beside it. */
export function describeEvidence(
  text: string,
  nameOf: (dimension: 'channel' | 'unit', id: string) => string | null,
): string[] {
  const query = new URLSearchParams(text);
  const list = (name: string) => (query.get(name) ?? '').split(',').filter((one) => one !== '');
  const moment = query.get('moment');
  const isNow = moment?.endsWith('-now') === true;
  const of = query.get('speaker') === 'school' ? t('trends.ofSchool') : t('trends.ofPublic');
  const what = moment === null ? of : (momentLabels[moment] ?? moment);
  const late = query.get('late') === 'yes' ? [isNow ? t('trends.overdueNow') : t('trends.answeredLate')] : [];
  const days = { fromDay: query.get('fromDay') ?? '', toDay: query.get('toDay') ?? '' };
  const narrowed = filterNames.flatMap((name) => {
    const dimension = dimensionOf[name];
    const values = list(name).map((value) => {
      const known = dimension === 'channel' || dimension === 'unit' ? nameOf(dimension, value) : null;
      return valueLabel(dimension, value, known);
    });
    return values.length === 0
      ? []
      : [t('trends.narrowed', { of: dimensionLabels[dimension], values: values.join(t('app.listComma')) })];
  });
  const weekdays = list('weekdays').map((one) => weekdayLabels[Number(one) - 1] ?? one);
  const hours = list('hours').map((one) => t('trends.hourOfDay', { hour: one }));
  return [what, ...late, ...(isNow ? [] : [describePeriod(days)]), ...narrowed, ...weekdays, ...hours];
}
