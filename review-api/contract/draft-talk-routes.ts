import {
  AnswerFindingRequest,
  CheckMemoryPage,
  CheckMemoryQuery,
  TakeBackAnswerRequest,
} from './draft-check.ts';
import {
  CommentCommandRequest,
  CommentParams,
  CommentReplyRequest,
  CommentRequest,
  CommentsQuery,
  DraftCommentList,
} from './draft-version.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** What people say about a draft: comments, and of findings that they are none. */
export const draftTalkRoutes = {
  answerFinding: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/answers',
    summary: 'Say that a finding is no mistake, for this draft or for the whole unit',
    action: 'draft.write',
    body: AnswerFindingRequest,
  },
  takeBackFindingAnswer: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/answers/take-back',
    summary: 'A finding counts again',
    action: 'draft.write',
    body: TakeBackAnswerRequest,
  },
  listCheckMemory: {
    ...plain,
    method: 'get',
    path: '/api/check-memory',
    summary: 'What units said is no mistake',
    action: 'draft.read',
    query: CheckMemoryQuery,
    answer: CheckMemoryPage,
  },
  listDraftComments: {
    ...withId,
    method: 'get',
    path: '/api/drafts/:id/comments',
    summary: 'Comments on a draft, oldest first',
    action: 'draft.read',
    query: CommentsQuery,
    answer: DraftCommentList,
  },
  commentDraft: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/comments',
    summary: 'Comment on words of a version, or on the whole',
    action: 'draft.read',
    body: CommentRequest,
  },
  replyToDraftComment: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/comments/:commentId/replies',
    summary: 'Reply to a comment',
    action: 'draft.read',
    params: CommentParams,
    body: CommentReplyRequest,
  },
  resolveDraftComment: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/comments/:commentId/resolve',
    summary: 'A comment is done with',
    action: 'draft.read',
    params: CommentParams,
    body: CommentCommandRequest,
  },
  reopenDraftComment: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/comments/:commentId/reopen',
    summary: 'A comment is not done with after all',
    action: 'draft.read',
    params: CommentParams,
    body: CommentCommandRequest,
  },
} as const satisfies Record<string, RouteSpec>;
