import { AuthorityView, SaveAuthorityRequest } from './authority.ts';
import { plain, type RouteSpec } from './route-spec.ts';

/** 权威信息表, by which drafts are checked. */
export const authorityRoutes = {
  readAuthority: {
    ...plain,
    method: 'get',
    path: '/api/authority',
    summary: 'Who holds which post, how units are called, which wording is fixed, and from when until when',
    action: 'authority.read',
    answer: AuthorityView,
  },
  saveAuthority: {
    ...plain,
    method: 'post',
    path: '/api/authority',
    summary: 'Change the table; drafts are judged by it from now on',
    action: 'authority.edit',
    body: SaveAuthorityRequest,
    answer: AuthorityView,
  },
} as const satisfies Record<string, RouteSpec>;
