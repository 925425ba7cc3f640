import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexTokens, openSegmenter } from './segment.ts';

const segmenter = openSegmenter({ dictionaryWords: ['沧澜师范学院', '听澜湖'] });

describe('openSegmenter', () => {
  it("knows the school's own names", () => {
    expect(segmenter.cut('我在沧澜师范学院听澜湖边')).toEqual(['我', '在', '沧澜师范学院', '听澜湖', '边']);
  });

  it('names its dictionary: the same words give the same version, others another', () => {
    expect(openSegmenter({ dictionaryWords: ['听澜湖', '沧澜师范学院', '听澜湖'] }).version).toBe(
      segmenter.version,
    );
    expect(openSegmenter({ dictionaryWords: [] }).version).not.toBe(segmenter.version);
  });

  it('cuts any text into words that join to it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const joined = segmenter.cut(text).join('');
        expect(joined.length).toBe(text.length);
        expect(joined).toBe(
          Buffer.from(text, 'utf16le')
            .toString('utf16le')
            .replace(/\p{Surrogate}/gu, '\ufffd'),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('cuts long texts in pieces without losing a character', () => {
    for (const text of [
      '食堂的饭很好吃😀'.repeat(3000),
      '好'.repeat(30_000),
      '😀'.repeat(9000),
      'a'.repeat(20_000),
    ]) {
      expect(segmenter.cut(text).join('')).toBe(text);
    }
  });

  it.each([
    ['13800138000打来电话', ['13800138000']],
    ['宿舍wifi6比iphone15还贵', ['wifi6', 'iphone15']],
    ['工单a1b2c3，编号2026031500012', ['a1b2c3', '2026031500012']],
  ])('keeps the numbers and Latin words of %s whole', (text, wanted) => {
    for (const words of [segmenter.cut(text), segmenter.cutForSearch(text)]) {
      expect(words.filter((word) => /[a-z0-9]/.test(word))).toEqual(wanted);
    }
  });

  it('keeps a number whole where a long text is cut in pieces', () => {
    const text = `${'，'.repeat(4090)}13800138000`;
    expect(segmenter.cut(text).at(-1)).toBe('13800138000');
  });

  it('survives lone surrogates', () => {
    expect(segmenter.cut('a\ud800食堂\udc00').join('')).toBe('a\ufffd食堂\ufffd');
  });
});

describe('indexTokens', () => {
  it('keeps each word once and no punctuation', () => {
    expect(indexTokens(['食堂', '的', '饭', ',', ' ', '食堂', '2026', '!', '😀', 'ok'])).toEqual([
      '食堂',
      '的',
      '饭',
      '2026',
      'ok',
    ]);
  });

  it('a part of a number is not the number', () => {
    const tokens = indexTokens(segmenter.cut('失物招领，请打13800138000，或88888转3'));
    expect(tokens).toContain('13800138000');
    expect(tokens).toContain('88888');
    expect(indexTokens(segmenter.cut('18888888888'))).toEqual(['18888888888']);
  });
});
