import type { OutboxEntry } from '../domain/outbox.ts';
import type { Reply, ReplyCommand } from '../domain/reply.ts';
import { expiresAt } from '../domain/retention-class.ts';

/** What is written about a text goes with it, and after the term of a comment at the latest (R8). */
export function noteExpiry(at: string, textExpiresAt: string | null): string {
  const term = expiresAt('comment', at) ?? at;
  return textExpiresAt !== null && textExpiresAt < term ? textExpiresAt : term;
}

/** Open pages look again, as after a decision. */
export function buildReplyOutbox(reply: Reply, { commandId }: ReplyCommand): OutboxEntry {
  return { id: commandId, topic: 'case.decided', subject: reply.caseId, createdAt: reply.changedAt };
}
