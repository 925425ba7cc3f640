import { expect, it } from 'vitest';
import { describeMove, describeSaving, parseRuleChange } from './rule-history.ts';

it('reads what it has written', () => {
  const at = { ruleId: 'fraud.loan-2', version: 12 };
  expect(parseRuleChange(describeSaving(at))).toEqual({ kind: 'saved', ...at });
  const move = { ...at, from: 'shadow' as const, to: 'live' as const, reason: 'trial-good' as const };
  expect(parseRuleChange(describeMove(move))).toEqual({ kind: 'moved', ...move });
  const bare = { ...move, reason: null };
  expect(parseRuleChange(describeMove(bare))).toEqual({ kind: 'moved', ...bare });
});

it('takes a file for no change of one rule', () => {
  expect(parseRuleChange('lexicons/fraud/fraud.yaml')).toBeNull();
  expect(parseRuleChange('command: import fraud.yaml')).toBeNull();
  expect(parseRuleChange('command: fraud.loan@2 nowhere to live')).toBeNull();
});
