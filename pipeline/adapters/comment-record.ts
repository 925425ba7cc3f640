import type { Actor } from '../domain/case.ts';
import type { CommentCommand, DraftComment } from '../domain/draft-comment.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { sealCommand } from './decision-record.ts';

const actions = {
  add: 'draft.commented',
  reply: 'draft.comment-answered',
  resolve: 'draft.comment-resolved',
  reopen: 'draft.comment-reopened',
} as const;

/** Which comment the command is about. */
export const commentIdOf = (command: CommentCommand): string =>
  command.is === 'add' ? command.commandId : command.commentId;

/** Without the words: the log holds no text. */
export function buildCommentAudit(
  command: CommentCommand,
  { draftId, revision, version }: DraftComment,
  { actor, at }: { actor: Actor; at: string },
): NewAuditEntry {
  const lent = actor.onBehalfOf === undefined ? {} : { onBehalfOf: actor.onBehalfOf };
  const payload = { draftId, version, revision, ...lent, seal: sealCommand(command, actor) };
  const subject = commentIdOf(command);
  return {
    id: command.commandId,
    log: 'audit',
    at,
    actorId: actor.id,
    action: actions[command.is],
    subject,
    payload,
  };
}
