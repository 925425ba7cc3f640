import type { handoverRoutes } from '../../contract/handovers-routes.ts';
import type { Handler } from '../../http/call.ts';

export const handoverHandlers: { [N in keyof typeof handoverRoutes]: Handler<N> } = {};
