import type { z } from 'zod';
import type { TopicDetail, TopicView } from '../../../review-api/contract/topics.ts';
import { t } from '../i18n/t.ts';

export type TopicFull = z.infer<typeof TopicDetail>;
type Grown = Pick<TopicView['growth']['day'], 'now' | 'before' | 'change' | 'reason'>;

export const topicStateLabels: Record<TopicView['state'], string> = {
  active: t('topics.stateActive'),
  quiet: t('topics.stateQuiet'),
  ended: t('topics.stateEnded'),
};

const silentReasons: Record<NonNullable<Grown['reason']>, string> = {
  'not-observed': t('topics.growthNotObserved'),
  gap: t('topics.growthGap'),
  unfinished: t('topics.growthUnfinished'),
  'too-few': t('topics.growthTooFew'),
};

/** Of two stretches of the same length. Where nothing may be said of a change, why. */
export function describeGrowth({ now, before, change, reason }: Grown): string {
  const counts = t('topics.growthCounts', { before, now });
  if (change === null)
    return t('topics.growthLine', { counts, said: reason === null ? '' : silentReasons[reason] });
  const { direction } = change;
  const said =
    direction === 'unclear'
      ? t('topics.growthUnclear')
      : direction === 'more'
        ? t('topics.growthMore', { n: Math.abs(change.difference) })
        : t('topics.growthFewer', { n: Math.abs(change.difference) });
  return t('topics.growthLine', { counts, said });
}

export const topicEventLabels: Record<TopicFull['events'][number]['kind'], string> = {
  noticed: t('topics.eventNoticed'),
  merged: t('topics.eventMerged'),
  'took-over': t('topics.eventTookOver'),
  'split-off': t('topics.eventSplitOff'),
  parted: t('topics.eventParted'),
  renamed: t('topics.eventRenamed'),
  'item-removed': t('topics.eventItemRemoved'),
  dismissed: t('topics.eventDismissed'),
  restored: t('topics.eventRestored'),
  quiet: t('topics.eventQuiet'),
  'active-again': t('topics.eventActiveAgain'),
  ended: t('topics.eventEnded'),
};

export const topicPeriods = ['7', '14', '30', '90'] as const;
export const topicStates = ['all', 'active', 'quiet', 'ended'] as const;
export const topicSorts = ['size', 'growth'] as const;

/** Where whoever may read texts reads this one: a search asks for a purpose and is logged. */
export const searchFor = (words: string): string =>
  `#/search?${new URLSearchParams({ q: words }).toString()}`;
