import { mayEnter, type User } from '../user.ts';
import { cleanCode, cleanPersonName, foldName } from './cells.ts';
import type { PeoplePlan, PersonFields } from './people-rows.ts';

/** Accounts as they stand after the import. */
export type Colleague = PersonFields;

export function colleaguesAfter(users: readonly User[], people: PeoplePlan | null): Colleague[] {
  const afterOf = new Map(people?.update.map(({ before, after }) => [before.id, after]));
  return [
    ...users.map((user) => afterOf.get(user.id) ?? user),
    ...(people?.add ?? []).map(({ fields }) => fields),
  ];
}

export type FoundPerson = { login: string } | { problem: string; hint: string };

const listed = (people: readonly Colleague[]) =>
  people.map(({ name, login }) => `${name}（${login}）`).join('、');

/** By login, the school's number, `姓名（账号）`, or a name that only one colleague has. */
export function findPerson(colleagues: readonly Colleague[], text: string, at: string): FoundPerson {
  const inBrackets = /[（(]([^（）()]+)[)）]\s*$/.exec(text)?.[1];
  const code = cleanCode(inBrackets ?? text);
  const byCode = colleagues.filter(
    ({ login, identities }) =>
      login === code.toLowerCase() || identities.some(({ subject }) => subject === code),
  );
  const name = foldName(cleanPersonName(text));
  const named = byCode.length > 0 ? byCode : colleagues.filter((one) => foldName(one.name) === name);
  const found = named.filter((one) => mayEnter(one, at));
  const [only] = found;
  if (only !== undefined && found.length === 1) return { login: only.login };
  if (found.length > 1)
    return { problem: `有 ${found.length} 位“${text.trim()}”。`, hint: `请写账号：${listed(found)}。` };
  if (named.length > 0)
    return { problem: `“${text.trim()}”的账号已停用或离岗。`, hint: '请换一位在岗的同事。' };
  return { problem: `没有“${text.trim()}”这位同事。`, hint: '请写账号或工号，或先在“人员”表里加上。' };
}
