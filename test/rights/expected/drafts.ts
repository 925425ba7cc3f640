import type { draftRoutes } from '../../../review-api/contract/drafts-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof draftRoutes;

const writers = ['editor', 'unit-reviewer', 'unit-head', 'reviewer', 'director'] as const;
const readers = [...writers, 'leader', 'principal'] as const;

export const draftWho: { [N in Name]: Who } = {
  listDrafts: readers,
  countDrafts: readers,
  readDraftOptions: writers,
  createDraft: writers,
  readDraft: readers,
  saveDraft: writers,
  moveDraft: readers,
  planDraftChain: readers,
  listDraftSigners: ['unit-reviewer', 'reviewer', 'director'],
  readDraftHistory: readers,
  listDraftVersions: readers,
  readDraftVersion: readers,
  compareDraftVersions: readers,
  checkDraft: readers,
  checkText: writers,
  readDraftCheck: readers,
};

const content = { title: '检查权限', document: { type: 'doc', content: [{ type: 'paragraph' }] } };

export const draftAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    createDraft: { commandId, content },
    saveDraft: { revision: 1, content },
    moveDraft: { commandId, revision: 1, move: 'withdraw' },
    checkDraft: { content },
    checkText: { text: '检查权限。' },
  }),
  queries: { listDrafts: '?filter=all', compareDraftVersions: '?from=1&to=2' },
};
