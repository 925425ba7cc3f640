import type { AccessClass } from '../domain/access-class.ts';
import type { Actor } from '../domain/case.ts';
import { Conflict } from '../domain/errors.ts';
import type { HelpRelease, ReleaseCommand } from '../domain/help-release.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import type { Reply, ReplyCommand } from '../domain/reply.ts';
import { newestVersion, type StockAnswer } from '../domain/stock-answer.ts';
import type { AnswerCommand } from '../domain/stock-answer-change.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import { isSameCommand, sealCommand } from './decision-record.ts';

/** What both stores write beside a stock answer, a reply or a release: the entry's id is the command's. */
interface Done {
  commandId: string;
  action: string;
  subject: string;
  payload: Record<string, unknown>;
}

/** No text: a salted digest of the command tells it from another one under the same id. */
function buildEntry(done: Done, command: object, actor: Actor, at: string): NewAuditEntry {
  const { commandId: id, action, subject } = done;
  const lent = actor.onBehalfOf === undefined ? {} : { onBehalfOf: actor.onBehalfOf };
  const payload = { ...done.payload, ...lent, seal: sealCommand(command, actor) };
  return { id, log: 'audit', at, actorId: actor.id, action, subject, payload };
}

export function buildStockAudit(
  answer: StockAnswer,
  command: AnswerCommand,
  actor: Actor,
  at: string,
): NewAuditEntry {
  const { version, state } = newestVersion(answer);
  const payload = { revision: answer.revision, version, state, kind: answer.kind };
  const done = {
    commandId: command.commandId,
    action: `answer.${command.type}`,
    subject: answer.id,
    payload,
  };
  return buildEntry(done, command, actor, at);
}

export function buildReplyAudit(
  reply: Reply,
  command: ReplyCommand,
  actor: Actor,
  at: string,
): NewAuditEntry {
  const { id, caseId, version, state, stockAnswerId, stockAnswerVersion } = reply;
  const payload = { caseId, version, state, stockAnswerId, stockAnswerVersion };
  return buildEntry(
    { commandId: command.commandId, action: `reply.${state}`, subject: id, payload },
    command,
    actor,
    at,
  );
}

/** What was hidden with a referral is seen while the case is with those on duty; after a return a new draft begins. */
export function classesOfDrafts(
  one: { accessClass: AccessClass },
  accessClasses: readonly AccessClass[],
): AccessClass[] {
  return accessClasses.filter((access) => access !== 'safety' || one.accessClass === 'safety');
}

/** Open pages look again, as after a decision. */
export function buildReplyOutbox(reply: Reply, { commandId }: ReplyCommand): OutboxEntry {
  return { id: commandId, topic: 'case.decided', subject: reply.caseId, createdAt: reply.changedAt };
}

export function buildReleaseAudit(
  release: HelpRelease,
  command: { commandId: string },
  actor: Actor,
  at: string,
): NewAuditEntry {
  const { id, caseId, version, state, collectorId, edited, stockAnswerId, stockAnswerVersion } = release;
  const payload = { caseId, version, state, collectorId, edited, stockAnswerId, stockAnswerVersion };
  return buildEntry(
    { commandId: command.commandId, action: `help.${state}`, subject: id, payload },
    command,
    actor,
    at,
  );
}

/** The audit entry that stands under a command's id. `body`: its payload, null once erased. */
export interface KnownCommand {
  subject: string;
  body: string | null;
}

/**
 * @returns the id of what the command made; null where nobody has sent it yet
 * @throws Conflict when another command, or person, has the id
 */
export function subjectOfRepeated(
  known: KnownCommand | null,
  command: AnswerCommand | ReplyCommand | ReleaseCommand | { commandId: string },
  actor: Actor,
): string | null {
  if (known === null) return null;
  const payload = (known.body === null ? {} : JSON.parse(known.body)) as {
    seal?: ReturnType<typeof sealCommand>;
  };
  if (payload.seal === undefined || !isSameCommand(payload.seal, command, actor)) {
    throw new Conflict('同一编号的操作已经记录过，内容不同。');
  }
  return known.subject;
}
