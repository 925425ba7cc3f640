import { changePassword as change } from '../../../pipeline/commands/change-password.ts';
import { getSignedIn, type Handler } from '../../http/call.ts';
import { openSession } from '../../http/sessions.ts';
import { presentMe } from '../../present/me.ts';

/** Ends every session of the account, and opens a new one for who asked. */
export const changePassword: Handler<'changePassword'> = async (call) => {
  const { user, session: before, appointments } = getSignedIn(call);
  const changed = await change(user, call.body, call.deps);
  // With its ticket: single logout still ends it.
  const { door, device, ticket } = before;
  const { token, session } = await openSession({ userId: changed.id, door, device, ticket }, call.deps);
  call.cookies.setSession(token);
  return presentMe({ user: changed, session, appointments }, call.deps);
};
