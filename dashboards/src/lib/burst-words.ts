import type { z } from 'zod';
import type { BurstDetail, BurstView } from '../../../review-api/contract/bursts.ts';
import { t } from '../i18n/t.ts';
import type { Bar } from './bar-chart.ts';
import { serviceTopicLabels } from './labels.ts';

export type BurstHour = z.infer<typeof BurstDetail>['hours'][number];
export type DismissReason = NonNullable<BurstView['dismissed']>['reason'];
export type DayKind = BurstView['calendar'][number];

export const burstStates = ['all', 'open', 'ended', 'dismissed'] as const;
export const burstStateLabels: Record<(typeof burstStates)[number], string> = {
  all: t('app.all'),
  open: t('bursts.stateOpen'),
  ended: t('bursts.stateEnded'),
  dismissed: t('bursts.stateDismissed'),
};

export const dismissReasonLabels: Record<DismissReason, string> = {
  unrelated: t('bursts.reasonUnrelated'),
  calendar: t('bursts.reasonCalendar'),
  copies: t('bursts.reasonCopies'),
  gathering: t('bursts.reasonGathering'),
  other: t('app.other'),
};
export const dismissReasons = Object.keys(dismissReasonLabels) as DismissReason[];

export const dayKindLabels: Record<DayKind, string> = {
  vacation: t('calendar.kindVacation'),
  opening: t('calendar.kindOpening'),
  exam: t('calendar.kindExam'),
  graduation: t('calendar.kindGraduation'),
  admission: t('calendar.kindAdmission'),
  event: t('calendar.kindEvent'),
  holiday: t('calendar.kindHoliday'),
};

export const methodLabels: Record<BurstView['method'], string> = {
  'hour-of-week': t('bursts.methodHourOfWeek'),
  'day-type': t('bursts.methodDayType'),
  prior: t('bursts.methodPrior'),
};

/** `2026-03-05T14` on the screen. */
export const formatHour = (hour: string): string =>
  t('bursts.hour', { day: hour.slice(0, 10), hour: Number(hour.slice(11, 13)) });

export const nameBurst = ({ channelName, topic }: Pick<BurstView, 'channelName' | 'topic'>): string =>
  t('bursts.name', {
    channel: channelName,
    topic: topic === null ? t('bursts.allTopics') : serviceTopicLabels[topic],
  });

/** How seldom so many come on ordinary days, in a form that people can picture. */
export function describeChance(chance: number): string {
  const n = Math.round(1 / Math.max(chance, 1e-9));
  return n >= 1_000_000
    ? t('bursts.chanceTiny')
    : t('bursts.chanceOneIn', { times: Number(n.toPrecision(2)) });
}

export function burstBars(hours: readonly BurstHour[]): Bar[] {
  return hours.map(({ hour, count, expected }) => ({
    label:
      count === null
        ? t('bursts.hourUnread', { hour: formatHour(hour), expected })
        : t('bursts.hourCount', { hour: formatHour(hour), n: count, expected }),
    count,
    isWhole: count !== null,
    expected,
  }));
}
