import { expect, it } from 'vitest';
import { buildRule } from '../../test/builders/rule.ts';
import type { ReasonCode } from '../domain/case.ts';
import { leastDecisions, precisionOf } from './rule-stats.ts';

const counts = (cases: Partial<Record<ReasonCode, number>>) =>
  (Object.entries(cases) as [ReasonCode, number][]).map(([reason, count]) => ({ reason, cases: count }));

it('is the share of decisions that do not speak against the rule, with every count', () => {
  const found = precisionOf(
    counts({
      misjudged: 2,
      'opinion-only': 1,
      'not-about-school': 1,
      'advert-or-spam': 1,
      'service-need': 15,
    }),
    buildRule(),
  );
  expect(found).toMatchObject({ decided: 20, against: 5, precision: 0.75 });
  expect(found.byReason[0]).toEqual({ reason: 'service-need', cases: 15 });
});

it('does not hold it against a rule for adverts that a person calls its hit one', () => {
  const advert = buildRule({ target: { category: 'advert' } });
  expect(precisionOf(counts({ 'advert-or-spam': 9, misjudged: 1 }), advert)).toMatchObject({
    precision: 0.9,
  });
  expect(precisionOf(counts({ 'advert-or-spam': 9, misjudged: 1 }), undefined)).toMatchObject({
    precision: 0,
  });
});

it('is none while too few were decided', () => {
  const few = leastDecisions - 1;
  expect(precisionOf(counts({ misjudged: few }), buildRule())).toMatchObject({
    decided: few,
    precision: null,
  });
  expect(precisionOf([], buildRule())).toMatchObject({ decided: 0, precision: null });
});
