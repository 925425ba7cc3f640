import { describe, expect, it } from 'vitest';
import { formatAgo, formatClock, formatMoment, formatPublished } from './shanghai-time.ts';

const now = '2026-03-05T06:30:00.000Z'; // 14:30 in Shanghai

describe('formatPublished', () => {
  it.each([
    ['2026-03-04T16:00:00.000Z', 'day', '3月5日'],
    ['2026-03-05T06:20:05.000Z', 'minute', '3月5日 14:20'],
    ['2026-03-05T06:20:05.000Z', 'second', '3月5日 14:20:05'],
    ['2025-12-31T16:30:00.000Z', 'minute', '1月1日 00:30'],
    ['2025-12-31T15:59:00.000Z', 'day', '2025年12月31日'],
  ] as const)('%s with precision %s is %s', (instant, precision, expected) => {
    expect(formatPublished(instant, precision, now)).toBe(expected);
  });
});

describe('formatAgo', () => {
  it.each([
    ['2026-03-05T06:29:30.000Z', 'second', '刚刚'],
    ['2026-03-05T06:05:00.000Z', 'minute', '25 分钟前'],
    ['2026-03-04T16:10:00.000Z', 'minute', '14 小时前'],
    ['2026-03-04T15:50:00.000Z', 'minute', '昨天 23:50'],
    ['2026-03-04T16:00:00.000Z', 'day', '今天'],
    ['2026-03-03T16:00:00.000Z', 'day', '昨天'],
    ['2026-02-20T16:00:00.000Z', 'day', '2月21日'],
    ['2026-03-05T07:30:00.000Z', 'minute', '3月5日'],
  ] as const)('%s with precision %s is %s', (instant, precision, expected) => {
    expect(formatAgo(instant, precision, now)).toBe(expected);
  });
});

it('shows a moment with its year', () => {
  expect(formatMoment('2026-03-05T06:20:05.000Z')).toBe('2026年3月5日 14:20');
});

it('shows the clock alone', () => {
  expect(formatClock('2026-03-05T16:05:00.000Z')).toBe('00:05');
});
