import type { Draft } from '../../pipeline/domain/draft.ts';
import {
  channelsToTakeDown,
  confirmationDueAt,
  lateReviewDueAt,
  takeDownDueAt,
} from '../../pipeline/domain/draft-due.ts';
import type { DraftEvent } from '../../pipeline/domain/draft-move-command.ts';
import { type DraftMover, openingsFor, openSteps } from '../../pipeline/domain/draft-steps.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type { DraftEventView, DraftSummary } from '../contract/draft.ts';
import type { RouteDeps } from '../http/call.ts';

export type Names = Pick<RouteDeps, 'directory'>;

/** Units and channels by name. */
export function namer(settings: Settings, { directory }: Names) {
  return {
    unit: (id: string) => directory.unit(settings, id),
    channel: (id: string) => directory.channel(settings, id),
  };
}

function presentTakeDown(draft: Draft, channel: (id: string) => { id: string; name: string }) {
  const dueAt = takeDownDueAt(draft);
  return dueAt === null ? null : { dueAt, left: channelsToTakeDown(draft).map(channel) };
}

export async function presentDraft(draft: Draft, mover: DraftMover, deps: Names): Promise<DraftSummary> {
  const { unit, channel } = namer(await deps.directory.settings(), deps);
  const { id, revision, number, title, genre, state, purpose, round, contentVersion } = draft;
  const { plannedAt, publicityUntil, createdAt, changedAt, approvedAt, publishedAt, urgent } = draft;
  return {
    ...{ id, revision, number, title, genre, state, purpose, round, contentVersion },
    ...{ plannedAt, publicityUntil, createdAt, changedAt, approvedAt, publishedAt },
    unit: unit(draft.unitId),
    draftedByName: await deps.directory.colleagueName(draft.authorId),
    channels: draft.channels.map(channel),
    urgent: urgent === null ? null : { reason: urgent.reason, lateBy: lateReviewDueAt(draft) },
    openSteps: openSteps(draft),
    passedSteps: draft.passes.map(({ step }) => step),
    waitsForMe: openingsFor(draft, mover).length > 0,
    isMine: draft.writers.includes(mover.id),
    asksAllowance: draft.asked !== null,
    confirmBy: confirmationDueAt(draft),
    takeDown: presentTakeDown(draft, channel),
    submittedAt: draft.submitted?.at ?? null,
  };
}

export async function presentDraftEvent(
  event: DraftEvent,
  settings: Settings,
  deps: Names,
): Promise<DraftEventView> {
  const { unit, channel } = namer(settings, deps);
  const { id, kind, at, role, from, to, round, contentVersion, text, details } = event;
  const { step, errorsFound, readAloud, late, keys, url, scan, sealDigest } = details;
  return {
    ...{ id, kind, at, role, from, to, round, contentVersion, text },
    ...{ step, errorsFound, readAloud, late, keys, url, scan, sealDigest },
    byName: await deps.directory.colleagueName(event.actorId),
    unit: event.unitId === null ? null : unit(event.unitId),
    onBehalfOfName: await deps.directory.colleagueName(event.onBehalfOf),
    channel: details.channelId === null ? null : channel(details.channelId),
    leaderName: await deps.directory.colleagueName(details.leaderId),
  };
}
