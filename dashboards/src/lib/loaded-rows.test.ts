import { expect, it } from 'vitest';
import { type LoadedRow, mergePage } from './loaded-rows.ts';

type Row = LoadedRow<{ id: string }>;
const items = (ids: string) => [...ids].map((id) => ({ id }));
const read = (pages: string[]) =>
  pages.reduce<Row[]>((rows, ids, page) => mergePage(rows, page, items(ids), false), []);
const idsOf = (rows: readonly Row[]) => rows.map(({ item }) => item.id).join('');

it('adds page to page, and nothing twice', () => {
  expect(idsOf(read(['abc', 'def', 'fgh']))).toBe('abcdefgh');
});

it.each([
  ['a new one at the top pushes the last past the end, where it stays', 0, 'Xab', 'Xabcdefghi'],
  ['one that has gone lets the next page move up', 0, 'acd', 'acdefghi'],
  ['one that has gone from the middle goes, and the pages around it stay', 1, 'dfg', 'abcdfghi'],
  ['a whole page of new ones leaves the old below them', 1, 'XYZ', 'abcXYZdefghi'],
  ['one that has become riskier stands where it now belongs', 0, 'hab', 'habcdefgi'],
])('%s', (_what, page, fresh, expected) => {
  expect(idsOf(mergePage(read(['abc', 'def', 'ghi']), page, items(fresh), false))).toBe(expected);
});

it('ends where the answer says that nothing follows', () => {
  expect(idsOf(mergePage(read(['abc', 'def', 'ghi']), 1, items('de'), true))).toBe('abcde');
});
