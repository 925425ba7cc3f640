import type { authorityRoutes } from '../../../review-api/contract/authority-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof authorityRoutes;

export const authorityWho: { [N in Name]: Who } = {
  readAuthority: ['editor', 'unit-reviewer', 'unit-head', 'reviewer', 'director'],
  saveAuthority: ['director'],
};

export const authorityAsked: Asked<Name> = {
  bodies: () => ({ saveAuthority: { table: {}, seenVersion: 0 } }),
  queries: {},
};
