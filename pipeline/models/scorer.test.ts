import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeatureReader, featureScheme } from './features.ts';
import { readModels } from './read-models.ts';
import { firstSlot, markOf, probabilityOf, Scorer, sharesOf } from './scorer.ts';
import { ModelsUnavailable, packModels, parseModels } from './weights-file.ts';

const slots = 1 << 10;

/** A model that knows the n-grams of some texts: each adds one to the output. */
function buildModels(known: Record<string, string>): Uint8Array {
  const outputs = Object.keys(known);
  const marks = new Uint8Array(slots);
  const weights = new Int8Array(slots * outputs.length);
  const reader = new FeatureReader();
  outputs.forEach((output, k) => {
    reader.read(known[output] ?? '');
    for (let i = 0; i < reader.count; i += 1) {
      const hash = reader.hashes[i] ?? 0;
      const slot = firstSlot(slots, hash);
      marks[slot] = markOf(hash);
      weights[slot * outputs.length + k] = 1;
    }
  });
  const header = {
    features: featureScheme,
    slots,
    trainedOn: '2026-11-22',
    seed: 1,
    data: 'none',
    heads: [
      {
        name: 'taste',
        link: 'softmax' as const,
        outputs: outputs.map((name) => ({ name, scale: 1, bias: 0 })),
        settings: {},
      },
    ],
  };
  return packModels({ header, marks, weights });
}

const bytes = buildModels({ good: '好吃', bad: '难吃' });
const scorer = new Scorer(parseModels(bytes, 'test'));

describe('Scorer', () => {
  const place = scorer.findHead('taste');
  if (place === null) throw new Error('no head');

  it('adds up what it knows, and is silent about the rest', () => {
    const [good = 0, bad = 0] = scorer.score('真好吃');
    expect(good).toBeGreaterThan(bad);
    expect([...scorer.score('abc xyz')]).toEqual([0, 0].map((_, k) => scorer.score('abc xyz')[k]));
    expect(scorer.findHead('nothing')).toBeNull();
  });

  it('gives shares that add up to one', () => {
    const shares = sharesOf(scorer.score('难吃'), place);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
    expect(probabilityOf(0)).toBe(0.5);
  });

  it('shows the words that carried a score', () => {
    const text = '今天的菜很好吃呢';
    const [first] = scorer.explain(text, place, 0, 3);
    expect(first).toBeDefined();
    expect(text.slice(first?.start, first?.end)).toContain('好吃');
  });

  it('does not know a person’s group', () => {
    for (const [one, other] of [
      ['女生食堂好吃', '男生食堂好吃'],
      ['河南人好吃', '黑龙江人好吃'],
      ['藏族食堂好吃', '维吾尔族食堂好吃'],
    ] as const)
      expect([...scorer.score(one)]).toEqual([...scorer.score(other)]);
  });

  it('reads any string, and says where its evidence stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
        (text) => {
          for (const score of scorer.score(text)) expect(Number.isFinite(score)).toBe(true);
          let before = Number.POSITIVE_INFINITY;
          for (const { start, end, weight } of scorer.explain(text, place, 0, 5)) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(weight).toBeLessThanOrEqual(before);
            before = weight;
          }
        },
      ),
    );
  });

  it.each(['', '😀'.repeat(200_000), '\ud800'.repeat(1000), 'a好'.repeat(500_000), ' '.repeat(1_000_000)])(
    'reads what is empty, huge or broken',
    (text) => {
      for (const score of scorer.score(text)) expect(Number.isFinite(score)).toBe(true);
      expect(() => scorer.explain(text, place, 0, 5)).not.toThrow();
    },
  );
});

describe('a weights file', () => {
  it('is the same when packed again', () => {
    const models = parseModels(bytes, 'test');
    expect(Buffer.compare(packModels(models), Buffer.from(bytes))).toBe(0);
  });

  it.each([
    ['altered', () => Uint8Array.from(bytes, (byte, i) => (i === bytes.length - 5 ? byte ^ 1 : byte))],
    ['cut short', () => bytes.slice(0, bytes.length - 100)],
    ['something else', () => new TextEncoder().encode('hello')],
    ['empty', () => new Uint8Array()],
  ])('is refused when %s', (_, damaged) => {
    expect(() => parseModels(damaged(), 'test')).toThrow(ModelsUnavailable);
  });

  it('is missed by name', () => {
    expect(() => readModels('/nowhere/weights.bin')).toThrow(/\/nowhere\/weights\.bin.*ENOENT/);
  });

  it('came with the program, and is read once', () => {
    const models = readModels();
    expect(models.header.heads.map(({ name }) => name)).toContain('sentiment');
    expect(readModels()).toBe(models);
    expect(models.weights.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});
