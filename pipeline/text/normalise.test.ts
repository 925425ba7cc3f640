import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf, mostLinearGrowth } from '../../test/harness/growth.ts';
import { compact } from './compact.ts';
import { squeezeFillers } from './fillers.ts';
import { isHan } from './han.ts';
import { normalise } from './normalise.ts';
import { sourceSpan } from './spans.ts';

/** Any UTF-16 string, lone surrogates and all, rich in what normalising changes. */
const wild = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        ...['赌', '博', '賭', '餐', ' ', '*', '.', '·', 'Ａ', '１', '①', '㎏', '\u200b', '\ufe0f', '\u0000'],
        ...['😀', '𝟏', '🅰', '\ud800', '\udc00', '…', '，', '\u0336', '㈠', 'İ', '\u{e0041}', '𠮷'],
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

function splitsPair(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1)) && offset > 0;
}

describe('normalise', () => {
  it.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['賭博網站', '赌博网站'],
    ['赌\u200b博\ufeff', '赌博'],
    ['赌\u0336博\u0336', '赌博'],
    ['𝟏𝟑𝟖', '138'],
    ['①②', '12'],
    ['5㎏', '5kg'],
    ['你好，世界！', '你好,世界!'],
    ['等等……', '等等……'],
    ['乾隆后来', '乾隆后来'],
    ['a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['赌\u0000博', '赌博'],
    ['', ''],
  ])('%j becomes %j', (stored, text) => {
    expect(normalise(stored).text).toBe(text);
  });

  it('hands back the very text when there is nothing to change', () => {
    const stored = '食堂的饭很好吃😊';
    const mapped = normalise(stored);
    expect(mapped).toEqual({ text: stored, starts: null });
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(wild, (stored) => {
        const once = normalise(stored).text;
        expect(normalise(once).text).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('is well formed and maps every span to whole characters of the source', () => {
    fc.assert(
      fc.property(wild, fc.nat(), fc.nat(), (stored, a, b) => {
        const mapped = normalise(stored);
        expect(/^\P{Surrogate}*$/u.test(mapped.text)).toBe(true);
        if (mapped.text.length === 0) return;
        const start = a % mapped.text.length;
        const end = start + 1 + (b % (mapped.text.length - start));
        const span = sourceSpan(mapped, stored, { start, end });
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.end).toBeLessThanOrEqual(stored.length);
        expect(splitsPair(stored, span.start) || splitsPair(stored, span.end)).toBe(false);
        // The evidence, normalised by itself, holds what was matched.
        expect(normalise(stored.slice(span.start, span.end)).text).toContain(
          mapped.text.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['賭 博', '𝟏', '\u200b', '\ud800', '㎏', ' * ', '赌.', '赌赌', 'd ', '赌，', '😀', '【'])(
    'takes linear time for %j without end',
    (shape) => {
      const growth = growthOf(shape, (text) => void compact(squeezeFillers(normalise(text).text).text));
      expect(growth).toBeLessThan(mostLinearGrowth);
    },
  );
});

describe('squeezeFillers', () => {
  it.each([
    ['赌 博', '赌博'],
    ['赌*博', '赌博'],
    ['赌.博', '赌博'],
    ['赌 - 博', '赌博'],
    ['加 微 信', '加微信'],
    ['赌😀博', '赌博'],
    ['赌丨博', '赌博'],
    ['赌|博', '赌博'],
    ['赌~博', '赌博'],
    ['赌_博', '赌博'],
    ['赌★博', '赌博'],
    ['赌丶丶博', '赌博'],
    ['赌❤💰博', '赌博'],
    ['赌丶丶丶丶博', '赌丶丶丶丶博'],
    ['二○二六', '二○二六'],
    ['赌,博', '赌,博'],
    ['赌\ud83d博', '赌\ud83d博'],
    ['赌    博', '赌    博'],
    ['第1章 a 总则', '第1章 a 总则'],
    ['累了,死了', '累了,死了'],
    ['赌\n博', '赌\n博'],
    [' 赌博 ', ' 赌博 '],
  ])('%j becomes %j', (text, squeezed) => {
    expect(squeezeFillers(text).text).toBe(squeezed);
  });

  it('changes nothing the second time, and maps every character to itself', () => {
    fc.assert(
      fc.property(wild, (stored) => {
        const { text } = normalise(stored);
        const squeezed = squeezeFillers(text);
        expect(squeezeFillers(squeezed.text).text).toBe(squeezed.text);
        for (let i = 0; i < squeezed.text.length; i += 1) {
          const { start } = sourceSpan(squeezed, text, { start: i, end: i + 1 });
          if (isHan(squeezed.text.charCodeAt(i))) expect(text.charAt(start)).toBe(squeezed.text.charAt(i));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
