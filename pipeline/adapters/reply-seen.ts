import type { Case, CaseEvent } from '../domain/case.ts';
import { isToBeAnswered } from '../domain/closing.ts';
import type { GatheredPost } from '../domain/post.ts';

/** The comment that a reply of our own account answers; null for anything else. Only what the public wrote is answered. */
export function answeredPostId(
  post: Pick<GatheredPost, 'channelId' | 'kind' | 'parentId'> & { official?: boolean | undefined },
): string | null {
  if (post.official !== true || post.kind !== 'comment' || post.parentId === null) return null;
  return `${post.channelId}:comment:${post.parentId}`;
}

/** What a reply means for the case of the comment that it answers: pure, and the same for both stores. */
export type ReplyChange = { next: Case; event: CaseEvent | null } | null;

/**
 * The first reply is noted on any case; where an answer was decided it is an event, once for each such decision.
 * @param holding the event of the decision that holds; null where there is none
 */
export function buildReplySeen(
  current: Case,
  holding: CaseEvent | null,
  reply: { postId: string; at: string; told: boolean },
): ReplyChange {
  const seen: Case = { ...current, replySeenAt: current.replySeenAt ?? reply.at };
  if (reply.told || !isToBeAnswered(current, holding)) {
    return current.replySeenAt === null ? { next: seen, event: null } : null;
  }
  const next: Case = { ...seen, version: current.version + 1 };
  const { state, accessClass, queues, unitId, referredAt } = current;
  const event: CaseEvent = {
    id: replyEventId(holding?.id ?? current.id),
    caseId: current.id,
    caseVersion: next.version,
    kind: 'reply-seen',
    at: reply.at,
    actorId: null,
    decision: null,
    undoes: null,
    postId: reply.postId,
    inherits: null,
    before: { state, accessClass, queues, unitId, referredAt },
  };
  return { next, event };
}

/** One for each decision. */
export function replyEventId(decisionId: string): string {
  return `${decisionId}#reply`;
}
