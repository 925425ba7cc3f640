import { z } from 'zod';
import type { Actor, Case } from '../domain/case.ts';
import type { DecisionCommand } from '../domain/decision.ts';
import { type Handover, type HandoverEvent, noDetails, usualOrder } from '../domain/handover.ts';
import type { MoveCommand } from '../domain/handover-moves.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import { expiresAt, type RetentionClass } from '../domain/retention-class.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { caseExpiresAt } from './decision-record.ts';

/** A slip's place in a list. */
export const DueCursor = z.tuple([z.string(), z.string()]);

/** What both stores write beside a slip and its event. */
export function buildHandoverAudit(event: HandoverEvent, number: string): NewAuditEntry {
  const { role, unitId, onBehalfOf, from, to, details, handoverVersion } = event;
  return {
    id: `${event.id}/handover`,
    log: 'audit',
    at: event.at,
    actorId: event.actorId,
    action: `handover.${event.kind}`,
    subject: event.handoverId,
    payload: { number, handoverVersion, role, unitId, onBehalfOf, from, to, details },
  };
}

export function buildHandoverOutbox(event: HandoverEvent): OutboxEntry {
  const id = `${event.id}/handover`;
  return { id, topic: 'handover.changed', subject: event.handoverId, createdAt: event.at };
}

/** The first event of a slip, with the id of the decision that made it. */
export function buildSentEvent(slip: Handover, actor: Actor): HandoverEvent {
  return {
    ...{ id: slip.id, handoverId: slip.id, handoverVersion: 1, kind: 'sent', at: slip.sentAt },
    ...{ actorId: actor.id, role: null, unitId: null, onBehalfOf: null, from: null, to: 'sent' },
    details: { ...noDetails, dueAt: slip.dueAt, unitIds: [slip.executorUnitId, ...slip.coUnitIds] },
  };
}

export function orderOf(command: DecisionCommand) {
  return command.handover ?? usualOrder;
}

export interface HandoverText {
  eventId: string;
  handoverId: string;
  caseId: string;
  text: string;
  accessClass: Case['accessClass'];
  retentionClass: RetentionClass;
  expiresAt: string;
}

/**
 * What people write on a slip may quote: it goes with the quoted text, after the term of a comment at the latest. An answer in the
 * office's own words, of which it was found that they do not quote, stays as long as the case's record.
 * @param textExpiresAt of the earliest text of the case
 */
export function buildHandoverText(
  known: { event: HandoverEvent; slip: Handover; current: Case; textExpiresAt: string | null },
  text: string | null,
  quoting: boolean | undefined,
): HandoverText | null {
  const { event, slip, current, textExpiresAt } = known;
  if (text === null || text.trim() === '') return null;
  const common = {
    ...{ eventId: event.id, handoverId: slip.id, caseId: current.id, text },
    accessClass: slip.originAccessClass,
  };
  if (event.kind === 'answer' && quoting === false) {
    return { ...common, retentionClass: 'record', expiresAt: caseExpiresAt(current) };
  }
  const term = expiresAt('comment', event.at) ?? event.at;
  const sooner = textExpiresAt !== null && textExpiresAt < term ? textExpiresAt : term;
  return { ...common, retentionClass: 'comment', expiresAt: sooner };
}

/** What the caller said, without what the command found out: that may come out otherwise when the same is sent again. */
export function saidByCaller({ quoting: _found, ...said }: MoveCommand) {
  return said;
}
