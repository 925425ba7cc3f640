import type { RoutingView } from '../../../review-api/contract/routing.ts';
import { t } from '../i18n/t.ts';

export type RoutingRule = RoutingView['rules'][number];
type RoutingCondition = RoutingRule['when'];
export type RoutingOutput = RoutingRule['give'];

export const routedQueueLabels: Record<NonNullable<RoutingOutput['queue']>, string> = {
  review: t('routing.queueReview'),
  service: t('routing.queueService'),
  operations: t('routing.queueOperations'),
};

const nothingAsked: RoutingCondition = {
  ...{ channels: [], kinds: [], categories: [], serviceKinds: [], topics: [], units: [] },
  levelAtLeast: null,
};
const nothingGiven: RoutingOutput = {
  ...{ queue: null, unitId: null, executorId: null, dueWorkingDays: null, label: null },
};

/** Under an id that none of the others has. */
export function newRule(rules: readonly RoutingRule[]): RoutingRule {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `rule-${number}`)) number += 1;
  return { id: `rule-${number}`, name: '', when: nothingAsked, give: nothingGiven };
}

/** One place up or down; past either end nothing moves. */
export function moveRule(rules: readonly RoutingRule[], index: number, step: 1 | -1): RoutingRule[] {
  const next = [...rules];
  const [one, other] = [next[index], next[index + step]];
  if (one === undefined || other === undefined) return next;
  next[index] = other;
  next[index + step] = one;
  return next;
}

/** `rules.2.give.unitId`: which rule, and which of its fields; null for anything else. */
export function findWrongRule(field: string | undefined): { index: number; field: string } | null {
  const match = /^rules\.(\d+)(?:\.(.+))?$/u.exec(field ?? '');
  return match === null ? null : { index: Number(match[1]), field: match[2] ?? '' };
}

/** What is missing before it can be sent; null when nothing is. */
export function findGap(
  rules: readonly RoutingRule[],
): { index: number; field: string; failure: string } | null {
  for (const [index, { name, give }] of rules.entries()) {
    if (name.trim() === '') return { index, field: 'name', failure: t('routing.fillName') };
    if (Object.values(give).every((one) => one === null)) {
      return { index, field: 'give', failure: t('routing.givesNothing') };
    }
  }
  return null;
}
