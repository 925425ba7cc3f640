import { expect, test } from 'vitest';
import { measureMinutes } from './trend-minutes.ts';

test.each([
  [[], null, null],
  [[7, 9], null, null],
  [[90, 10, 20], 20, 90],
  [[4, 1, 3, 2], 2.5, 4],
  [[10, 1, 9, 2, 8, 3, 7, 4, 6, 5], 5.5, 9],
  [[11, 10, 1, 9, 2, 8, 3, 7, 4, 6, 5], 6, 10],
])('median and ninth tenth of %j', (minutes, medianMinutes, p90Minutes) => {
  expect(measureMinutes(minutes)).toEqual({ count: minutes.length, medianMinutes, p90Minutes });
});
