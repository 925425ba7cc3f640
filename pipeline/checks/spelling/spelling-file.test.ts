import { describe, expect, it } from 'vitest';
import { GramSet } from './gram-set.ts';
import { buildKnowledge, correctText, judgeSentence } from './reader.ts';
import { packSpelling, parseSpelling, type SpellingModel, SpellingUnavailable } from './spelling-file.ts';
import { leafMark } from './trees.ts';
import { hashUnits } from './word-table.ts';

/** A language of nine words. One tree: a candidate that makes the reading likelier by 3 is a slip. */
const small: Omit<SpellingModel, 'version'> = {
  trainedOn: '2026-11-23',
  seed: 1,
  data: '',
  threshold: 0,
  words: ['#', '会议', '部署', '工作', '布', '部', '署', '了', '，'],
  isName: new Uint8Array(9),
  wordModel: {
    costs: Uint8Array.of(40, 60, 70, 60, 110, 90, 130, 30, 30),
    backOffs: new Uint8Array(9).fill(80),
    heads: Uint32Array.of(0, 0, 1, 1, 1, 1, 1, 1, 1, 1),
    seconds: Uint16Array.of(2),
    pairCosts: Uint8Array.of(20),
  },
  likeness: {
    readings: { 布: ['bu4'], 部: ['bu4'], 署: ['shu3'], 了: ['le0'], 土: ['tu3'], 士: ['shi4'] },
    shapes: new Map([['土士', 90]]),
  },
  pairs: new Map([['布部', 2]]),
  grams: GramSet.of([hashUnits('部署', 0, 2)], 4).marks,
  trees: {
    roots: Uint16Array.of(0),
    asks: Uint8Array.of(0, leafMark, leafMark),
    limits: Float32Array.of(3, -5, 5),
    lefts: Uint16Array.of(1, 0, 0),
    bias: 0,
  },
};

describe('the spelling file', () => {
  it('gives back what was packed', () => {
    const { version, ...model } = parseSpelling(packSpelling(small), 'here');
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(model).toEqual(small);
  });

  it('corrects by what it holds', () => {
    const model = parseSpelling(packSpelling(small), 'here');
    const knowledge = buildKnowledge(model);
    expect(correctText(model, knowledge, '会议布署了工作')).toMatchObject([
      { start: 2, end: 3, right: '部', word: { start: 2, end: 4, meant: '部署' } },
    ]);
    expect(correctText(model, knowledge, '会议部署了工作')).toEqual([]);
    expect(judgeSentence(knowledge, '会议布署了工作')[0]?.evidence).toHaveLength(32);
  });

  it('is refused when it is damaged or another one', () => {
    const bytes = packSpelling(small);
    const changed = Buffer.from(bytes);
    changed[bytes.length - 1] = (changed[bytes.length - 1] ?? 0) ^ 1;
    expect(() => parseSpelling(changed, 'here')).toThrow(SpellingUnavailable);
    expect(() => parseSpelling(bytes.subarray(0, 60), 'here')).toThrow(SpellingUnavailable);
    expect(() =>
      parseSpelling(Buffer.from('GLMODEL1 and so on and so on and so on and so on'), 'here'),
    ).toThrow(SpellingUnavailable);
  });
});
