import { describe, expect, it } from 'vitest';
import { readTime } from './dates.ts';

const fetchedAt = '2026-03-05T02:30:00.000Z'; // 10:30 in Shanghai

describe('times as Weibo writes them', () => {
  const table: [written: unknown, at: string, precision: string][] = [
    ['Fri Jun 14 20:39:20 +0800 2019', '2019-06-14T12:39:20.000Z', 'second'],
    ['Fri Jun 14 20:39:20 +0000 2019', '2019-06-14T20:39:20.000Z', 'second'],
    ['刚刚', '2026-03-05T02:30:00.000Z', 'minute'],
    ['38秒前', '2026-03-05T02:29:22.000Z', 'minute'],
    ['5分钟前', '2026-03-05T02:25:00.000Z', 'minute'],
    ['11小时前', '2026-03-04T15:30:00.000Z', 'minute'],
    ['3天前', '2026-03-01T16:00:00.000Z', 'day'],
    ['今天 08:05', '2026-03-05T00:05:00.000Z', 'minute'],
    ['昨天 23:59', '2026-03-04T15:59:00.000Z', 'minute'],
    ['前天12:00', '2026-03-03T04:00:00.000Z', 'minute'],
    ['昨天', '2026-03-03T16:00:00.000Z', 'day'],
    ['03-05', '2026-03-04T16:00:00.000Z', 'day'],
    ['03-06', '2025-03-05T16:00:00.000Z', 'day'],
    ['12-31', '2025-12-30T16:00:00.000Z', 'day'],
    ['02-29', '2024-02-28T16:00:00.000Z', 'day'],
    ['3月1日 09:10', '2026-03-01T01:10:00.000Z', 'minute'],
    ['2018-11-02', '2018-11-01T16:00:00.000Z', 'day'],
    ['2024/3/5 9:05', '2024-03-05T01:05:00.000Z', 'minute'],
    ['2024-03-05 21:05:07', '2024-03-05T13:05:07.000Z', 'second'],
    ['24-3-5 21:05', '2024-03-05T13:05:00.000Z', 'minute'],
    ['2024年3月5日', '2024-03-04T16:00:00.000Z', 'day'],
    ['2024-03-05T21:05:07+08:00', '2024-03-05T13:05:07.000Z', 'second'],
    [1560515960, '2019-06-14T12:39:20.000Z', 'second'],
    ['1560515960000', '2019-06-14T12:39:20.000Z', 'second'],
  ];
  for (const [written, at, precision] of table) {
    it(String(written), () => {
      expect(readTime(written, fetchedAt)).toEqual({ publishedAt: at, publishedPrecision: precision });
    });
  }

  it('takes the day in Shanghai, not in London', () => {
    const night = '2026-03-05T16:10:00.000Z'; // 00:10 of the 6th
    expect(readTime('今天 00:05', night)?.publishedAt).toBe('2026-03-05T16:05:00.000Z');
    expect(readTime('03-06', night)?.publishedAt).toBe('2026-03-05T16:00:00.000Z');
  });

  it('knows nothing where there is nothing', () => {
    for (const written of [
      '',
      '13-40',
      '很久以前',
      '02-30',
      '2008-01-01',
      null,
      undefined,
      {},
      Number.NaN,
      7,
    ]) {
      expect(readTime(written, fetchedAt)).toBeNull();
    }
  });
});
