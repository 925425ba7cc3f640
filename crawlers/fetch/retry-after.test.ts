import { expect, it } from 'vitest';
import { parseRetryAfterMs } from './retry-after.ts';

const now = '2026-03-05T06:00:00.000Z';
it.each([
  ['120', 120_000],
  ['0', 10_000],
  ['999999999', 86_400_000],
  ['Thu, 05 Mar 2026 06:05:00 GMT', 300_000],
  ['Thu, 05 Mar 2020 06:05:00 GMT', 10_000],
  ['soon', null],
])('%s', (value, expected) => expect(parseRetryAfterMs(value, now)).toBe(expected));
