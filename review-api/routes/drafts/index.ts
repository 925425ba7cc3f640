import type { draftRoutes } from '../../contract/drafts-routes.ts';
import type { Handler } from '../../http/call.ts';
import { listDraftSigners, planDraftChain } from './chain.ts';
import { checkDraft, checkText, readDraftCheck } from './check.ts';
import { compareDraftVersions } from './compare.ts';
import { countDrafts, listDrafts, readDraftOptions } from './list.ts';
import { moveDraft } from './move.ts';
import { listDraftVersions, readDraft, readDraftHistory, readDraftVersion } from './read.ts';
import { createDraft, saveDraft } from './write.ts';

export const draftHandlers: { [N in keyof typeof draftRoutes]: Handler<N> } = {
  listDrafts,
  countDrafts,
  readDraftOptions,
  createDraft,
  readDraft,
  saveDraft,
  moveDraft,
  planDraftChain,
  listDraftSigners,
  readDraftHistory,
  listDraftVersions,
  readDraftVersion,
  compareDraftVersions,
  checkDraft,
  checkText,
  readDraftCheck,
};
