import { assertTypedText } from '../../../pipeline/commands/assert-typed-text.ts';
import {
  answerFinding as answer,
  listRemembered,
  takeBackAnswer,
} from '../../../pipeline/commands/check-memory.ts';
import {
  changeDraftComment,
  listDraftComments as list,
  type ShownComment,
} from '../../../pipeline/commands/draft-comments.ts';
import type { RememberedAnswer } from '../../../pipeline/domain/check-memory.ts';
import type { Draft } from '../../../pipeline/domain/draft.ts';
import { mayWrite } from '../../../pipeline/domain/draft-moves.ts';
import { NotPermitted } from '../../../pipeline/domain/errors.ts';
import type { DraftCommentView } from '../../contract/draft-version.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { nameOf } from '../../present/draft-detail.ts';
import { moverOf, readOwn } from './sight.ts';

async function presentComment(
  comment: ShownComment,
  { draft, userId }: { draft: Draft; userId: string },
  deps: Call['deps'],
): Promise<DraftCommentView> {
  const { id, version, text, suggestion, at, resolved, replies, shown } = comment;
  return {
    ...{ id, version, text, suggestion, at, phrase: shown.phrase, isOutdated: shown.isOutdated },
    words: comment.phrase?.text ?? null,
    maySettle: comment.by === userId || draft.writers.includes(userId),
    by: await nameOf(comment.by, deps),
    resolved: resolved === null ? null : { by: await nameOf(resolved.by, deps), at: resolved.at },
    replies: await Promise.all(
      replies.map(async ({ by, ...reply }) => ({ ...reply, by: await nameOf(by, deps) })),
    ),
  };
}

export const listDraftComments: Handler<'listDraftComments'> = async (call) => {
  const draft = await readOwn(call);
  const { version = draft.contentVersion } = call.query;
  const comments = await list(draft.id, version, call.deps);
  const { id: userId } = moverOf(call);
  return {
    items: await Promise.all(
      comments.map((comment) => presentComment(comment, { draft, userId }, call.deps)),
    ),
  };
};

type Said = Parameters<typeof changeDraftComment>[1];

async function change(
  call: Pick<Call, 'signedIn' | 'rights' | 'action' | 'deps'> & { params: { id: string } },
  command: Said,
): Promise<null> {
  const draft = await readOwn(call);
  const { stores, clock } = call.deps;
  if (command.is === 'add' || command.is === 'reply') {
    const said = [{ field: 'text', called: '批注', text: command.text }];
    const suggested = command.is === 'add' ? (command.suggestion ?? '') : '';
    await assertTypedText([...said, { field: 'suggestion', called: '修改建议', text: suggested }], stores);
  }
  const { actor } = getReader(call);
  await changeDraftComment(draft, command, { stores, clock, mover: moverOf(call), actor });
  return null;
}

export const commentDraft: Handler<'commentDraft'> = (call) =>
  change(call, { is: 'add', draftId: call.params.id, ...call.body });

export const replyToDraftComment: Handler<'replyToDraftComment'> = (call) =>
  change(call, { is: 'reply', draftId: call.params.id, commentId: call.params.commentId, ...call.body });

export const resolveDraftComment: Handler<'resolveDraftComment'> = (call) =>
  change(call, { is: 'resolve', draftId: call.params.id, commentId: call.params.commentId, ...call.body });

export const reopenDraftComment: Handler<'reopenDraftComment'> = (call) =>
  change(call, { is: 'reopen', draftId: call.params.id, commentId: call.params.commentId, ...call.body });

/** Whoever writes it answers for what is in it. */
async function readWritable(call: Call<'answerFinding' | 'takeBackFindingAnswer'>): Promise<Draft> {
  const draft = await readOwn(call);
  if (!mayWrite(draft, moverOf(call))) throw new NotPermitted('只有写稿人可以答复检查结果。');
  return draft;
}

export const answerFinding: Handler<'answerFinding'> = async (call) => {
  const { id: draftId, unitId } = await readWritable(call);
  const { actor } = getReader(call);
  const { reason, text, rule, key, forUnit } = call.body;
  if (forUnit && getSignedIn(call).user.student) throw new NotPermitted('学生账号的答复只对这一篇稿件有效。');
  const quoted = { field: 'text', called: '所指文字', text: [text, rule, key].join('\n') };
  await assertTypedText([{ field: 'reason', called: '理由', text: reason }, quoted], call.deps.stores);
  await answer({ ...call.body, draftId, unitId }, actor, call.deps);
  return null;
};

export const takeBackFindingAnswer: Handler<'takeBackFindingAnswer'> = async (call) => {
  const { id: draftId, unitId } = await readWritable(call);
  const { actor } = getReader(call);
  await takeBackAnswer(call.body.key, { draftId, unitId, actor }, call.deps);
  return null;
};

export const listCheckMemory: Handler<'listCheckMemory'> = async ({ query, rights, deps }) => {
  const { unitId, cursor = null, limit } = query;
  const { units } = rights;
  const mine = units === 'all' ? null : [...units];
  const asked = unitId === undefined ? mine : (mine ?? [unitId]).filter((id) => id === unitId);
  const page = await listRemembered(asked, { cursor, limit }, deps);
  const settings = await deps.directory.settings();
  const present = async ({ key, rule, text, reason, at, times, expiresAt, ...one }: RememberedAnswer) => ({
    ...{ key, rule, text, reason, at, times, expiresAt },
    unit: deps.directory.unit(settings, one.unitId),
    by: await nameOf(one.actorId, deps),
  });
  return { ...page, items: await Promise.all(page.items.map(present)) };
};
