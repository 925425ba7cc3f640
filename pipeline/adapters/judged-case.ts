import { type AccessClass, strictestAccess } from '../domain/access-class.ts';
import { type Case, type CaseEvent, isUndecided } from '../domain/case.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import type { Post } from '../domain/post.ts';
import { expiresAt } from '../domain/retention-class.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { Judgement } from '../ports/post-store.ts';

/** What a judgement means for the case of its post: pure, and the same for both stores. */
export type CaseChange =
  | { kind: 'none' }
  | { kind: 'open'; next: Case; event: CaseEvent }
  | { kind: 'update'; next: Case; event: CaseEvent; expectedVersion: number };

function factsOf(verdict: Verdict) {
  return {
    level: verdict.risk.level,
    riskScore: verdict.risk.score,
    lifeSafety: verdict.lifeSafety,
    categories: [...new Set(verdict.findings.map((finding) => finding.category))],
    service: verdict.service === null ? null : { kind: verdict.service.kind, topic: verdict.service.topic },
  };
}

function eventOf(one: Case, id: string, kind: CaseEvent['kind'], before: Case, at: string): CaseEvent {
  const { state, accessClass, queues, unitId, referredAt } = before;
  return {
    id,
    caseId: one.id,
    caseVersion: one.version,
    kind,
    at,
    actorId: null,
    decision: null,
    undoes: null,
    before: { state, accessClass, queues, unitId, referredAt },
  };
}

function openCase(
  post: Pick<Post, 'id' | 'channelId'>,
  judgement: Judgement,
  previous: Case | null,
  at: string,
): CaseChange {
  const { verdict } = judgement;
  const next: Case = {
    id: judgement.caseId,
    version: 1,
    state: 'open',
    queues: verdict.queues,
    accessClass: verdict.accessClass,
    ...factsOf(verdict),
    channelId: post.channelId,
    postIds: [post.id],
    textVersion: judgement.textVersion,
    openedAt: at,
    decisionId: null,
    decidedAt: null,
    unitId: null,
    referredAt: null,
    previousCaseId: previous?.id ?? null,
    claim: null,
  };
  return { kind: 'open', next, event: eventOf(next, next.id, 'opened', next, at) };
}

/** A class that a person or an earlier verdict made stricter is not loosened by the machine. */
function effectiveAccess(verdict: Verdict, current: Case | null): AccessClass {
  if (current === null || !isUndecided(current.state)) return verdict.accessClass;
  return strictestAccess([verdict.accessClass, current.accessClass]);
}

/** The classes a text has from now on. Own articles keep their life whatever is found in them; only what others wrote can be noise. */
export function judgedClasses(
  post: Pick<Post, 'retentionClass' | 'gatheredAt' | 'expiresAt'>,
  verdict: Verdict,
  current: Case | null,
): Pick<Post, 'accessClass' | 'retentionClass' | 'expiresAt'> {
  const awaitsPerson = current !== null && isUndecided(current.state);
  const isNoise = verdict.noise && post.retentionClass === 'comment' && !awaitsPerson;
  return {
    accessClass: effectiveAccess(verdict, current),
    retentionClass: isNoise ? 'noise' : post.retentionClass,
    expiresAt: isNoise ? expiresAt('noise', post.gatheredAt) : post.expiresAt,
  };
}

function updateCase(current: Case, judgement: Judgement, at: string): CaseChange {
  const { verdict } = judgement;
  const accessClass = effectiveAccess(verdict, current);
  const stays = current.accessClass === 'safety';
  const next: Case = {
    ...current,
    ...factsOf(verdict),
    version: current.version + 1,
    accessClass,
    queues: stays ? current.queues : [...new Set([...current.queues, ...verdict.queues])],
    textVersion: judgement.textVersion,
  };
  const event = eventOf(next, `${current.id}@${judgement.textVersion}`, 'source-edited', current, at);
  return { kind: 'update', next, event, expectedVersion: current.version };
}

/** @param current the newest case of the post, if there is one */
export function buildCaseChange(
  post: Pick<Post, 'id' | 'channelId'>,
  judgement: Judgement,
  current: Case | null,
  at: string,
): CaseChange {
  const needsPerson = judgement.verdict.queues.length > 0;
  if (current === null) return needsPerson ? openCase(post, judgement, null, at) : { kind: 'none' };
  if (judgement.textVersion <= current.textVersion) return { kind: 'none' };
  if (isUndecided(current.state)) return updateCase(current, judgement, at);
  return needsPerson ? openCase(post, judgement, current, at) : { kind: 'none' };
}

export function buildCaseAudit(event: CaseEvent): NewAuditEntry {
  return {
    id: event.id,
    log: 'audit',
    at: event.at,
    actorId: null,
    action: `case.${event.kind}`,
    subject: event.caseId,
    payload: { caseVersion: event.caseVersion },
  };
}

export function buildCaseOutbox(event: CaseEvent): OutboxEntry {
  return { id: event.id, topic: 'case.opened', subject: event.caseId, createdAt: event.at };
}
