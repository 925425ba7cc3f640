import type { CardText, SaveCard } from '../domain/case-card.ts';
import { Conflict } from '../domain/errors.ts';
import type { InstructionEvent, MoveCommand, StartCommand } from '../domain/instruction.ts';
import { Subject, subjectKey } from '../domain/instruction.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import { expiresAt } from '../domain/retention-class.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

/** One id serves event, audit and outbox entry, so that a second write collides with itself. */
export function buildInstructionFacts(event: InstructionEvent): {
  audit: NewAuditEntry;
  outbox: OutboxEntry;
} {
  const { id, at, actorId, instructionId, move, version, unitId, dueAt, onBehalfOf } = event;
  const payload = { version, unitId, dueAt, onBehalfOf };
  return {
    audit: {
      ...{ id, log: 'audit', at, actorId, payload },
      action: `instruction.${move}`,
      subject: instructionId,
    },
    outbox: { id, topic: 'instruction.changed', subject: instructionId, createdAt: at },
  };
}

/** @throws Conflict when the id stands for another command */
export function assertSameMove(
  known: InstructionEvent,
  command: StartCommand | MoveCommand,
  actorId: string,
): void {
  const same =
    known.move === command.move &&
    known.actorId === actorId &&
    known.text === command.text.trim() &&
    known.unitId === command.unitId &&
    known.dueAt === command.dueAt &&
    (!('instructionId' in command) || known.instructionId === command.instructionId);
  if (!same) throw new Conflict('同一编号的操作已经记录过，内容不同。');
}

/** The words are not kept in the log: their length says that there were some. */
export function buildCardAudit(
  command: SaveCard,
  version: number,
  by: { actorId: string; at: string },
): NewAuditEntry {
  const { stockAnswerId, gist, nextStep } = command;
  return {
    ...{ id: command.commandId, log: 'audit', at: by.at, actorId: by.actorId },
    action: 'card.saved',
    subject: subjectKey(command.subject),
    payload: { version, stockAnswerId, gistLength: gist.length, nextStepLength: nextStep.length },
  };
}

/** With the case record: it holds no words of anybody else's. */
export function cardExpiresAt(at: string): string {
  return expiresAt('record', at) ?? at;
}

export function caseIdOf(subject: Subject): string | null {
  return subject.kind === 'case' ? subject.caseId : null;
}

/** What `subjectKey` made. */
export function parseSubject(key: string): Subject {
  const [kind = '', ...rest] = key.split(':');
  const value = rest.join(':');
  return Subject.parse(kind === 'case' ? { kind, caseId: value } : { kind, topic: value });
}

export function isSameCard(card: CardText, command: SaveCard): boolean {
  return (
    card.gist === command.gist &&
    card.nextStep === command.nextStep &&
    card.stockAnswerId === command.stockAnswerId
  );
}

/** @throws Conflict: the card says something else by now, or the id stands for another command */
export function assertNewCard(known: unknown): void {
  if (known !== null && known !== undefined) throw new Conflict('同一编号的操作已经记录过，内容不同。');
}
