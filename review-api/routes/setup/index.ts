import type { setupRoutes } from '../../contract/setup-routes.ts';
import type { Handler } from '../../http/call.ts';

export const setupHandlers: { [N in keyof typeof setupRoutes]: Handler<N> } = {};
