import type { guideRoutes } from '../../../review-api/contract/guide-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof guideRoutes;

export const guideWho: { [N in Name]: Who } = {
  readGuide: ['director', 'operator', 'account-admin', 'auditor'],
  surveySite: ['director', 'operator'],
  addSite: ['director', 'operator'],
};

export const guideAsked: Asked<Name> = {
  bodies: () => ({
    surveySite: { address: 'https://www.canglan.example/' },
    addSite: { address: 'https://www.canglan.example/', name: '学校官网', columns: [] },
  }),
  queries: {},
};
