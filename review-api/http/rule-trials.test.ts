import { expect, it } from 'vitest';
import { RuleTrials } from './rule-trials.ts';

it('tells how far a trial is to whom began it, until it has ended', () => {
  const trials = new RuleTrials();
  const trial = trials.begin('user-1', 'trial-1');
  expect(trials.read('user-1', 'trial-1')).toEqual({ scanned: null, total: null });
  trial.onProgress(2000, 9000);
  expect(trials.read('user-1', 'trial-1')).toEqual({ scanned: 2000, total: 9000 });
  expect(trials.read('user-2', 'trial-1')).toEqual({ scanned: null, total: null });
  trial.end();
  expect(trials.read('user-1', 'trial-1')).toEqual({ scanned: null, total: null });
});
