import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { nativePattern } from './native-pattern.ts';

function spansOfRe2(pattern: string, text: string): [number, number][] {
  const matcher = RE2JS.compile(pattern).matcher(text);
  const spans: [number, number][] = [];
  while (matcher.find()) spans.push([matcher.start(), matcher.end()]);
  return spans;
}

describe('patterns for the quicker engine', () => {
  it.each([
    '赌.*博',
    'a+',
    'a*?',
    '(a?){0,9}',
    '((a|b)?c){0,3}',
    '(a|a){0,9}',
    '(ab|ac|ad|ae)(ab|ac|ad|ae)(ab|ac|ad|ae)(ab|ac|ad|ae)(ab|ac|ad|ae)',
    'a{0,90}b{0,90}',
    '\\w',
    '^赌',
    '赌$',
    'a??',
    '[a-z]',
  ])('are not %s', (pattern) => {
    expect(nativePattern(pattern)).toBeNull();
  });

  it.each(['(?:希望|期待)[^。!?]{0,16}(?:能|可以|早点)', '代(考|写)', '弄丢了?', '(ab)?c'])(
    'are %s',
    (pattern) => {
      expect(nativePattern(pattern)).not.toBeNull();
    },
  );

  it('find what RE2 finds', () => {
    const atom = fc.constantFrom('a', 'b', '😀', '[ab]', '[^a]', '(?:a|bc)', '(b|)', '(?:ab|a)', '(?:a|ab)');
    const piece = fc
      .tuple(atom, fc.constantFrom('', '', '?', '{0,2}', '{1,3}'))
      .map((parts) => parts.join(''));
    const pattern = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.array(piece, { maxLength: 3 }))
      .map(([left, right]) => (right.length === 0 ? left.join('') : `${left.join('')}|${right.join('')}`));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀', '\n'), maxLength: 14 });
    let tried = 0;
    fc.assert(
      fc.property(pattern, text, (source, written) => {
        const native = nativePattern(source);
        // A pattern that matches where nothing stands is refused.
        if (native === null || native.test('')) return;
        tried += 1;
        const found = [...written.matchAll(native)].map((one) => [one.index, one.index + one[0].length]);
        expect(found).toEqual(spansOfRe2(source, written));
      }),
      { numRuns: 4000 },
    );
    expect(tried).toBeGreaterThan(500);
  });
});
