import type { draftFilesRoutes } from '../../../review-api/contract/draft-files-routes.ts';
import type { draftRecordRoutes } from '../../../review-api/contract/draft-record-routes.ts';
import type { draftRoutes } from '../../../review-api/contract/drafts-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof draftRoutes | keyof typeof draftFilesRoutes | keyof typeof draftRecordRoutes;

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
  uploadDraftFile: readers,
  readDraftFile: readers,
  importIntoDraft: writers,
  renderDraft: readers,
  readDraftHtml: readers,
  linkDraft: readers,
  endDraftLink: readers,
  openDraftLink: 'anyone',
  readLinkedFile: 'anyone',
  readDraftStatistics: ['unit-head', 'reviewer', 'director', 'leader', 'principal'],
  readSealedDraft: readers,
  readDraftForm: readers,
};

const content = { title: '检查权限', document: { type: 'doc', content: [{ type: 'paragraph' }] } };

export const draftAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    createDraft: { commandId, content },
    saveDraft: { revision: 1, content },
    moveDraft: { commandId, revision: 1, move: 'withdraw' },
    checkDraft: { content },
    checkText: { text: '检查权限。' },
    renderDraft: { content },
    openDraftLink: { token: 'no-such-token' },
  }),
  queries: {
    listDrafts: '?filter=all',
    compareDraftVersions: '?from=1&to=2',
    uploadDraftFile: '?use=scan&name=x.pdf',
    importIntoDraft: '?from=html',
  },
};
