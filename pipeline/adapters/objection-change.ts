import { Conflict, NotFound } from '../domain/errors.ts';
import type { Objection } from '../domain/objection.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { ObjectionChange } from '../ports/objection-list.ts';

/** Without the digest: it would outlive its entry here. */
export function auditAdded(
  { id: subject, platform, kid, receivedOn, reference }: Objection,
  { id, at, actorId }: ObjectionChange,
): NewAuditEntry {
  const payload = { platform, kid, receivedOn, reference };
  return { id, log: 'audit', at, actorId, action: 'objection.added', subject, payload };
}

export function auditRemoved(
  subject: string,
  reason: string,
  { id, at, actorId }: ObjectionChange,
): NewAuditEntry {
  return { id, log: 'audit', at, actorId, action: 'objection.removed', subject, payload: { reason } };
}

export function takenObjection(known: Objection): Conflict {
  return new Conflict(`This objection is on the list already: entry ${known.id}.`);
}

export function unknownObjection(id: string): NotFound {
  return new NotFound(`There is no objection "${id}".`);
}

export function isSameObjection(one: Objection, other: Objection): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}
