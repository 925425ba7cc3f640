import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, calibrationError, classify, countAtLeast, thresholdAtRecall } from './measures.ts';

describe('classify', () => {
  it('counts by class, worked out by hand', () => {
    const truth = ['a', 'a', 'a', 'b', 'b', 'c'];
    const answer = ['a', 'a', 'b', 'b', 'c', 'c'];
    const { accuracy, macroF1, classes } = classify(truth, answer, ['a', 'b', 'c']);
    expect(accuracy).toBeCloseTo(4 / 6);
    expect(classes.a).toEqual({ rows: 3, precision: 1, recall: 2 / 3, f1: 0.8 });
    expect(classes.b).toMatchObject({ rows: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(classes.c?.f1).toBeCloseTo(2 / 3);
    expect(macroF1).toBeCloseTo((0.8 + 0.5 + 2 / 3) / 3);
  });

  it('gives nought, not NaN, for a class that nobody answered', () => {
    const { classes, macroF1 } = classify(['a', 'b'], ['a', 'a'], ['a', 'b']);
    expect(classes.b).toEqual({ rows: 1, precision: 0, recall: 0, f1: 0 });
    expect(macroF1).toBeCloseTo(1 / 3);
    expect(classify([], [], ['a']).accuracy).toBe(0);
  });
});

describe('areaUnderCurve', () => {
  it('is 1 for a perfect order, 0 for a reversed one, a half for ties', () => {
    const positive = [false, false, true, true];
    expect(areaUnderCurve([0.1, 0.2, 0.8, 0.9], positive)).toBe(1);
    expect(areaUnderCurve([0.9, 0.8, 0.2, 0.1], positive)).toBe(0);
    expect(areaUnderCurve([0.5, 0.5, 0.5, 0.5], positive)).toBe(0.5);
    expect(areaUnderCurve([0.1, 0.5, 0.5, 0.9], positive)).toBe(0.875);
  });

  it('is null with one kind of row only', () => {
    expect(areaUnderCurve([0.1, 0.2], [true, true])).toBeNull();
    expect(areaUnderCurve([], [])).toBeNull();
  });

  it('is the share of pairs in the right order, for any scores', () => {
    const Row = fc.record({ score: fc.integer({ min: 0, max: 8 }), positive: fc.boolean() });
    fc.assert(
      fc.property(fc.array(Row, { maxLength: 30 }), (rows) => {
        let pairs = 0;
        let right = 0;
        for (const one of rows.filter(({ positive }) => positive)) {
          for (const other of rows.filter(({ positive }) => !positive)) {
            pairs += 1;
            right += one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0;
          }
        }
        const auc = areaUnderCurve(
          rows.map(({ score }) => score),
          rows.map(({ positive }) => positive),
        );
        if (pairs === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(right / pairs, 10);
      }),
    );
  });
});

describe('calibrationError', () => {
  it('is nought when what is stated comes true as often as stated', () => {
    expect(calibrationError([0, 0, 1, 1], [false, false, true, true])).toBe(0);
    expect(calibrationError([0.25, 0.25, 0.25, 0.25], [true, false, false, false])).toBe(0);
  });

  it('is the gap of each bin weighed by its rows', () => {
    // Bin 0.9: stated 0.9, true 1 of 2 (gap 0.4); bin 0.1: stated 0.1, true 0 of 2 (gap 0.1).
    expect(calibrationError([0.9, 0.9, 0.1, 0.1], [true, false, false, false])).toBeCloseTo(0.25);
    expect(calibrationError([], [])).toBeNull();
  });
});

describe('thresholdAtRecall', () => {
  it('is the highest one that still catches enough', () => {
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
    expect(thresholdAtRecall(scores, 0.8)).toBe(0.2);
    expect(thresholdAtRecall(scores, 0.85)).toBe(0.1);
    expect(thresholdAtRecall(scores, 1)).toBe(0);
    expect(thresholdAtRecall([], 0.85)).toBeNull();
    expect(countAtLeast(scores, 0.2)).toBe(8);
  });
});
