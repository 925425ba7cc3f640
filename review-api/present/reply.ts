import type { SeenReply } from '../../pipeline/commands/draft-reply.ts';
import type { Actor, Case, CaseEvent } from '../../pipeline/domain/case.ts';
import { decisionMoves } from '../../pipeline/domain/decision.ts';
import type { HelpRelease } from '../../pipeline/domain/help-release.ts';
import { maskText } from '../../pipeline/domain/mask.ts';
import { findPersonalHints } from '../../pipeline/domain/personal-hints.ts';
import { mayDraftReply, type Reply, replyLimits } from '../../pipeline/domain/reply.ts';
import type { Rights } from '../../pipeline/domain/role.ts';
import type { CollectedReply, HelpReleaseView } from '../contract/help-release.ts';
import type { ReplyAnswer, ReplyView } from '../contract/reply.ts';
import type { RouteDeps } from '../http/call.ts';

type Deps = Pick<RouteDeps, 'directory'>;

export async function presentReply(
  { current, reply, seen }: { current: Case; reply: Reply | null; seen: SeenReply | null },
  { actor, rights, holding }: { actor: Actor; rights: Rights; holding: CaseEvent | null },
  deps: Deps,
): Promise<ReplyAnswer> {
  const isMasked = rights.view[current.accessClass] !== 'full' && reply?.changedBy !== actor.id;
  const { channels } = await deps.directory.settings();
  const kind = channels.find(({ id }) => id === current.channelId)?.kind ?? 'lead';
  const isAllowed = actor.roles.some((role) => decisionMoves.answer.actors.includes(role));
  return {
    reply: reply === null ? null : await presentDraft(reply, isMasked, deps),
    mayWrite: isAllowed && current.accessClass !== 'safety' && mayDraftReply(current, holding),
    limit: replyLimits[kind],
    seen,
  };
}

async function presentDraft(reply: Reply, isMasked: boolean, { directory }: Deps): Promise<ReplyView> {
  const { version, stockAnswerId, stockAnswerVersion, state, changedAt, postedAt, address } = reply;
  const text = isMasked ? maskText(reply.text, []) : reply.text;
  return {
    ...{ version, text, stockAnswerId, stockAnswerVersion, state, changedAt, postedAt, address },
    isMasked: text !== reply.text,
    changedByName: await directory.colleagueName(reply.changedBy),
    postedByName: await directory.colleagueName(reply.postedBy),
    hints: findPersonalHints(reply.text),
  };
}

/** For those on duty. */
export async function presentRelease(
  release: HelpRelease,
  actor: Actor,
  { directory }: Deps,
): Promise<HelpReleaseView> {
  const { id, version, state, replyText, edited, createdAt, settledAt, reason, expiresAt } = release;
  return {
    ...{ id, version, state, replyText, edited, createdAt, settledAt, reason, expiresAt },
    collectorName: await directory.colleagueName(release.collectorId),
    proposedByName: await directory.colleagueName(release.proposedBy),
    releasedByName: await directory.colleagueName(release.releasedBy),
    byMe: release.proposedBy === actor.id,
  };
}

/** For the one who posts it: field by field, so that nothing else of the release or its case goes along (R9, R19). */
export async function presentCollected(release: HelpRelease, { directory }: Deps): Promise<CollectedReply> {
  const { id, version, state, replyText, locator, settledAt, reason, expiresAt } = release;
  const settings = await directory.settings();
  return {
    ...{ id, version, replyText, locator, settledAt, reason, expiresAt },
    state: state === 'posted' || state === 'declined' ? state : 'released',
    channelName: directory.channel(settings, release.channelId).name,
    releasedByName: await directory.colleagueName(release.releasedBy),
    releasedAt: release.releasedAt ?? release.createdAt,
  };
}
