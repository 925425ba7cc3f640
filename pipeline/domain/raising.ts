import { z } from 'zod';
import { type Actor, type Case, isUndecided } from './case.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import { type Post, retentionOf } from './post.ts';
import { expiresAt } from './retention-class.ts';
import { rightsFor } from './role.ts';

/** 捞回: a person brings back what the machine had put aside. */
export const RaiseCommand = z.object({
  commandId: z.uuid(),
  postId: z.string(),
  /** The text that the person saw. */
  textVersion: z.int().positive(),
});
export type RaiseCommand = z.infer<typeof RaiseCommand>;

/** @throws NotPermitted, Conflict, InvalidInput */
export function assertMayRaise(
  post: Pick<Post, 'kind' | 'state' | 'textVersion' | 'marks'>,
  current: Case | null,
  command: RaiseCommand,
  actor: Actor,
): void {
  if (!rightsFor(actor.roles, 'lead.register').queues.includes('review')) {
    throw new NotPermitted('您的角色不能把信息放进审核队列。');
  }
  if (post.kind !== 'comment') throw new InvalidInput('postId', '只有评论可以捞回。');
  if (current !== null && isUndecided(current.state)) throw new Conflict('这条信息已经在队列里。');
  if (post.marks.includes('text-erased')) throw new Conflict('正文已按期限清除，不能再捞回。');
  if (post.state !== 'judged' || post.textVersion !== command.textVersion) {
    throw new Conflict('这条信息的正文已有变化，请刷新后再看。');
  }
}

/** No noise any more: it lives as long as every other comment, from when it was gathered. */
export function raisedClasses(
  post: Pick<Post, 'kind' | 'accessClass' | 'gatheredAt'>,
): Pick<Post, 'accessClass' | 'retentionClass' | 'expiresAt'> {
  const retentionClass = retentionOf(post.kind);
  return {
    accessClass: post.accessClass,
    retentionClass,
    expiresAt: expiresAt(retentionClass, post.gatheredAt),
  };
}
