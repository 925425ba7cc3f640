import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRule } from '../../test/builders/rule.ts';
import { growthOf, mostLinearGrowth } from '../../test/harness/growth.ts';
import { openSegmenter } from '../text/segment.ts';
import { compileLexicon } from './lexicon-compile.ts';
import { findRuleHits } from './lexicon-match.ts';
import { stepsOf } from './lexicon-trail.ts';
import { TextContext } from './text-context.ts';

const lexicon = compileLexicon(
  [
    buildRule({ id: 'test.words', words: ['赌博', '加vx', '日赚100', '好好', '好好好'], allow: ['不赌博'] }),
    buildRule({
      id: 'test.heard',
      words: ['刷单', '代写论文'],
      wordBoundary: true,
      variants: ['pinyin', 'homophone'],
    }),
    buildRule({ id: 'test.pattern', words: [], pattern: '(?:赌|du)\\W{0,2}[博b]|x[^z]*y|xx' }),
    buildRule({
      ...{ id: 'test.conditions', words: ['博'] },
      conditions: { all: [['赌']], near: { words: ['a'], within: 9 }, not: ['z'], scope: 'sentence' },
    }),
  ],
  null,
);
const segmenter = openSegmenter({ dictionaryWords: [] });

function contextOf(stored: string): TextContext {
  return new TextContext({ stored, kind: 'comment', metrics: {}, textVersion: 1 }, segmenter);
}

const wild = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '赌',
        '博',
        '賭',
        '刷',
        '单',
        '單',
        '代',
        '寫',
        '论',
        '文',
        'd',
        'u',
        'b',
        'o',
        'ＤＡＮ',
        '好',
        '天',
      ),
      fc.constantFrom(
        ' ',
        '*',
        '，',
        '。',
        '\n',
        '😀',
        '\u200b',
        '\ud800',
        '\udc00',
        '①',
        '𝟏',
        '㎏',
        '加',
        'v',
        'x',
        'y',
        '【',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('matching bad input', () => {
  it('never throws, and every hit is a piece of the text', () => {
    let found = 0;
    fc.assert(
      fc.property(wild, (stored) => {
        const context = contextOf(stored);
        for (const hit of findRuleHits(lexicon, context)) {
          found += 1;
          const { start, end } = context.fromSqueezed(hit);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(stored.length);
          expect(stepsOf(context, hit).length).toBeLessThanOrEqual(9);
        }
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it.each(['赌 博', '好', '刷 dan', 'd u b o ', '刷刷单单', '博a赌', 'x', '\ud800'])(
    'of %j without end takes linear time',
    (shape) => {
      const match = (stored: string): void => void findRuleHits(lexicon, contextOf(stored));
      expect(growthOf(shape, match)).toBeLessThan(mostLinearGrowth);
    },
  );
});
