import type { guideRoutes } from '../../contract/guide-routes.ts';
import type { Handler } from '../../http/call.ts';
import { readGuide } from './read-guide.ts';
import { addSite, surveySite } from './sites.ts';

export const guideHandlers: { [N in keyof typeof guideRoutes]: Handler<N> } = {
  ...{ readGuide, surveySite, addSite },
};
