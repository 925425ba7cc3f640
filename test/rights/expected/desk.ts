import type { deskRoutes } from '../../../review-api/contract/desk-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof deskRoutes;

const workers: Who = ['reviewer', 'director', 'safety', 'operator'];
const office: Who = ['reviewer', 'director'];

export const deskWho: { [N in Name]: Who } = {
  countFacets: workers,
  listFilters: workers,
  saveFilter: workers,
  arrangeFilters: workers,
  removeFilter: workers,
  countPassed: office,
  listPassed: office,
  raisePost: office,
  readRouting: office,
  saveRouting: ['director'],
  tryRouting: ['director'],
};

const rules = [{ id: 'one', name: '一', when: {}, give: { label: '一' } }];

export const deskAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    saveFilter: {
      ...{ id: commandId, name: commandId.slice(0, 8), queue: 'review', state: 'undecided', sort: 'risk' },
      ...{ filter: {}, isDefault: false, shared: false },
    },
    arrangeFilters: { ids: [], shared: false },
    raisePost: { commandId, postId: 'main-site:comment:none', textVersion: 1 },
    saveRouting: { rules, seenVersion: 0 },
    tryRouting: { rules },
  }),
  // Of one's own queue, which the test knows.
  queries: {},
};
