import { expect, it } from 'vitest';
import { pollDelayMs } from './back-off.ts';

it('asks less and less often, and never gives up', () => {
  expect([0, 1, 2, 3, 4, 500].map(pollDelayMs)).toEqual([15_000, 30_000, 60_000, 120_000, 120_000, 120_000]);
});
