import { describe, expect, it } from 'vitest';
import { findNeighbour, findSuccessor, formatPage } from './place.ts';

describe('moving through a list', () => {
  const ids = ['a', 'b', 'c'];

  it('goes on, back, and stops at the ends', () => {
    expect(findNeighbour(ids, 'a', 1)).toBe('b');
    expect(findNeighbour(ids, 'b', -1)).toBe('a');
    expect(findNeighbour(ids, 'c', 1)).toBeNull();
    expect(findNeighbour(ids, 'a', -1)).toBeNull();
  });

  it('starts at the near end when nothing is open', () => {
    expect(findNeighbour(ids, null, 1)).toBe('a');
    expect(findNeighbour(ids, 'elsewhere', -1)).toBe('c');
    expect(findNeighbour([], null, 1)).toBeNull();
  });

  it('opens what follows a decided case, at the end the one before', () => {
    expect(findSuccessor(ids, 'b')).toBe('c');
    expect(findSuccessor(ids, 'c')).toBe('b');
    expect(findSuccessor(['a'], 'a')).toBeNull();
  });
});

it('an address takes the filters of its page along', () => {
  expect(formatPage({ name: 'channels', id: null })).toBe('#/channels');
  expect(formatPage({ name: 'briefs', id: 'b1' }, { number: 'overview.comments' })).toBe(
    '#/briefs/b1?number=overview.comments',
  );
});
