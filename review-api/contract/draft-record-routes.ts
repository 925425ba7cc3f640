import { FormQuery } from './draft-files.ts';
import { DraftStatistics, DraftStatisticsQuery } from './draft-statistics.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** The record of publication: forms, seals, figures. */
export const draftRecordRoutes = {
  readDraftStatistics: {
    ...plain,
    method: 'get',
    path: '/api/drafts/statistics',
    summary: 'How the work went: counts, errors found, hours per step',
    action: 'draft.statistics',
    query: DraftStatisticsQuery,
    answer: DraftStatistics,
    cost: 5,
  },
  readSealedDraft: {
    ...withId,
    method: 'get',
    path: '/api/drafts/:id/sealed',
    summary: 'The seal with what it covers, for verify-seal',
    action: 'draft.read',
    download: true,
  },
  readDraftForm: {
    ...withId,
    method: 'get',
    path: '/api/drafts/:id/form',
    summary: '审核登记表 of a draft',
    action: 'draft.read',
    query: FormQuery,
    download: true,
    cost: 5,
  },
} as const satisfies Record<string, RouteSpec>;
