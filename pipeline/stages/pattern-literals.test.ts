import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { requiredParts, requiredWords } from './pattern-literals.ts';

describe('the words that a pattern cannot do without', () => {
  it.each<[string, string[] | null]>([
    ['加微信', ['加微信']],
    ['加[微薇][信x]', ['加微信', '加微x', '加薇信', '加薇x']],
    ['(刷|做)单.{0,8}(返|佣)', ['刷单', '做单']],
    ['日赚\\d{2,5}元?', ['日赚']],
    ['\\d+元起', ['元起']],
    ['(?:代写|代考)?', null],
    ['(?:代写)?论文', ['代写论文', '论文'].sort()],
    ['\\d+', null],
    ['a|\\d', null],
    ['x{3}', ['x']],
    ['(?i)abc', ['abc']],
    ['(?P<name>赌)博', ['赌博']],
    ['[^赌]博', ['博']],
    ['[一-龥]{2}代考', ['代考']],
    ['1\\.5', ['1.5']],
    ['^赌$', ['赌']],
    ['(赌', null],
    ['\\x{8d4c}', null],
  ])('%s: %j', (pattern, words) => {
    const found = requiredWords(pattern);
    expect(found === null ? null : [...found].sort()).toEqual(words === null ? null : [...words].sort());
  });

  it.each<[string, string[][]]>([
    [
      '(?:希望|请).{0,16}公[布开]',
      [
        ['希望', '请'],
        ['公布', '公开'],
      ],
    ],
    ['我在.{0,6}楼顶', [['我在'], ['楼顶']]],
    ['赌.*|博', []],
    ['\\d+', []],
  ])('%s: every part %j', (pattern, parts) => {
    expect(requiredParts(pattern)).toEqual(parts);
  });

  it('are those that say most: 楼顶, and not 我在', () => {
    expect(requiredWords('我在.{0,6}楼顶')).toEqual(['楼顶']);
  });

  it('are in every text that RE2 finds the pattern in', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '\\w',
      '(?:a|bc)',
      '(b|)',
      '(ab)',
      '\\.',
      '^',
      '[]a]',
    );
    const piece = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,1}', '{1,2}', '+?'))
      .map((p) => p.join(''));
    const pattern = fc.tuple(
      fc.array(piece, { maxLength: 4 }),
      fc.array(piece, { maxLength: 3 }),
      fc.boolean(),
    );
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', ']'), maxLength: 12 });
    fc.assert(
      fc.property(pattern, text, ([left, right, both], written) => {
        const source = both ? `${left.join('')}|${right.join('')}` : left.join('');
        const words = requiredWords(source);
        if (words === null) return;
        let compiled: RE2JS;
        try {
          compiled = RE2JS.compile(source);
        } catch {
          return;
        }
        if (!compiled.matcher(written).find()) return;
        for (const needed of [words, ...requiredParts(source)])
          expect(needed.some((word) => written.includes(word))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
