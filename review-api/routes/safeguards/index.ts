import type { safeguardRoutes } from '../../contract/safeguards-routes.ts';
import type { Handler } from '../../http/call.ts';

export const safeguardHandlers: { [N in keyof typeof safeguardRoutes]: Handler<N> } = {};
