import { appendUserAudit } from '../../../pipeline/commands/change-user.ts';
import { getSignedIn, type Handler } from '../../http/call.ts';

export const logout: Handler<'logout'> = async (call) => {
  const { session, user } = getSignedIn(call);
  await call.deps.stores.sessions.delete(session.id);
  await appendUserAudit(call.deps, { action: 'logout', userId: user.id, actorId: user.id });
  call.cookies.clearSession();
  return null;
};
