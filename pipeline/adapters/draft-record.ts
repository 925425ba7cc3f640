import { z } from 'zod';
import type { Draft } from '../domain/draft.ts';
import type { DraftContent } from '../domain/draft-content.ts';
import { confirmationDueAt, lateReviewDueAt, takeDownDueAt } from '../domain/draft-due.ts';
import type { DraftFilter } from '../domain/draft-filter.ts';
import type { DraftEvent } from '../domain/draft-move-command.ts';
import { type DraftMover, involvedIn, type Opening, openingsFor, openingsOf } from '../domain/draft-steps.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import { StepRole, unitRoles } from '../domain/review-chain.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

/** A draft's place in a list: what it is ordered by, and its id. */
export const DraftCursor = z.tuple([z.string(), z.string()]);

/** What stands in a draft's row beside its facts. */
export function draftKeys(draft: Draft) {
  return {
    ...{ lateBy: lateReviewDueAt(draft), confirmBy: confirmationDueAt(draft) },
    takeDownAt: takeDownDueAt(draft),
    waits: waitsOf(draft),
    writers: draft.writers,
    involved: involvedIn(draft),
    named: [...new Set((draft.chain?.steps ?? []).flatMap(({ personIds }) => personIds))],
    channels: channelsOf(draft),
  };
}

/** Meant for, live on, or both. */
function channelsOf({ channels, publications, live }: Draft): string[] {
  const published = publications.map(({ channelId }) => channelId);
  return [...new Set([...channels, ...published, ...(live?.channels ?? [])])];
}

const key = (kind: 'role' | 'person' | 'signer', id: string, unitId: string | null) =>
  JSON.stringify([kind, id, unitId]);

function waitsFor({ kind, role, unitId, personIds }: Opening, ofUnit: string): string[] {
  if (role !== null) return [key('role', role, unitId)];
  const as = kind === 'confirmation' ? 'signer' : 'person';
  // Who holds a role for a unit may be named by that unit alone.
  return personIds.flatMap((id) => [key(as, id, null), key(as, id, ofUnit)]);
}

/** What waits, in words that an index can answer: who holds one of them, and has no other part, may take it up. */
function waitsOf(draft: Draft): string[] {
  return [...new Set(openingsOf(draft).flatMap((opening) => waitsFor(opening, draft.unitId)))];
}

/**
 * The other side of `waitsOf`: what this person may take up, as whom. `held` counts only where neither the person nor the holder has
 * a part in the draft; `signed` counts whatever part they have. The same as `findHolding`, which is asked again for each draft.
 */
export function waitsForMover({ id, student, appointments }: DraftMover): {
  held: { key: string; holder: string }[];
  signed: string[];
} {
  const able = student ? [] : appointments.filter(({ role }) => StepRole.safeParse(role).success);
  const held = new Map<string, { key: string; holder: string }>();
  const signed = new Set<string>();
  for (const { role, unitId, onBehalfOf } of able) {
    const holder = onBehalfOf ?? id;
    const unit = unitRoles.has(role) ? unitId : null;
    if (unitRoles.has(role) && unitId === null) continue;
    for (const one of [key('role', role, unit), key('person', holder, unit)])
      held.set(JSON.stringify([one, holder]), { key: one, holder });
    if (onBehalfOf === null) signed.add(key('signer', id, unit));
  }
  return { held: [...held.values()], signed: [...signed] };
}

/** By what a list is ordered, and which way. */
export const draftOrder: Record<
  DraftFilter,
  { by: 'changed' | 'late' | 'confirm' | 'take-down'; latestFirst: boolean }
> = {
  'to-review': { by: 'changed', latestFirst: false },
  late: { by: 'late', latestFirst: false },
  unconfirmed: { by: 'confirm', latestFirst: false },
  'take-down': { by: 'take-down', latestFirst: false },
  ...{ mine: { by: 'changed', latestFirst: true }, writing: { by: 'changed', latestFirst: true } },
  ...{ 'in-review': { by: 'changed', latestFirst: true }, returned: { by: 'changed', latestFirst: true } },
  ...{ approved: { by: 'changed', latestFirst: true }, published: { by: 'changed', latestFirst: true } },
  ...{ closed: { by: 'changed', latestFirst: true }, all: { by: 'changed', latestFirst: true } },
};

/** The states of the filters that ask for nothing else. */
export const filterStates = {
  writing: ['draft', 'withdrawn', 'correcting'],
  'in-review': ['in-review'],
  returned: ['returned'],
  approved: ['approved'],
  published: ['published'],
  closed: ['archived', 'rejected', 'recalled'],
} as const satisfies Partial<Record<DraftFilter, readonly Draft['state'][]>>;

export function placeOf(draft: Draft, filter: DraftFilter): [string, string] {
  const { by } = draftOrder[filter];
  const keys = draftKeys(draft);
  const at = {
    changed: draft.changedAt,
    late: keys.lateBy,
    confirm: keys.confirmBy,
    'take-down': keys.takeDownAt,
  }[by];
  return [at ?? draft.changedAt, draft.id];
}

/** The domain has the last word on what waits for whom. */
export function isListed(draft: Draft, filter: DraftFilter, mover: DraftMover): boolean {
  return filter !== 'to-review' || openingsFor(draft, mover).length > 0;
}

/** Hashes of the files that a version shows or hands out. */
export function filesOf({ images, attachments }: DraftContent): string[] {
  return [...new Set([...images, ...attachments].map(({ hash }) => hash))];
}

/** Of files that events name, not a version. */
export const eventFiles = 0;

/** What both stores write beside a draft and its event. */
export function buildDraftAudit(event: DraftEvent, number: string | null): NewAuditEntry {
  const { revision, contentVersion, round, role, unitId, onBehalfOf, from, to } = event;
  const { keys, url: _url, ...details } = event.details;
  return {
    id: auditIdOf(event),
    log: 'audit',
    at: event.at,
    actorId: event.actorId,
    action: `draft.${event.kind}`,
    subject: event.draftId,
    payload: {
      ...{ number, revision, contentVersion, round, role, unitId, onBehalfOf, from, to },
      details: { ...details, keys: keys.length },
    },
  };
}

/** Carries the command's id, so that one command is never two. */
function auditIdOf({ id, kind, draftId }: DraftEvent): string {
  return `${kind === 'created' ? draftId : id}/draft`;
}

export function buildDraftOutbox(event: DraftEvent): OutboxEntry {
  return { id: auditIdOf(event), topic: 'draft.changed', subject: event.draftId, createdAt: event.at };
}
