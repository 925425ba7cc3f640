import type { webhookRoutes } from '../../contract/webhooks-routes.ts';
import type { Handler } from '../../http/call.ts';

export const webhookHandlers: { [N in keyof typeof webhookRoutes]: Handler<N> } = {};
