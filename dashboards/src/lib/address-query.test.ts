import { expect, it } from 'vitest';
import { mergeQuery, readQuery } from './address-query.ts';

const defaults = { period: '7d', unit: '' };

it('is read with what the address does not say', () => {
  expect(readQuery({}, defaults)).toEqual(defaults);
  expect(readQuery({ period: '30d', stranger: 'x' }, defaults)).toEqual({ period: '30d', unit: '' });
  expect(readQuery({ unit: ['a', 'b'], period: null }, defaults)).toEqual({ period: '7d', unit: 'a' });
});

it('is written without what is at its default, and keeps what another part of the page wrote', () => {
  expect(mergeQuery({ period: '30d', number: 'n1' }, { period: '7d' }, defaults)).toEqual({ number: 'n1' });
  expect(mergeQuery({}, { unit: 'u1' }, defaults)).toEqual({ unit: 'u1' });
});
