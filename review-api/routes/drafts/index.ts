import type { draftFilesRoutes } from '../../contract/draft-files-routes.ts';
import type { draftRecordRoutes } from '../../contract/draft-record-routes.ts';
import type { draftTalkRoutes } from '../../contract/draft-talk-routes.ts';
import type { draftWechatRoutes } from '../../contract/draft-wechat-routes.ts';
import type { draftRoutes } from '../../contract/drafts-routes.ts';
import type { Handler } from '../../http/call.ts';
import { listDraftSigners, planDraftChain } from './chain.ts';
import { checkDraft, checkText, readDraftCheck } from './check.ts';
import { compareDraftVersions } from './compare.ts';
import { importIntoDraft, readDraftFile, uploadDraftFile } from './files.ts';
import { endDraftLink, linkDraft, openDraftLink, readLinkedFile } from './link.ts';
import { countDrafts, listDrafts, readDraftOptions } from './list.ts';
import { moveDraft } from './move.ts';
import { readDraftHtml, renderDraft } from './pages.ts';
import { listDraftVersions, readDraft, readDraftHistory, readDraftVersion } from './read.ts';
import { readDraftForm, readDraftStatistics, readSealedDraft } from './record.ts';
import {
  answerFinding,
  commentDraft,
  listCheckMemory,
  listDraftComments,
  reopenDraftComment,
  replyToDraftComment,
  resolveDraftComment,
  takeBackFindingAnswer,
} from './talk.ts';
import { importWechatDraft, listWechatDrafts, sendDraftToWechat } from './wechat.ts';
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

export const draftFilesHandlers: { [N in keyof typeof draftFilesRoutes]: Handler<N> } = {
  uploadDraftFile,
  readDraftFile,
  importIntoDraft,
  renderDraft,
  readDraftHtml,
  linkDraft,
  endDraftLink,
  openDraftLink,
  readLinkedFile,
};

export const draftRecordHandlers: { [N in keyof typeof draftRecordRoutes]: Handler<N> } = {
  readDraftStatistics,
  readSealedDraft,
  readDraftForm,
};

export const draftTalkHandlers: { [N in keyof typeof draftTalkRoutes]: Handler<N> } = {
  answerFinding,
  takeBackFindingAnswer,
  listCheckMemory,
  listDraftComments,
  commentDraft,
  replyToDraftComment,
  resolveDraftComment,
  reopenDraftComment,
};

export const draftWechatHandlers: { [N in keyof typeof draftWechatRoutes]: Handler<N> } = {
  listWechatDrafts,
  importWechatDraft,
  sendDraftToWechat,
};
