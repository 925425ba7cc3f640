import type { deskRoutes } from '../../contract/desk-routes.ts';
import type { Handler } from '../../http/call.ts';
import { countFacets } from './facets.ts';
import { arrangeFilters, listFilters, removeFilter, saveFilter } from './filters.ts';
import { countPassed, listPassed, raisePost } from './passed.ts';
import { readRouting, saveRouting, tryRouting } from './routing.ts';

export const deskHandlers: { [N in keyof typeof deskRoutes]: Handler<N> } = {
  ...{ countFacets, listFilters, saveFilter, arrangeFilters, removeFilter },
  ...{ countPassed, listPassed, raisePost, readRouting, saveRouting, tryRouting },
};
