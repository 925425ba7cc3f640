import { expect, it } from 'vitest';
import { desksFor } from './desks.ts';

it('has the desks that somebody can work at, in order, each beginning with its first page', () => {
  const desks = desksFor(['case.list', 'draft.list', 'setup.import', 'user.manage']);
  expect(desks.map(({ label, pages }) => [label, pages[0]])).toEqual([
    ['工作台', 'workbench'],
    ['稿件', 'drafts'],
    ['管理', 'people'],
  ]);
});

it('names a desk by its only page', () => {
  expect(desksFor(['routing.read']).map(({ label }) => label)).toEqual(['分派']);
});

it('keeps one’s own account off the desks', () => {
  expect(desksFor([])).toEqual([]);
});

it('offers a unit’s head the figures of the unit, and not the topics of the whole school', () => {
  const trends = desksFor(['trend.read']).find(({ pages }) => pages.includes('trends'));
  expect(trends?.pages).toEqual(['trends', 'bursts', 'calendar']);
});
