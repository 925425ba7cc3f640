import { z } from 'zod';
import type { Actor } from './case.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import type { Role } from './role.ts';
import { Instant } from './time.ts';

/** `proposed` waits for a second person on duty; only `released` is shown to who posts it. */
export const HelpReleaseState = z.enum(['proposed', 'released', 'posted', 'declined', 'withdrawn']);
export type HelpReleaseState = z.infer<typeof HelpReleaseState>;

/** Where to reply: the public link, and, where that shows more than one thing, what tells the item from others (R9). */
export const Locator = z.object({
  link: z.string().nullable(),
  /** Title of the school's own article or status that it stands under; never the item's. */
  article: z.string().nullable(),
  at: Instant.nullable(),
  commentId: z.string().nullable(),
});
export type Locator = z.infer<typeof Locator>;

/** A help reply, let out to the one person who posts it. Of the case only the id is kept, and it is never shown to them. */
export const HelpRelease = z.object({
  id: z.string(),
  version: z.int().positive(),
  caseId: z.string(),
  postId: z.string(),
  channelId: z.string(),
  /** The account operator, by account. */
  collectorId: z.string(),
  replyText: z.string().min(5).max(2000),
  stockAnswerId: z.string(),
  stockAnswerVersion: z.int().positive(),
  /** The approved words were changed for this reply. */
  edited: z.boolean(),
  locator: Locator,
  state: HelpReleaseState,
  proposedBy: z.string(),
  releasedBy: z.string().nullable(),
  releasedAt: Instant.nullable(),
  settledAt: Instant.nullable(),
  /** Why it could not be posted. */
  reason: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type HelpRelease = z.infer<typeof HelpRelease>;

/** Help comes soon or not at all. */
const releaseDays = 7;

/** Who may be asked to post: those who work the school's own accounts. */
export const collectorRoles: readonly Role[] = ['operator', 'reviewer', 'director'];

export interface NewRelease {
  commandId: string;
  caseId: string;
  /** The version of the case that the person saw. */
  caseVersion: number;
  collectorId: string;
  replyText: string;
  stockAnswerId: string;
  stockAnswerVersion: number;
}

/** What the command has found out around it. */
export interface ReleaseFacts {
  postId: string;
  channelId: string;
  locator: Locator;
  edited: boolean;
  /** Another person on duty has an account: then changed words need a second pair of eyes. */
  hasSecond: boolean;
  /** When the text answered goes; null for none. */
  textExpiresAt: string | null;
}

/** Pure. */
export function buildRelease(
  command: NewRelease,
  facts: ReleaseFacts,
  actor: Actor,
  at: string,
): HelpRelease {
  const { commandId, caseId, collectorId, replyText, stockAnswerId, stockAnswerVersion } = command;
  const { postId, channelId, locator, edited, hasSecond, textExpiresAt } = facts;
  const waits = edited && hasSecond;
  const term = new Date(Date.parse(at) + releaseDays * 86_400_000).toISOString();
  return {
    ...{ id: commandId, version: 1, caseId, postId, channelId, collectorId, replyText },
    ...{ stockAnswerId, stockAnswerVersion, edited, locator },
    state: waits ? 'proposed' : 'released',
    proposedBy: actor.id,
    releasedBy: waits ? null : actor.id,
    releasedAt: waits ? null : at,
    ...{ settledAt: null, reason: null, createdAt: at },
    expiresAt: textExpiresAt !== null && textExpiresAt < term ? textExpiresAt : term,
  };
}

interface Aimed {
  commandId: string;
  releaseId: string;
  version: number;
}
export type ReleaseCommand =
  | (Aimed & { type: 'approve' | 'withdraw' })
  | (Aimed & { type: 'settle'; outcome: 'posted' | 'declined'; reason: string | null });

/** Pure. @throws NotFound for anybody else's, Conflict, NotPermitted, InvalidInput */
export function changeRelease(
  current: HelpRelease,
  command: ReleaseCommand,
  actor: Actor,
  at: string,
): HelpRelease {
  const isSettling = command.type === 'settle';
  const isTheirs = isSettling ? current.collectorId === actor.id : actor.roles.includes('safety');
  if (!isTheirs || current.expiresAt <= at) throw new NotFound('没有这条待发布回复，或已过期清除。');
  if (current.version !== command.version) throw new Conflict('已有更新，请重新打开后再处理。');
  const next = { ...current, version: current.version + 1 };
  if (command.type === 'settle') {
    if (current.state !== 'released') throw new Conflict('这条回复已处理或已撤回。');
    const reason = command.reason?.trim() ?? '';
    if (command.outcome === 'declined' && reason.length < 2) {
      throw new InvalidInput('reason', '请写明不能发布的原因。');
    }
    return { ...next, state: command.outcome, settledAt: at, reason: reason === '' ? null : reason };
  }
  if (command.type === 'withdraw') {
    if (current.state !== 'released' && current.state !== 'proposed')
      throw new Conflict('已处理，不能撤回。');
    return { ...next, state: 'withdrawn', settledAt: at };
  }
  if (current.state !== 'proposed') throw new Conflict('这条回复不在等待复核。');
  if (current.proposedBy === actor.id) throw new NotPermitted('改动过的回复要由另一位值班人员复核。');
  return { ...next, state: 'released', releasedBy: actor.id, releasedAt: at };
}
