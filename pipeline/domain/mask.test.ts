import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskText } from './mask.ts';

const leak = (start: number, end: number) => ({ category: 'leak' as const, start, end });

test.each([
  ['电话 13800138000 请联系', '电话 *********** 请联系'],
  ['身份证 11010519491231002X。', '身份证 ******************。'],
  ['电话 138-0013-8000', '电话 *************'],
  ['电话 １３８００１３８０００', '电话 ***********'],
  ['加我 一三八零零一三八零零零', '加我 ***********'],
  ['写信到 li.si@example.edu 即可', '写信到 ***************** 即可'],
  ['2026 年 3 月 5 日 12345 号', '2026 年 3 月 5 日 12345 号'],
])('%s', (text, masked) => {
  expect(maskText(text, [])).toBe(masked);
});

test('the spans of leaks and attacks are hidden, other findings are not', () => {
  const text = '公示：王小明\n食堂太贵';
  const findings = [leak(3, 6), { category: 'fraud' as const, start: 7, end: 9 }];
  expect(maskText(text, findings)).toBe('公示：***\n食堂太贵');
});

test('a span through a pair of surrogates leaves no half character', () => {
  expect(maskText('a😀b', [leak(0, 2)])).toBe('***b');
});

test('what nobody has judged is hidden as a whole', () => {
  expect(maskText('张三\n😀住三楼', null)).toBe('**\n*****');
});

test('for any text and any spans the length holds, lines stay, and nothing hidden survives', () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 5 });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), spans, (text, pairs) => {
      const findings = pairs.map(([a, b]) => leak(Math.min(a, b), Math.max(a, b) + 1));
      const masked = maskText(text, findings);
      expect(masked.length).toBe(text.length);
      for (const { start, end } of findings) {
        expect(masked.slice(start, end).replace(/[*\n]/g, '')).toBe('');
      }
      expect(masked.split('\n').length).toBe(text.split('\n').length);
    }),
  );
});

test('no long number survives, wherever it stands', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^\d{6,20}$/), fc.string(), (before, digits, after) => {
      expect(maskText(`${before}${digits}${after}`, [])).not.toContain(digits);
    }),
  );
});

test.each(['关于2026—2027学年校历的通知', '2025-2026学年第二学期', '2024～2026年'])(
  'leaves school years: %s',
  (text) => {
    expect(maskText(text, [])).toBe(text);
  },
);
