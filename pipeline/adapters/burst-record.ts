import type { Burst, BurstAnswer, BurstState } from '../domain/burst.ts';
import type { Actor } from '../domain/case.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { sealCommand } from './decision-record.ts';

const ranks: Record<BurstState, number> = { open: 0, ended: 1, dismissed: 2 };

/** The order of lists: open ones first. */
export const rankOf = (state: BurstState): number => ranks[state];

/** Its id alone: what it is about is read by whom it concerns. */
export function buildBurstOutbox({ id }: Burst, at: string): OutboxEntry {
  return { id: `burst.began/${id}`, topic: 'burst.began', subject: id, createdAt: at };
}

export function buildBurstAudit(
  burst: Burst,
  answer: BurstAnswer,
  { actor, at }: { actor: Actor; at: string },
): NewAuditEntry {
  const lent = actor.onBehalfOf === undefined ? {} : { onBehalfOf: actor.onBehalfOf };
  const reason = answer.is === 'dismiss' ? { reason: answer.reason } : {};
  return {
    ...{ id: answer.commandId, log: 'audit', at, actorId: actor.id, subject: burst.id },
    action: answer.is === 'dismiss' ? 'burst.dismissed' : 'burst.reopened',
    payload: { version: burst.version, ...reason, ...lent, seal: sealCommand(answer, actor) },
  };
}

/** Near copies are in one case; what needs no person is known by what it says, to the letter. */
export function chooseContent(post: { postId: string; caseId: string | null; contentHash: string | null }): {
  postId: string;
  content: string;
} {
  const { postId, caseId, contentHash } = post;
  return { postId, content: caseId ?? contentHash ?? postId };
}
