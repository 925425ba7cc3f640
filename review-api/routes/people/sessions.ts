import { appendUserAudit } from '../../../pipeline/commands/change-user.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { type Call, getSignedIn, type Handler } from '../../http/call.ts';
import { findLivingSessions, presentSession, sessionHandle } from '../../present/session.ts';

export const listOwnSessions: Handler<'listOwnSessions'> = async (call) => {
  const { user, session } = getSignedIn(call);
  const sessions = await findLivingSessions(user.id, call.deps);
  return { items: sessions.map((one) => presentSession(one, session)) };
};

async function record(call: Pick<Call, 'signedIn' | 'deps'>, ended: number): Promise<void> {
  const { user } = getSignedIn(call);
  const entry = { action: 'session.ended', userId: user.id, actorId: user.id, payload: { ended } };
  await appendUserAudit(call.deps, entry);
}

export const endOtherSessions: Handler<'endOtherSessions'> = async (call) => {
  const { user, session } = getSignedIn(call);
  const { stores, clock } = call.deps;
  const others = (await stores.sessions.listOfUser(user.id, clock.now())).filter(
    ({ id }) => id !== session.id,
  );
  for (const { id } of others) await stores.sessions.delete(id);
  if (others.length > 0) await record(call, others.length);
  return null;
};

/** The one that asks ends by signing out. */
export const endOwnSession: Handler<'endOwnSession'> = async (call) => {
  const { user, session } = getSignedIn(call);
  const { stores, clock } = call.deps;
  const sessions = await stores.sessions.listOfUser(user.id, clock.now());
  const found = sessions.find((one) => sessionHandle(one) === call.params.id && one.id !== session.id);
  if (found === undefined) throw new NotFound('这处登录已经结束。');
  await stores.sessions.delete(found.id);
  await record(call, 1);
  return null;
};
