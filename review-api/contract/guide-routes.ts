import { ChannelDetail } from './channel.ts';
import { AddSiteRequest, Guide, SiteFindings, SiteSurveyRequest } from './guide.ts';
import { plain, type RouteSpec } from './route-spec.ts';

/** The first steps of an office. */
export const guideRoutes = {
  readGuide: {
    ...plain,
    method: 'get',
    path: '/api/guide',
    summary: 'How far the office is set up: its site, people, credentials, and what comments need',
    action: 'settings.read',
    answer: Guide,
  },
  surveySite: {
    ...plain,
    method: 'post',
    path: '/api/guide/survey',
    summary: 'Read a home page and its columns, and tell whose site it is; nothing is stored',
    action: 'channel.manage',
    body: SiteSurveyRequest,
    answer: SiteFindings,
    cost: 30,
  },
  addSite: {
    ...plain,
    method: 'post',
    path: '/api/guide/sites',
    summary: 'Register the school’s own site for trial: its host is read and no other',
    action: 'channel.manage',
    body: AddSiteRequest,
    answer: ChannelDetail,
  },
} as const satisfies Record<string, RouteSpec>;
