import { describe, expect, it } from 'vitest';
import {
  findNeighbour,
  findSuccessor,
  formatPage,
  formatPlace,
  isAstray,
  parsePage,
  parsePlace,
} from './place.ts';

describe('place', () => {
  it.each([
    { queue: 'review', caseId: null },
    { queue: 'safety', caseId: 'a/b c' },
    { queue: null, caseId: null },
  ] as const)('survives the address: %o', (place) => {
    expect(parsePlace(formatPlace(place))).toEqual(place);
  });

  it.each(['', '#', '#/nowhere/x', '#/review/%E0%A4'])('reads %s as no case', (hash) => {
    expect(parsePlace(hash).caseId).toBeNull();
  });
});

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

describe('the pages beside the workbench', () => {
  it.each([
    ['#/leads', { name: 'leads', id: null }],
    ['#/channels', { name: 'channels', id: null }],
    ['#/channels/main-site', { name: 'channels', id: 'main-site' }],
    ['#/review/abc', { name: 'workbench', id: null }],
    ['', { name: 'workbench', id: null }],
  ] as const)('%s', (hash, page) => {
    expect(parsePage(hash)).toEqual(page);
    if (page.name !== 'workbench') expect(formatPage(page)).toBe(hash);
  });

  it('an id that is none opens the list', () => {
    expect(parsePage('#/channels/../../x')).toEqual({ name: 'channels', id: null });
  });
});

describe('an address that leads nowhere', () => {
  it.each(['', '#', '#/', '#/handovers', '#/handovers/abc', '#/account'])('%s is open to a unit', (hash) => {
    expect(isAstray(hash, ['handover.list'])).toBe(false);
  });

  it.each(['#/people', '#/review/abc', '#/workbench', '#/nonsense/xx', '#/slip'])('%s is not', (hash) => {
    expect(isAstray(hash, ['handover.list'])).toBe(true);
  });

  it('a queue is open to whoever has a workbench', () => {
    expect(isAstray('#/review/abc', ['case.list'])).toBe(false);
  });
});
