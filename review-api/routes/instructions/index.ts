import type { instructionRoutes } from '../../contract/instructions-routes.ts';
import type { Handler } from '../../http/call.ts';

export const instructionHandlers: { [N in keyof typeof instructionRoutes]: Handler<N> } = {};
