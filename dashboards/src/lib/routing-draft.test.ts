import { expect, it } from 'vitest';
import { findGap, findWrongRule, moveRule, newRule } from './routing-draft.ts';

it('gives a new rule an id of its own', () => {
  const first = newRule([]);
  expect(newRule([{ ...first, id: 'rule-2' }]).id).toBe('rule-3');
});

it('moves a rule by one place, and none past an end', () => {
  const rules = ['a', 'b', 'c'].map((id) => ({ ...newRule([]), id }));
  const ids = (index: number, step: 1 | -1) => moveRule(rules, index, step).map(({ id }) => id);
  expect(ids(1, -1)).toEqual(['b', 'a', 'c']);
  expect(ids(0, -1)).toEqual(['a', 'b', 'c']);
  expect(ids(2, 1)).toEqual(['a', 'b', 'c']);
});

it('finds the rule that a refusal names', () => {
  expect(findWrongRule('rules.2.give.unitId')).toEqual({ index: 2, field: 'give.unitId' });
  expect(findWrongRule('seenVersion')).toBeNull();
  expect(findWrongRule(undefined)).toBeNull();
});

it('tells what is missing before it is sent', () => {
  const rule = newRule([]);
  expect(findGap([rule])).toMatchObject({ index: 0, field: 'name' });
  expect(findGap([{ ...rule, name: '食堂' }])).toMatchObject({ field: 'give' });
  expect(findGap([{ ...rule, name: '食堂', give: { ...rule.give, label: '急' } }])).toBeNull();
});
