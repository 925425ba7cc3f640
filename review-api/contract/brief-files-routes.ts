import { BriefFileQuery, LedgerFileQuery } from './brief-files.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** Files of briefs. Each that leaves is noted: who took what, when. */
export const briefFilesRoutes = {
  readBriefFile: {
    ...withId,
    method: 'get',
    path: '/api/briefs/:id/file',
    summary: 'A brief as a file; what nobody has approved says so on every page',
    action: 'brief.read',
    query: BriefFileQuery,
    download: true,
    cost: 5,
  },
  readCaseLedger: {
    ...plain,
    method: 'get',
    path: '/api/case-ledger',
    summary: '舆情台账 of a period as XLSX: the cases that the caller may see, without a quote',
    action: 'brief.read',
    query: LedgerFileQuery,
    download: true,
    cost: 10,
  },
} as const satisfies Record<string, RouteSpec>;
