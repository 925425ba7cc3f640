import { describe, expect, it } from 'vitest';
import { askTrees } from '../../pipeline/checks/spelling/trees.ts';
import { Chance } from '../train/chance.ts';
import { boost } from './boost.ts';
import { countGrams, countPairs, gramsWithout } from './learned-counts.ts';
import { scoreRows, spellingTable } from './score.ts';

describe('boosted trees', () => {
  it('learn a rule that no single limit tells', () => {
    const rows = Array.from({ length: 400 }, (_, i) => [i % 20, Math.floor(i / 20)] as const);
    const isRight = (a: number, b: number) => a < 10 !== b < 10;
    const chance = new Chance(7);
    const trees = boost(
      {
        width: 2,
        values: Float32Array.from(rows.flat()),
        labels: Uint8Array.from(rows, ([a, b]) => (isRight(a, b) ? 1 : 0)),
        weights: new Float32Array(rows.length).fill(1),
      },
      { trees: 60, depth: 3, rate: 0.3, leastLeaf: 1, ridge: 1, share: 0.5, chance: () => chance.next() },
    );
    const missed = rows.filter(([a, b]) => askTrees(trees, Float32Array.of(a, b)) > 0 !== isRight(a, b));
    expect(missed.length).toBeLessThan(8);
  });
});

describe('counts without a row', () => {
  it('forget what only that row told', () => {
    const counts = countGrams(['会议部署', '部署工作']);
    const known = gramsWithout(counts, '会议部署');
    expect(known.has('部署', 0, 2)).toBe(true);
    expect(known.has('会议', 0, 2)).toBe(false);
    expect(gramsWithout(counts, null).has('会议', 0, 2)).toBe(true);
  });

  it('know which character was written for which', () => {
    expect([...countPairs([{ set: 's', text: '布署', target: '部署' }])]).toEqual([['布部', 1]]);
  });
});

describe('scores of a set', () => {
  it('count sentences: found, put right, and clean ones that were changed', () => {
    const [score] = scoreRows([
      { set: 's', text: '布署', target: '部署', corrected: '部署' },
      { set: 's', text: '布署', target: '部署', corrected: '不署' },
      { set: 's', text: '布署', target: '部署', corrected: '布署' },
      { set: 's', text: '部署', target: '部署', corrected: '布署' },
      { set: 's', text: '工作', target: '工作', corrected: '工作' },
    ]);
    expect(score).toMatchObject({
      wrong: 3,
      changed: 3,
      detected: 2,
      corrected: 1,
      clean: 2,
      falselyChanged: 1,
    });
    expect(spellingTable(score === undefined ? [] : [score])).toContain('0.667 / 0.667 / 0.667 | 0.333');
  });
});
