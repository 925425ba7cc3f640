import { expect, it } from 'vitest';
import { chanceOf } from './burst-chance.ts';

/** By the definition: the probabilities of all smaller counts, added up. */
function slowly(observed: number, mean: number, spread: number): number {
  const size = 1 / spread;
  let term = (size / (size + mean)) ** size;
  let below = 0;
  for (let k = 0; k < observed; k += 1) {
    below += term;
    term *= ((k + size) / (k + 1)) * (mean / (mean + size));
  }
  return 1 - below;
}

it.each([
  [1, 0.5, 0.3],
  [3, 5, 0.1],
  [12, 4, 0.5],
  [40, 30, 0.2],
  [9, 0.7, 1.2],
])('agrees with the definition: %d or more of %d', (observed, mean, spread) => {
  expect(chanceOf(observed, mean, spread)).toBeCloseTo(slowly(observed, mean, spread), 9);
});

it('is nearly Poisson without spread, and tells chances too small to be one less another', () => {
  expect(chanceOf(3, 2, 0)).toBeCloseTo(1 - 5 * Math.exp(-2), 5);
  const far = chanceOf(60, 2, 0.2);
  expect(far).toBeGreaterThan(0);
  expect(far).toBeLessThan(1e-12);
  expect(chanceOf(61, 2, 0.2)).toBeLessThan(far);
});

it('is sure of nothing or more, and of nothing where nothing can be', () => {
  expect(chanceOf(0, 3, 0.2)).toBe(1);
  expect(chanceOf(1, 0, 0.2)).toBe(0);
});
