import type { caseRoutes } from '../../../review-api/contract/case-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof caseRoutes;

const workers = ['reviewer', 'director', 'safety', 'operator'] as const;

export const caseWho: { [N in Name]: Who } = {
  reopenCase: workers,
  noteCase: workers,
  readClaim: workers,
  takeOverClaim: workers,
  previewBulk: workers,
  decideBulk: workers,
  undoBulk: workers,
};

const items = [{ caseId: 'none', version: 1 }];

export const caseAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    reopenCase: { commandId, version: 1, reason: 'new-facts' },
    noteCase: { commandId, note: '检查权限' },
    takeOverClaim: { commandId },
    previewBulk: { kind: 'no-action', reason: 'opinion-only', items },
    decideBulk: { bulkId: commandId, kind: 'no-action', reason: 'opinion-only', items },
    undoBulk: { bulkId: commandId, caseIds: ['none'] },
  }),
  queries: {},
};
