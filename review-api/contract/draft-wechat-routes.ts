import {
  ImportedText,
  WechatBox,
  WechatBoxQuery,
  WechatImportRequest,
  WechatSendAnswer,
  WechatSendRequest,
} from './draft-files.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** The draft box of the school's own official accounts. */
export const draftWechatRoutes = {
  listWechatDrafts: {
    ...plain,
    method: 'get',
    path: '/api/wechat-drafts',
    summary: 'The draft box of an official account',
    action: 'draft.write',
    query: WechatBoxQuery,
    answer: WechatBox,
    cost: 10,
  },
  importWechatDraft: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/wechat-import',
    summary: 'Turn an article of an account’s draft box into a draft’s text; the page saves it',
    action: 'draft.write',
    body: WechatImportRequest,
    answer: ImportedText,
    cost: 20,
  },
  sendDraftToWechat: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/wechat-draft',
    summary: 'Put an approved draft into the account’s draft box: never more than that',
    action: 'draft.write',
    body: WechatSendRequest,
    answer: WechatSendAnswer,
    cost: 20,
  },
} as const satisfies Record<string, RouteSpec>;
