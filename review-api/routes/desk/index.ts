import type { deskRoutes } from '../../contract/desk-routes.ts';
import type { Handler } from '../../http/call.ts';

export const deskHandlers: { [N in keyof typeof deskRoutes]: Handler<N> } = {};
