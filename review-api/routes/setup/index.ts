import type { setupRoutes } from '../../contract/setup-routes.ts';
import type { Handler } from '../../http/call.ts';
import { checkSetup, importSetup } from './import-setup.ts';
import { listChains } from './list-chains.ts';
import { readRoster } from './read-roster.ts';
import { readSetup } from './read-setup.ts';
import { readSetupTemplate } from './read-template.ts';

export const setupHandlers: { [N in keyof typeof setupRoutes]: Handler<N> } = {
  ...{ readSetup, readSetupTemplate, checkSetup, importSetup },
  ...{ readRoster, listChains },
};
