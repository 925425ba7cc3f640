import { getSignedIn, type Handler } from '../../http/call.ts';
import { presentMe } from '../../present/me.ts';

export const readSession: Handler<'readSession'> = async (call) => presentMe(getSignedIn(call), call.deps);
