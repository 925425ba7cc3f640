import { expect, test } from 'vitest';
import { describeLeaving, shortDay } from './person-labels.ts';

test.each([
  [{ state: 'active', leavesOn: null, leavesInDays: null }, ''],
  [{ state: 'active', leavesOn: '2027-06-30', leavesInDays: null }, '2027-06-30 离岗'],
  [{ state: 'active', leavesOn: '2026-11-30', leavesInDays: 7 }, '还有 7 天离岗（2026-11-30）'],
  [{ state: 'locked', leavesOn: '2026-11-23', leavesInDays: 0 }, '今天是最后一天'],
  [{ state: 'left', leavesOn: '2026-11-22', leavesInDays: null }, '2026-11-22 离岗'],
] as const)('%j: %s', (person, words) => {
  expect(describeLeaving(person)).toBe(words);
});

test('a day is short', () => {
  expect(shortDay('2026-01-09')).toBe('1月9日');
});
