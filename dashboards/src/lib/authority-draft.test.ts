import { expect, it } from 'vitest';
import {
  findAuthorityGap,
  newPerson,
  newPhrase,
  newUnit,
  splitForms,
  splitNames,
} from './authority-draft.ts';

it('a wording may hold the mark that parts names', () => {
  const forms = ['博学笃行、为人师范', '博学力行、为师为范'];
  expect(splitForms(forms.join('；'))).toEqual(forms);
  expect(splitNames('陈明远、 陈 明远，')).toEqual(['陈明远', '陈 明远']);
});

it('a new wording has an id that no other has', () => {
  const first = newPhrase([]);
  const second = newPhrase([first]);
  expect(newPhrase([{ ...second, id: 'phrase-2' }]).id).not.toBe('phrase-2');
  expect(first.id).not.toBe(second.id);
});

it('says which entry is not filled in', () => {
  const table = { owner: '', asOf: null, persons: [], phrases: [], units: [] };
  expect(findAuthorityGap(table)).toBeNull();
  expect(findAuthorityGap({ ...table, persons: [{ ...newPerson(), name: '陈明远' }] })).toContain('陈明远');
  expect(findAuthorityGap({ ...table, phrases: [newPhrase([])] })).toContain('依据');
  expect(findAuthorityGap({ ...table, units: [newUnit()] })).toContain('单位');
});
