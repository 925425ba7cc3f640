import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import type { Actor, Case, CaseEvent } from './case.ts';
import type { ChannelKind } from './channel.ts';
import { isToBeAnswered } from './closing.ts';
import { assertOwnQueue, decisionMoves } from './decision.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import { maskMentions } from './mentions.ts';
import { Instant } from './time.ts';

export const ReplyState = z.enum(['draft', 'ready', 'posted']);
export type ReplyState = z.infer<typeof ReplyState>;

/** What is to be answered in public, drafted here. A person posts it at the platform: nothing here can (R12, R22). */
export const Reply = z.object({
  id: z.string(),
  caseId: z.string(),
  version: z.int().positive(),
  text: z.string().min(1).max(2000),
  stockAnswerId: z.string().nullable(),
  stockAnswerVersion: z.int().positive().nullable(),
  state: ReplyState,
  changedBy: z.string(),
  changedAt: Instant,
  postedBy: z.string().nullable(),
  postedAt: Instant.nullable(),
  /** Where it stands in public, as the person says. */
  address: z.string().nullable(),
  accessClass: AccessClass,
  /** It goes with the text that it answers, and after the term of a comment at the latest (R8). */
  expiresAt: Instant,
});
export type Reply = z.infer<typeof Reply>;

interface Aimed {
  commandId: string;
  caseId: string;
  /** The version that the person saw; null where there was none. */
  version: number | null;
}
export type ReplyCommand =
  | (Aimed & {
      type: 'write';
      text: string;
      stockAnswerId: string | null;
      stockAnswerVersion: number | null;
    })
  | (Aimed & { type: 'move'; to: ReplyState; address: string | null });

/** The status table: `posted` is taken back where it was marked by mistake. */
const moves: Record<ReplyState, readonly ReplyState[]> = {
  draft: ['ready', 'posted'],
  ready: ['draft', 'posted'],
  posted: ['draft'],
};

/** Still to be answered, or perhaps: undecided, decided to be answered, or with the unit. */
export function mayDraftReply(current: Case, holding: CaseEvent | null): boolean {
  const open = ['open', 'reopened', 'handed-over', 'answered'];
  return open.includes(current.state) || isToBeAnswered(current, holding);
}

function assertMayReply(current: Case, holding: CaseEvent | null, actor: Actor): void {
  assertOwnQueue(current, actor);
  if (!actor.roles.some((role) => decisionMoves.answer.actors.includes(role))) {
    throw new NotPermitted('您的角色不能拟写回应。');
  }
  if (current.accessClass === 'safety' || !mayDraftReply(current, holding)) {
    throw new Conflict('这条线索现在不需要回应。');
  }
}

/** @throws InvalidInput (`address`) */
function parseAddress(typed: string | null): string | null {
  const bare = typed?.trim() ?? '';
  if (bare === '') return null;
  if (!URL.canParse(bare) || !/^https?:$/.test(new URL(bare).protocol)) {
    throw new InvalidInput('address', '回应的地址应以 http:// 或 https:// 开头。');
  }
  return bare;
}

/**
 * Pure: the draft after a command. Mentions are masked: who is answered stands at the platform, not here (R2).
 * @param known the draft that holds, if any; `expiresAt`: when the answered text goes, or the term of a comment ends
 */
export function changeReply(
  known: { current: Case; holding: CaseEvent | null; reply: Reply | null; expiresAt: string },
  command: ReplyCommand,
  actor: Actor,
  at: string,
): Reply {
  const { current, holding, reply, expiresAt } = known;
  assertMayReply(current, holding, actor);
  if ((reply?.version ?? null) !== command.version) {
    throw new Conflict('这份回应稿已有更新，请重新打开后再改。');
  }
  const changed = { version: (reply?.version ?? 0) + 1, changedBy: actor.id, changedAt: at };
  if (command.type === 'write') {
    if (reply?.state === 'posted') throw new Conflict('已标为发布，要改请先取消发布标记。');
    const { caseId, stockAnswerId, stockAnswerVersion } = command;
    const text = maskMentions(command.text.trim());
    if (text === '') throw new InvalidInput('text', '请先写回应内容。');
    const fresh = {
      id: command.commandId,
      caseId,
      state: 'draft',
      accessClass: current.accessClass,
    } as const;
    const unposted = { postedBy: null, postedAt: null, address: null };
    return {
      ...(reply ?? fresh),
      ...{ ...changed, text, stockAnswerId, stockAnswerVersion, expiresAt },
      ...{ ...unposted, state: 'draft' as const },
    };
  }
  if (reply === null) throw new Conflict('还没有回应稿。');
  if (!moves[reply.state].includes(command.to)) throw new Conflict('回应稿已经是这个状态。');
  const isPosted = command.to === 'posted';
  return {
    ...reply,
    ...changed,
    state: command.to,
    postedBy: isPosted ? actor.id : null,
    postedAt: isPosted ? at : null,
    address: isPosted ? parseAddress(command.address) : null,
  };
}

/**
 * How many characters a reply may have, by where it is posted; null where the platform's documents name no limit.
 * Weibo: comments/create and comments/reply of its Open Platform, 140 Chinese characters.
 */
export const replyLimits: Record<ChannelKind | 'lead', number | null> = {
  weibo: 140,
  wechat: null,
  site: null,
  feed: null,
  manual: null,
  lead: null,
};

const bare = (text: string) =>
  maskMentions(text)
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{Cf}]/gu, '');

/** Was posted what was drafted? Spaces and punctuation aside, and whoever the platform puts before it. */
export function isSameReply(drafted: string, seen: string): boolean {
  const [wanted, found] = [bare(drafted), bare(seen.replace(/^\s*回复\s*[@＠]\S*?[:：]/u, ''))];
  return wanted !== '' && wanted === found;
}
