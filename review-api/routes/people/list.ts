import { accountStateOf, leavesInDays } from '../../../pipeline/domain/account.ts';
import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import { shanghaiClock } from '../../../pipeline/domain/time.ts';
import { Login, type User } from '../../../pipeline/domain/user.ts';
import type { Call, Handler } from '../../http/call.ts';
import { presentPerson } from '../../present/person.ts';

type Query = Call<'listPeople'>['query'];

function fits(user: User, { unitId, role, state, q }: Query, now: string): boolean {
  if (unitId !== undefined && user.unitId !== unitId) return false;
  if (role !== undefined && !user.roles.includes(role)) return false;
  const leaving = leavesInDays(user, shanghaiClock(now).slice(0, 10)) !== null;
  if (state === 'leaving' && (!leaving || user.disabled)) return false;
  if (state !== undefined && state !== 'leaving' && accountStateOf(user, now) !== state) return false;
  const word = q?.trim().toLowerCase() ?? '';
  return user.name.toLowerCase().includes(word) || user.login.includes(word);
}

/** All accounts of a school are few enough to look through; the cursor is the last login shown. */
export const listPeople: Handler<'listPeople'> = async ({ query, deps }) => {
  const now = deps.clock.now();
  const cursor = query.cursor ?? null;
  if (cursor !== null && !Login.safeParse(cursor).success) throw new InvalidInput('cursor', '分页标记不对。');
  const all = await deps.stores.users.list();
  const found = all.filter((user) => fits(user, query, now));
  const rest = cursor === null ? found : found.filter(({ login }) => login > cursor);
  const page = rest.slice(0, query.limit);
  const settings = await deps.directory.settings();
  const count = (state: Query['state']) => all.filter((user) => fits(user, { limit: 1, state }, now)).length;
  return {
    items: page.map((user) => presentPerson(user, settings, deps)),
    nextCursor: rest.length > page.length ? (page.at(-1)?.login ?? null) : null,
    units: settings.units.map(({ id, name }) => ({ id, name })),
    counts: { all: all.length, leaving: count('leaving'), left: count('left') },
  };
};
