import { describe, expect, test } from 'vitest';
import { buildGap } from '../../test/builders/completeness.ts';
import {
  type ChannelCoverage,
  coverOf,
  hourStates,
  isUnknown,
  stretchOfDays,
  stretchOfHour,
} from './coverage.ts';

/** In Shanghai. */
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString();
const weibo: ChannelCoverage = {
  channelId: 'weibo',
  kind: 'watched',
  span: { from: at(2, 0), to: at(6, 12) },
  gaps: [
    buildGap({ channelId: 'weibo', from: at(4, 22), to: at(5, 3), cause: 'credential' }),
    buildGap({ channelId: 'weibo', from: at(3, 1), to: at(3, 2), filledAt: at(3, 9) }),
  ],
};
const leads: ChannelCoverage = { channelId: 'leads', kind: 'by-hand', span: null, gaps: [] };
const day = (number: number) => `2026-03-0${number}`;
const over = (from: number, to: number) => coverOf([weibo, leads], stretchOfDays(day(from), day(to)));

describe('what a figure over some time lacks', () => {
  test('nothing, where every window was closed as whole; a filled gap takes nothing', () => {
    expect(over(2, 2)).toEqual({ complete: true, shortfalls: [], filled: [] });
    const filled = [{ channelId: 'weibo', cause: 'failed', hours: 1 }];
    expect(over(3, 3)).toEqual({ complete: true, shortfalls: [], filled });
  });

  test('the hours of a gap, of what was not read yet, and of what was never read', () => {
    const lack = (why: string, hours: number, cause: string | null = null, whole = false) => ({
      ...{ channelId: 'weibo', why, cause, hours, whole },
    });
    expect(over(4, 4).shortfalls).toEqual([lack('gap', 2, 'credential')]);
    expect(over(6, 6).shortfalls).toEqual([lack('pending', 12)]);
    expect(over(1, 1).shortfalls).toEqual([lack('unobserved', 24, null, true)]);
    expect(over(1, 6).shortfalls).toEqual([
      lack('unobserved', 24),
      lack('pending', 12),
      lack('gap', 5, 'credential'),
    ]);
    const ended = coverOf([{ ...weibo, kind: 'ended' }], stretchOfDays(day(7), day(7)));
    expect(ended.shortfalls).toEqual([lack('unobserved', 24, null, true)]);
  });

  test('nothing is known only where no crawled channel was read in any of it', () => {
    const cover = coverOf([weibo], stretchOfDays(day(1), day(1)));
    expect(isUnknown(cover, [weibo])).toBe(true);
    expect(isUnknown(cover, [weibo, leads])).toBe(true);
    expect(isUnknown(cover, [weibo, { ...weibo, channelId: 'wechat' }])).toBe(false);
    expect(isUnknown(cover, [leads])).toBe(false);
    expect(isUnknown(coverOf([], stretchOfDays(day(1), day(1))), [])).toBe(false);
  });
});

test('each hour is as the worst of its channels', () => {
  const states = hourStates([weibo, leads], { fromDay: day(4), toDay: day(6) });
  expect(states).toHaveLength(72);
  expect(states.slice(20, 30)).toEqual([
    ...['observed', 'observed', 'gap', 'gap', 'gap'],
    ...['gap', 'gap', 'observed', 'observed', 'observed'],
  ]);
  expect(states.slice(59)).toEqual(['observed', ...new Array(12).fill('pending')]);
  const half = {
    ...weibo,
    gaps: [buildGap({ from: '2026-03-03T16:30:00.000Z', to: '2026-03-03T16:40:00.000Z' })],
  };
  expect(hourStates([half], { fromDay: day(4), toDay: day(4) }).slice(0, 2)).toEqual(['gap', 'observed']);
});

test('days and hours are those of Shanghai', () => {
  expect(stretchOfDays(day(4), day(5))).toEqual({ from: at(4, 0), to: at(6, 0) });
  expect(stretchOfHour('2026-03-04T07')).toEqual({ from: at(4, 7), to: at(4, 8) });
});
