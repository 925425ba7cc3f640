import { expect, it } from 'vitest';
import { formatConfidence, formatPart, partShare } from './figures.ts';

it.each([
  [0.856, '86%'],
  [1, '99%'],
  [0, '1%'],
])('shows a confidence of %d as %s', (confidence, words) => {
  expect(formatConfidence(confidence)).toBe(words);
});

it.each([
  [12, '+12'],
  [-3.46, '−3.5'],
  [0.04, '0'],
  [-0.04, '0'],
])('shows a part of %d as %s', (part, words) => {
  expect(formatPart(part)).toBe(words);
});

it('draws a part as its share of a hundred, whatever the others are', () => {
  expect([6, -6, 58, 0, 140].map(partShare)).toEqual([6, 6, 58, 0, 100]);
});
