import {
  BulkAnswer,
  BulkPreview,
  BulkPreviewRequest,
  BulkRequest,
  BulkUndoAnswer,
  BulkUndoRequest,
} from './bulk.ts';
import { ClaimAnswer } from './case-detail.ts';
import { ClaimStatus, EventAnswer, NoteRequest, ReopenRequest, TakeOverRequest } from './case-work.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** What people do with cases besides deciding one. */
export const caseRoutes = {
  reopenCase: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/reopen',
    summary:
      'Bring back what was decided, answered or closed, with a reason; what was decided stays in the history',
    action: 'case.decide',
    body: ReopenRequest,
    answer: EventAnswer,
  },
  noteCase: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/notes',
    summary: 'Write a note on a case of one’s own queues, in any state',
    action: 'case.read',
    body: NoteRequest,
    answer: EventAnswer,
  },
  readClaim: {
    ...withId,
    method: 'get',
    path: '/api/cases/:id/claim',
    summary: 'Who holds a case of one’s own queues, and its version; no text, so not logged',
    action: 'case.claim',
    answer: ClaimStatus,
    background: true,
  },
  takeOverClaim: {
    ...withId,
    method: 'post',
    path: '/api/cases/:id/claim/take-over',
    summary: 'Take the claim of another person; the director',
    action: 'case.claim',
    body: TakeOverRequest,
    answer: ClaimAnswer,
  },
  previewBulk: {
    ...plain,
    method: 'post',
    path: '/api/cases/bulk/preview',
    summary:
      'Which of up to 200 cases a decision would be made on, and what keeps the others; writes nothing',
    action: 'case.decide',
    body: BulkPreviewRequest,
    answer: BulkPreview,
  },
  decideBulk: {
    ...plain,
    method: 'post',
    path: '/api/cases/bulk/run',
    summary: 'Decide up to 200 cases, each by itself; sent again it goes on where it was cut off',
    action: 'case.decide',
    body: BulkRequest,
    answer: BulkAnswer,
  },
  undoBulk: {
    ...plain,
    method: 'post',
    path: '/api/cases/bulk/take-back',
    summary: 'Take back those decisions of a bulk that still hold; the others are named with why',
    action: 'case.decide',
    body: BulkUndoRequest,
    answer: BulkUndoAnswer,
  },
} as const satisfies Record<string, RouteSpec>;
