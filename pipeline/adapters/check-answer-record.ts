import type { Actor } from '../domain/case.ts';
import type { AnswerFindingCommand, RememberedAnswer, TakeBackCommand } from '../domain/check-memory.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { sealCommand } from './decision-record.ts';

/** Under this id the answer stands, whoever gives it. */
export function answerId({ ownerId, key }: Pick<RememberedAnswer, 'ownerId' | 'key'>): string {
  return `${ownerId} ${key}`;
}

/** Without the words: the log holds no text. */
export function buildAnswerAudit(
  action: 'check.answered' | 'check.answer-taken-back',
  { command, answer }: { command: AnswerFindingCommand | TakeBackCommand; answer: RememberedAnswer },
  { actor, at }: { actor: Actor; at: string },
): NewAuditEntry {
  const { scope, unitId, key, rule, times } = answer;
  const lent = actor.onBehalfOf === undefined ? {} : { onBehalfOf: actor.onBehalfOf };
  const payload = { scope, unitId, key, rule, times, ...lent, seal: sealCommand(command, actor) };
  const subject = answer.ownerId;
  return { id: command.commandId, log: 'audit', at, actorId: actor.id, action, subject, payload };
}
