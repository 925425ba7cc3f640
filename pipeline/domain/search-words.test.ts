import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsPhrases, parseSearch, snippetLength, snippetOf } from './search-words.ts';

describe('what is typed into the search field', () => {
  it.each<[string, Partial<ReturnType<typeof parseSearch>>]>([
    ['二食堂 排队', { text: '二食堂 排队', phrases: [], without: [], address: null }],
    ['“排队太久” 食堂 -价格 －浴室', { text: '食堂', phrases: ['排队太久'], without: ['价格', '浴室'] }],
    ['a-b', { text: 'a-b', without: [], address: null }],
    ['"" 食堂', { phrases: [], text: '"" 食堂' }],
    ['https://www.canglan.example/info/1.htm?a=1', { address: 'https://www.canglan.example/info/1.htm?a=1' }],
    ['4983417402', { address: '4983417402' }],
    ['weibo:comment:4983', { address: 'weibo:comment:4983' }],
    ['12345', { address: null }],
    ['canteen', { address: null }],
  ])('%s', (typed, parts) => {
    expect(parseSearch(typed)).toMatchObject(parts);
  });

  it('finds a phrase whatever its blanks, width and case', () => {
    expect(holdsPhrases('食堂 WiFi\n太慢', ['wifi太慢', 'ＷＩＦＩ'])).toBe(true);
    expect(holdsPhrases('食堂太挤，排队太久', ['太挤排队'])).toBe(false);
  });
});

describe('a snippet', () => {
  it('shows what was found, in its neighbourhood', () => {
    const text = `${'开头。'.repeat(40)}这里说到暖气不热，${'结尾。'.repeat(40)}`;
    const snippet = snippetOf(text, ['暖气', '没有']);
    expect(snippet).toMatch(/^…/u);
    expect(snippet).toContain('暖气不热');
    expect(snippet).toMatch(/…$/u);
  });

  it('is never longer than 60 characters, and holds whole ones only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(200), (text, at) => {
        const snippet = snippetOf(
          text,
          [text.slice(at, at + 2)].filter((word) => word !== ''),
        );
        expect([...snippet].length).toBeLessThanOrEqual(snippetLength);
        expect(/\p{Surrogate}/u.test(snippet)).toBe(false);
      }),
    );
  });
});
