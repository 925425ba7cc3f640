import type { safeguardRoutes } from '../../contract/safeguards-routes.ts';
import type { Handler } from '../../http/call.ts';
import { lawfulRequestHandlers } from './lawful-requests.ts';
import { publicRequestHandlers } from './public-requests.ts';
import { readingHandlers } from './readings.ts';
import { removalHandlers } from './removals.ts';

export const safeguardHandlers: { [N in keyof typeof safeguardRoutes]: Handler<N> } = {
  ...lawfulRequestHandlers,
  ...removalHandlers,
  ...publicRequestHandlers,
  ...readingHandlers,
};
