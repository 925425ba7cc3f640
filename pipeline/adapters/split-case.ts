import { createHash } from 'node:crypto';
import { strictestAccess } from '../domain/access-class.ts';
import type { Actor, Case, CaseEvent } from '../domain/case.ts';
import { assertFree, assertOwnQueue, eventOf } from '../domain/decision.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import type { SplitCommand } from '../domain/split.ts';
import type { Verdict } from '../domain/verdict.ts';
import { openCase } from './judged-case.ts';

/** The same for the same command, so that a repeated one names the case that the first made. */
export function partedCaseId(commandId: string): string {
  const hex = createHash('sha256').update(`split/${commandId}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** What a split writes: the case without the copy, the copy's own case, and an event for each. */
export interface Split {
  next: Case;
  event: CaseEvent;
  parted: Case;
  opening: CaseEvent;
}

/**
 * Pure, and the same for both stores. The copy waits for a person in a case of its own, whatever was decided about the others.
 * @param copy the post and what is known of its newest text; null when it is none of the case's
 */
export function buildSplit(
  current: Case,
  copy: { post: Pick<Post, 'id' | 'channelId' | 'textVersion'>; verdict: Verdict } | null,
  command: SplitCommand,
  actor: Actor,
  at: string,
): Split {
  assertOwnQueue(current, actor);
  if (current.version !== command.version) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  assertFree(current, actor, at);
  if (command.postId === current.postIds[0]) {
    throw new InvalidInput('postId', '这是线索的首条信息，不能拆出。', '可以把其余的近似信息逐条拆出');
  }
  if (copy === null || !current.postIds.includes(command.postId)) {
    throw new InvalidInput('postId', '这条线索里没有这条信息。');
  }
  const event = { ...eventOf(current, command.commandId, 'split', actor, at), postId: command.postId };
  const next: Case = {
    ...current,
    version: event.caseVersion,
    postIds: current.postIds.filter((id) => id !== command.postId),
  };
  const { post, verdict } = copy;
  const queues = verdict.queues.length > 0 ? verdict.queues : current.queues;
  const accessClass = strictestAccess([verdict.accessClass, current.accessClass]);
  const judged = {
    caseId: partedCaseId(command.commandId),
    textVersion: post.textVersion,
    verdict: { ...verdict, queues, accessClass },
  };
  const { next: parted, event: opening } = openCase(post, judged, current, at);
  return { next, event, parted, opening };
}
