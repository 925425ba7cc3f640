import {
  addAccount,
  editAccount,
  endAllSessions,
  moveAccount,
  resetAccountPassword,
} from '../../../pipeline/commands/manage-accounts.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import type { User } from '../../../pipeline/domain/user.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';
import { presentPersonDetail } from '../../present/person.ts';

async function getUser(id: string, { deps }: Pick<Call, 'deps'>): Promise<User> {
  const user = await deps.stores.users.find(id);
  if (user === null) throw new NotFound('没有这个账号。');
  return user;
}

export const readPerson: Handler<'readPerson'> = async (call) =>
  presentPersonDetail(await getUser(call.params.id, call), call);

export const addPerson: Handler<'addPerson'> = async (call) => {
  const { user, firstPassword } = await addAccount(call.body, getReader(call).actor, call.deps);
  return { person: await presentPersonDetail(user, call), firstPassword };
};

export const editPerson: Handler<'editPerson'> = async (call) => {
  const { seen, ...given } = call.body;
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const edited = await editAccount(call.params.id, { change, seen }, getReader(call).actor, call.deps);
  return presentPersonDetail(edited, call);
};

export const movePerson: Handler<'movePerson'> = async (call) => {
  const { id } = await getUser(call.params.id, call);
  return presentPersonDetail(await moveAccount(id, call.body.move, getReader(call).actor, call.deps), call);
};

export const resetPersonPassword: Handler<'resetPersonPassword'> = async (call) => ({
  firstPassword: await resetAccountPassword(call.params.id, getReader(call).actor, call.deps),
});

export const endPersonSessions: Handler<'endPersonSessions'> = async (call) => {
  const { id } = await getUser(call.params.id, call);
  await endAllSessions(id, getReader(call).actor, call.deps);
  return null;
};
