import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDate, findFullDate, findMonthDay, findUrlDate } from './dates.ts';

const fetchedAt = '2026-03-20T04:00:00.000Z';
const forms: [text: string, instant: string | null, precision?: string, glued?: string][] = [
  ['2026-03-12', '2026-03-11T16:00:00.000Z', 'day'],
  ['发布时间：2026/3/2', '2026-03-01T16:00:00.000Z', 'day'],
  ['2026.03.12', '2026-03-11T16:00:00.000Z', 'day'],
  ['[2026-03-12]', '2026-03-11T16:00:00.000Z', 'day'],
  ['2026年03月12日', '2026-03-11T16:00:00.000Z', 'day'],
  ['2026 年 3 月 2 日', '2026-03-01T16:00:00.000Z', 'day'],
  ['2026年3月12日 08:05', '2026-03-12T00:05:00.000Z', 'minute'],
  ['2026年3月12日（星期四）08时05分', '2026-03-12T00:05:00.000Z', 'minute'],
  ['2026-03-12 14:21:25', '2026-03-12T06:21:25.000Z', 'second'],
  ['2026-03-12 下午2:05', '2026-03-12T06:05:00.000Z', 'minute'],
  ['2026-03-12T10:00:00+08:00', '2026-03-12T02:00:00.000Z', 'second'],
  ['2026-03-12T02:00:00Z', '2026-03-12T02:00:00.000Z', 'second'],
  ['２０２６年０３月１２日　０８：０５', '2026-03-12T00:05:00.000Z', 'minute'],
  ['12 2026-03', '2026-03-11T16:00:00.000Z', 'day'],
  ['12 / 2026.03', '2026-03-11T16:00:00.000Z', 'day'],
  ['2026-03 12', '2026-03-11T16:00:00.000Z', 'day'],
  ['03-12 2026', '2026-03-11T16:00:00.000Z', 'day'],
  ['2026 03-12', '2026-03-11T16:00:00.000Z', 'day'],
  ['12 03月 2026', '2026-03-11T16:00:00.000Z', 'day'],
  ['12日 2026年3月', '2026-03-11T16:00:00.000Z', 'day'],
  ['x', '2026-03-11T16:00:00.000Z', 'day', '122026-03'],
  ['x', '2026-03-11T16:00:00.000Z', 'day', '2026-0312'],
  ['20 26-03-12', '2026-03-11T16:00:00.000Z', 'day', '2026-03-12'],
  ['26-03-12', '2026-03-11T16:00:00.000Z', 'day'],
  ['Mar 12, 2026', '2026-03-11T16:00:00.000Z', 'day'],
  ['12 March 2026', '2026-03-11T16:00:00.000Z', 'day'],
  ['Thu Mar 12 14:21:25 CST 2026', '2026-03-12T06:21:25.000Z', 'second'],
  ['20260312', '2026-03-11T16:00:00.000Z', 'day'],
  ['2026-03-12 24:30', '2026-03-11T16:00:00.000Z', 'day'],
  ['2026-02-30', null],
  ['2026-13-01', null],
  ['电话 0317-2026-031', null],
  ['点击 20261', null],
  ['1234-05-06', null],
  ['', null],
];

describe('a date', () => {
  for (const [text, instant, precision, glued] of forms) {
    it(`${text} ${glued ?? ''}`, () => {
      const found = findDate({ spaced: text, glued: glued ?? text.replace(/\s/g, '') });
      expect(found?.publishedAt ?? null).toBe(instant);
      if (precision !== undefined) expect(found?.precision).toBe(precision);
    });
  }

  it('without a year is the most recent one before the page was fetched', () => {
    const read = (text: string) => findMonthDay({ spaced: text, glued: text }, fetchedAt)?.publishedAt;
    expect(read('03-19')).toBe('2026-03-18T16:00:00.000Z');
    expect(read('(12-30)')).toBe('2025-12-29T16:00:00.000Z');
    expect(read('12月30日')).toBe('2025-12-29T16:00:00.000Z');
    expect(read('30 12月')).toBe('2025-12-29T16:00:00.000Z');
    expect(read('02-29')).toBe('2024-02-28T16:00:00.000Z');
    expect(read('1/3 页')).toBeUndefined();
    expect(read('13-40')).toBeUndefined();
  });

  it('in an address', () => {
    expect(findUrlDate('https://x.example/2026/0312/c1a2/page.htm')?.publishedAt).toBe(
      '2026-03-11T16:00:00.000Z',
    );
    expect(findUrlDate('https://x.example/news/t20260312_17.html')?.publishedAt).toBe(
      '2026-03-11T16:00:00.000Z',
    );
    expect(findUrlDate('https://x.example/2026/1332/c1a2/page.htm')).toBeNull();
  });

  it('is a real instant or none, whatever the text', () => {
    const piece = fc.constantFrom(
      '2026',
      '20',
      '-',
      '/',
      '.',
      '年',
      '月',
      '日',
      '13',
      '31',
      '02',
      '3',
      ' ',
      ':',
      '25',
      '时',
      '上午',
      'T',
      'Z',
      '１',
      '：',
      'Feb',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        for (const found of [
          findDate({ spaced: text, glued: text }),
          findFullDate(text),
          findMonthDay({ spaced: text, glued: text }, fetchedAt),
        ]) {
          if (found === null) continue;
          expect(new Date(found.publishedAt).toISOString()).toBe(found.publishedAt);
          expect(found.publishedAt >= '1979' && found.publishedAt < '2100').toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
