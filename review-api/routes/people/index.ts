import type { peopleRoutes } from '../../contract/people-routes.ts';
import type { Handler } from '../../http/call.ts';

export const peopleHandlers: { [N in keyof typeof peopleRoutes]: Handler<N> } = {};
