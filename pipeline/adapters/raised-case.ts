import { createHash } from 'node:crypto';
import type { Actor, Case, CaseEvent } from '../domain/case.ts';
import { NotFound } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import { assertMayRaise, type RaiseCommand, raisedClasses } from '../domain/raising.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { CaseVisibility } from '../ports/case-store.ts';
import { openCase } from './judged-case.ts';

/** What was found of the post that a person brings back. */
export interface PassedPost {
  post: Post;
  verdict: Verdict;
  /** The newest case of it, if there ever was one. */
  current: Case | null;
}

export interface Raising {
  next: Case;
  event: CaseEvent;
  classes: Pick<Post, 'accessClass' | 'retentionClass' | 'expiresAt'>;
}

/** The same for the same command; another id than the event's, since both are the key of something. */
function raisedCaseId(commandId: string): string {
  const hex = createHash('sha256').update(`raise/${commandId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Pure, and the same for both stores: what the machine judged stays as it is, and a person looks at it (R12).
 * @throws NotFound, NotPermitted, Conflict, InvalidInput
 */
export function buildRaising(
  found: PassedPost | null,
  command: RaiseCommand,
  actor: Actor,
  { accessClasses, at }: CaseVisibility & { at: string },
): Raising {
  if (found === null || !accessClasses.includes(found.post.accessClass)) throw new NotFound('没有这条信息。');
  const { post, verdict, current } = found;
  if (current !== null && !accessClasses.includes(current.accessClass)) throw new NotFound('没有这条信息。');
  assertMayRaise(post, current, command, actor);
  const judged = {
    caseId: raisedCaseId(command.commandId),
    textVersion: post.textVersion,
    verdict: { ...verdict, queues: ['review' as const], accessClass: post.accessClass },
  };
  const { next, event } = openCase(post, judged, current, at);
  return {
    next,
    event: { ...event, id: command.commandId, kind: 'raised', actorId: actor.id },
    classes: raisedClasses(post),
  };
}
