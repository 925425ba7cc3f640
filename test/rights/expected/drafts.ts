import type { draftFilesRoutes } from '../../../review-api/contract/draft-files-routes.ts';
import type { draftRecordRoutes } from '../../../review-api/contract/draft-record-routes.ts';
import type { draftTalkRoutes } from '../../../review-api/contract/draft-talk-routes.ts';
import type { draftWechatRoutes } from '../../../review-api/contract/draft-wechat-routes.ts';
import type { draftRoutes } from '../../../review-api/contract/drafts-routes.ts';
import type { liveRoutes } from '../../../review-api/contract/live-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name =
  | keyof typeof draftRoutes
  | keyof typeof draftFilesRoutes
  | keyof typeof draftRecordRoutes
  | keyof typeof draftTalkRoutes
  | keyof typeof draftWechatRoutes
  | keyof typeof liveRoutes;

const writers = ['editor', 'unit-reviewer', 'unit-head', 'reviewer', 'director'] as const;
const watchers = ['reviewer', 'director', 'operator'] as const;
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
  answerFinding: writers,
  takeBackFindingAnswer: writers,
  listCheckMemory: readers,
  listDraftComments: readers,
  commentDraft: readers,
  replyToDraftComment: readers,
  resolveDraftComment: readers,
  reopenDraftComment: readers,
  listWechatDrafts: writers,
  importWechatDraft: writers,
  sendDraftToWechat: writers,
  listLiveResults: watchers,
  countLiveResults: watchers,
  readLiveResult: watchers,
  explainLiveResult: ['reviewer', 'director'],
  listLiveOfDraft: readers,
  spotCheck: ['reviewer', 'director'],
  printDraftForms: ['reviewer', 'director'],
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
    answerFinding: { commandId, key: 'typo 登陆', rule: 'spelling.wrong', reason: '引用原文' },
    takeBackFindingAnswer: { key: 'typo 登陆' },
    commentDraft: { commandId, version: 1, text: '请核对。' },
    replyToDraftComment: { commandId, text: '已核对。' },
    resolveDraftComment: { commandId },
    reopenDraftComment: { commandId },
    importWechatDraft: { channelId: 'wechat', mediaId: 'none', index: 0 },
    sendDraftToWechat: { commandId, channelId: 'wechat' },
    explainLiveResult: { commandId, revision: 1, reason: 'put-right' },
    spotCheck: { addresses: ['https://www.canglan.example/a.htm'] },
    printDraftForms: { addresses: ['https://www.canglan.example/a.htm'] },
    openDraftLink: { token: 'no-such-token' },
  }),
  queries: {
    listDrafts: '?filter=all',
    compareDraftVersions: '?from=1&to=2',
    uploadDraftFile: '?use=scan&name=x.pdf',
    importIntoDraft: '?from=html',
    listWechatDrafts: '?channelId=wechat',
  },
};
