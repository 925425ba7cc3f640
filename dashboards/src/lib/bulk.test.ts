import { describe, expect, it } from 'vitest';
import { countWhy, hindranceLabels, inChunks, pick } from './bulk.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const click = (picked: string[], id: string, anchor: string | null = null, limit = 200) =>
  [...pick(ids, new Set(picked), { id, anchor, limit })].sort();

describe('picking', () => {
  it('turns one on and off', () => {
    expect(click([], 'b')).toEqual(['b']);
    expect(click(['b', 'c'], 'b')).toEqual(['c']);
  });

  it('with shift makes everything between like the last one clicked, up or down', () => {
    expect(click(['b'], 'd', 'b')).toEqual(['b', 'c', 'd']);
    expect(click(['d'], 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(click(['b', 'c', 'd'], 'd', 'a')).toEqual([]);
    expect(click(['b', 'c', 'e'], 'c', 'a')).toEqual(['e']);
  });

  it('goes on from a row that has left the list as from none, and never past the limit', () => {
    expect(click([], 'c', 'gone')).toEqual(['c']);
    expect(click(['a'], 'e', 'a', 3)).toEqual(['a', 'b', 'c']);
    expect(click(['a', 'b'], 'c', null, 2)).toEqual(['a', 'b']);
  });
});

it('counts why, the most frequent first, and nothing for what is not hindered', () => {
  expect(countWhy(['held', null, 'decided', 'held'], hindranceLabels)).toEqual([
    { label: '另一位同事正在处理', count: 2 },
    { label: '已处理过', count: 1 },
  ]);
});

it('sends everything once, in parts', () => {
  expect(inChunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inChunks([], 2)).toEqual([]);
});
