import { expect, test } from 'vitest';
import { emptyValues, type FieldSpec, findEmpty, findMeant, readValues } from './form-spec.ts';

const fields: FieldSpec[] = [
  { key: 'law', label: '法律', kind: 'select' },
  { key: 'article', label: '条', kind: 'number' },
  { key: 'receivedAt', label: '收到', kind: 'moment' },
  { key: 'items', label: '编号', kind: 'lines' },
  { key: 'link', label: '网址', kind: 'text', optional: true },
  { key: 'told', label: '已告知', kind: 'check' },
];

test('names the first that is empty, and what may stay empty is none', () => {
  expect(findEmpty(fields, emptyValues(fields))?.key).toBe('law');
  const filled = { law: 'criminal', article: '54', receivedAt: '2026-11-20T09:00', items: 'a', link: ' ' };
  expect(findEmpty(fields, filled)).toBeNull();
});

test('reads what was typed as the contract has it', () => {
  const typed = { law: 'criminal', article: '54', receivedAt: '2026-11-20T09:00', items: ' a\nb  c\n' };
  expect(readValues(fields, { ...typed, link: ' ', told: true })).toEqual({
    ...{ law: 'criminal', article: 54, receivedAt: '2026-11-20T01:00:00.000Z', items: ['a', 'b', 'c'] },
    ...{ link: null, told: true },
  });
});

test('finds the field that the server means by a part of it', () => {
  expect(findMeant(fields, 'basis.article')?.key).toBe('article');
  expect(findMeant(fields, 'items.3.id')?.key).toBe('items');
  expect(findMeant(fields, 'version')).toBeNull();
});
