import type { answerRoutes } from '../../contract/answers-routes.ts';
import type { Handler } from '../../http/call.ts';

export const answerHandlers: { [N in keyof typeof answerRoutes]: Handler<N> } = {};
