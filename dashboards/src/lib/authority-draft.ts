import type { AuthorityView } from '../../../review-api/contract/authority.ts';
import { t } from '../i18n/t.ts';

export type AuthorityTable = AuthorityView['table'];
export type AuthorityPerson = AuthorityTable['persons'][number];
export type AuthorityPhrase = AuthorityTable['phrases'][number];
export type AuthorityUnit = AuthorityTable['units'][number];

export const newPost = (): AuthorityPerson['posts'][number] => ({
  ...{ title: '', unit: '', from: null, until: null, rank: null },
});
export const newPerson = (): AuthorityPerson => ({ name: '', aliases: [], posts: [newPost()] });
export const newUnit = (): AuthorityUnit => ({ name: '', from: null, until: null, now: null });

/** With an id that no other has. */
export function newPhrase(phrases: readonly AuthorityPhrase[]): AuthorityPhrase {
  let number = phrases.length + 1;
  while (phrases.some(({ id }) => id === `phrase-${number}`)) number += 1;
  return {
    ...{ id: `phrase-${number}`, right: '', wrong: [], from: null, until: null },
    ...{ source: '', level: 'warn', note: null },
  };
}

/** Several in one field, as people write them. */
export function splitNames(text: string): string[] {
  return text
    .split(/[、，,；;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Forms of a wording, which may hold a 、 themselves: apart by ； or lines. */
export function splitForms(text: string): string[] {
  return text
    .split(/[；;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** A day of a date field; null where it is empty. */
export const dayOf = (value: string): string | null => (value === '' ? null : value);
export const rankOf = (value: string): number | null => (/^[1-9]\d{0,3}$/.test(value) ? Number(value) : null);

/** What still keeps the table from being saved, at which entry. */
export function findAuthorityGap({ persons, phrases, units }: AuthorityTable): string | null {
  const person = persons.find(
    ({ name, posts }) => name.trim().length < 2 || posts.some(({ title }) => title.trim() === ''),
  );
  if (person !== undefined)
    return t('authority.personIncomplete', { person: person.name || t('authority.nameMissing') });
  const phrase = phrases.find(
    ({ right, wrong, source }) => right.trim().length < 2 || wrong.length === 0 || source.trim() === '',
  );
  if (phrase !== undefined)
    return t('authority.phraseIncomplete', { phrase: phrase.right || t('authority.formMissing') });
  const unit = units.find(({ name }) => name.trim().length < 2);
  return unit === undefined ? null : t('authority.unitIncomplete');
}
