import type { signInRoutes } from '../../contract/sign-in-routes.ts';
import type { Handler } from '../../http/call.ts';

export const signInHandlers: { [N in keyof typeof signInRoutes]: Handler<N> } = {};
