import { strictestAccess } from '../domain/access-class.ts';
import type { Actor, Case, CaseEvent } from '../domain/case.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import { expiresAt, type RetentionClass } from '../domain/retention-class.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { newSalt, saltedDigest } from './audit-entry.ts';

/**
 * What both stores write beside the case and its event. One id serves all four, so that a second write collides.
 * @param actor whose `onBehalfOf` is kept: what was done with a lent right
 */
export function buildDecisionAudit(
  event: CaseEvent,
  { onBehalfOf }: Pick<Actor, 'onBehalfOf'> = {},
): NewAuditEntry {
  return {
    id: event.id,
    log: 'audit',
    at: event.at,
    actorId: event.actorId,
    action: `case.${event.kind}`,
    subject: event.caseId,
    payload: {
      caseVersion: event.caseVersion,
      decision: event.decision,
      undoes: event.undoes,
      ...(event.reason === undefined ? {} : { reason: event.reason }),
      ...(event.holderId === undefined ? {} : { holderId: event.holderId }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    },
  };
}

export function buildDecisionOutbox(event: CaseEvent): OutboxEntry {
  return { id: event.id, topic: 'case.decided', subject: event.caseId, createdAt: event.at };
}

/** Tells a repeated command from another one that uses the same id, without keeping its note. */
export interface CommandSeal {
  salt: string;
  digest: string;
}

/** What the calendar makes of an order may come out otherwise when the same is sent again. */
function toSeal(said: unknown): string {
  return JSON.stringify(said, (name, value: unknown) => (name === 'plannedDueAt' ? undefined : value));
}

export function sealCommand(command: object, actor: Actor, salt = newSalt()): CommandSeal {
  return { salt, digest: saltedDigest(salt, toSeal([actor.id, Object.entries(command).sort()])) };
}

export function isSameCommand(seal: CommandSeal, command: object, actor: Actor): boolean {
  return sealCommand(command, actor, seal.salt).digest === seal.digest;
}

export interface CaseNote {
  eventId: string;
  caseId: string;
  note: string;
  accessClass: Case['accessClass'];
  retentionClass: RetentionClass;
  expiresAt: string;
}

/** What is written about a text may quote it: it goes with the text, and after the term of a comment at the latest (R8). */
export function noteExpiry(at: string, textExpiresAt: string | null): string {
  const term = expiresAt('comment', at) ?? at;
  return textExpiresAt !== null && textExpiresAt < term ? textExpiresAt : term;
}

/** What those on duty write while a case is with them stays with them, also with the step that brings it back (R19). */
export function buildNote(
  event: CaseEvent,
  next: Case,
  note: string | null,
  textExpiresAt: string | null,
): CaseNote | null {
  if (note === null || note === '') return null;
  return {
    eventId: event.id,
    caseId: next.id,
    note,
    accessClass: strictestAccess([event.before.accessClass, next.accessClass]),
    retentionClass: 'comment',
    expiresAt: noteExpiry(event.at, textExpiresAt),
  };
}

/** The case record is kept without text for its term, counted from its opening. */
export function caseExpiresAt(one: Case): string {
  return expiresAt('record', one.openedAt) ?? one.openedAt;
}
