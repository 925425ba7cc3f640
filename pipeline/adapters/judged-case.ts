import { type AccessClass, strictestAccess } from '../domain/access-class.ts';
import { type Case, type CaseEvent, isUndecided } from '../domain/case.ts';
import { mayFold } from '../domain/near-copy.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import type { Post } from '../domain/post.ts';
import { expiresAt } from '../domain/retention-class.ts';
import { withRoutedQueue } from '../domain/routing.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { Judgement } from '../ports/post-store.ts';
import { inherits } from './near-copies.ts';

/** What a judgement means for the case of its post: pure, and the same for both stores. */
export type CaseChange =
  | { kind: 'none' }
  | { kind: 'open'; next: Case; event: CaseEvent }
  /** `joins`: the post is new among those of the case. */
  | { kind: 'update'; next: Case; event: CaseEvent; expectedVersion: number; joins: boolean };

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
    postId: null,
    inherits: null,
    before: { state, accessClass, queues, unitId, referredAt },
  };
}

/** Of the judgement, and what the post is about. */
export function openCase(
  post: Pick<Post, 'id' | 'channelId'> & Partial<Pick<Post, 'lead'>>,
  judgement: Pick<Judgement, 'caseId' | 'textVersion' | 'verdict'> & Partial<Pick<Judgement, 'routing'>>,
  previous: Case | null,
  at: string,
): Extract<CaseChange, { kind: 'open' }> {
  const { verdict } = judgement;
  const onDuty = previous !== null && isUndecided(previous.state) && previous.accessClass === 'safety';
  const accessClass = onDuty ? 'safety' : verdict.accessClass;
  // What is for those on duty alone is routed by nobody else.
  const routing = accessClass === 'safety' ? null : (judgement.routing ?? null);
  const next: Case = {
    id: judgement.caseId,
    version: 1,
    state: 'open',
    queues: onDuty ? previous.queues : withRoutedQueue(verdict.queues, accessClass, routing),
    accessClass,
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
    deadline: post.lead?.deadline ?? null,
    replySeenAt: null,
    ...(routing === null ? {} : { routing }),
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
  post: Pick<Post, 'kind' | 'retentionClass' | 'gatheredAt' | 'expiresAt'>,
  verdict: Verdict,
  current: Case | null,
): Pick<Post, 'accessClass' | 'retentionClass' | 'expiresAt'> {
  const awaitsPerson = current !== null && isUndecided(current.state);
  const mayBeNoise = post.retentionClass === 'comment' && post.kind !== 'lead';
  const isNoise = verdict.noise && mayBeNoise && !awaitsPerson;
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
  return { kind: 'update', next, event, expectedVersion: current.version, joins: false };
}

/** The same text has come further: its risk rises in place, and never falls, for nobody should lose what was urgent. */
function raiseRisk(current: Case, { verdict, textVersion }: Judgement, at: string): CaseChange {
  const { level, score: riskScore } = verdict.risk;
  const next: Case = { ...current, version: current.version + 1, level, riskScore };
  const id = `${current.id}@${textVersion}^${next.version}`;
  const event = eventOf(next, id, 'reach-grown', current, at);
  return { kind: 'update', next, event, expectedVersion: current.version, joins: false };
}

/** What a copy adds to what is known of the case: reach may raise its risk, and nothing about it lowers it. */
function withCopy(one: Case, verdict: Verdict): Case {
  const facts = factsOf(verdict);
  const riskier = facts.riskScore > one.riskScore ? facts : one;
  return {
    ...one,
    riskScore: riskier.riskScore,
    level: riskier.level,
    categories: [...new Set([...one.categories, ...facts.categories])],
    queues: [...new Set([...one.queues, ...verdict.queues])],
    service: one.service ?? facts.service,
  };
}

/** A decided case stays as it was decided: its copy is taken in under the decision that it names. */
function joinCase(twin: Case, postId: string, judgement: Judgement, at: string): CaseChange {
  const isNew = !twin.postIds.includes(postId);
  const known = isUndecided(twin.state) ? withCopy(twin, judgement.verdict) : twin;
  if (!isNew && JSON.stringify(known) === JSON.stringify(twin)) return { kind: 'none' };
  const next: Case = {
    ...known,
    version: twin.version + 1,
    postIds: isNew ? [...twin.postIds, postId] : twin.postIds,
  };
  const event: CaseEvent = {
    ...eventOf(next, judgement.caseId, 'joined', twin, at),
    postId,
    inherits: isUndecided(twin.state) ? null : twin.decisionId,
  };
  return { kind: 'update', next, event, expectedVersion: twin.version, joins: isNew };
}

/** What is known of the post besides its judgement. */
export interface KnownCases {
  /** The newest case of the post, if there is one. */
  current: Case | null;
  /** The case of which it is a near copy, if there is one. */
  twin: Case | null;
  /** This very text was judged before: only its numbers have grown, or rules have changed. */
  judgedBefore: boolean;
}

/** Would another text be asked for its near copies? Not one whose case goes on with it, nor one with those on duty. */
export function mayJoin(post: Pick<Post, 'id'>, current: Case | null): boolean {
  if (current === null || !isUndecided(current.state)) return true;
  return isCopy(post, current) && current.accessClass !== 'safety';
}

/** Not the text that the case was opened on. */
function isCopy(post: Pick<Post, 'id'>, current: Case): boolean {
  return current.postIds[0] !== post.id;
}

/**
 * A copy that has got another case is none of the old one's any more: whoever sees that case need not be allowed to see this
 * text (R19), and what is decided about it says nothing of this text.
 */
export function hasLeft(post: Pick<Post, 'id'>, current: Case | null, change: CaseChange): current is Case {
  if (current === null || change.kind === 'none' || change.next.id === current.id) return false;
  return isCopy(post, current) && current.postIds.includes(post.id);
}

/** A person brought it, so a person looks at it whatever the machine thinks; what is for those on duty alone stays theirs (R19). */
function broughtByPerson(judgement: Judgement): Judgement {
  const { verdict } = judgement;
  if (verdict.accessClass === 'safety' || verdict.queues.includes('review')) return judgement;
  return { ...judgement, verdict: { ...verdict, queues: ['review', ...verdict.queues] } };
}

/**
 * A copy that was edited into something else gets a case of its own, linked to the one where it was. A lead has a number and a
 * deadline, and waits in a case of its own whatever it resembles.
 */
export function buildCaseChange(
  post: Pick<Post, 'id' | 'channelId' | 'kind'> & Partial<Pick<Post, 'lead'>>,
  judgement: Judgement,
  known: KnownCases,
  at: string,
): CaseChange {
  const isLead = post.kind === 'lead';
  return changeCase(
    post,
    isLead ? broughtByPerson(judgement) : judgement,
    isLead ? { ...known, twin: null } : known,
    at,
  );
}

function changeCase(
  post: Pick<Post, 'id' | 'channelId' | 'kind'> & Partial<Pick<Post, 'lead'>>,
  judgement: Judgement,
  { current, twin, judgedBefore }: KnownCases,
  at: string,
): CaseChange {
  const { verdict } = judgement;
  if (current !== null && !isCopy(post, current)) {
    const isSameText = judgement.textVersion === current.textVersion && isUndecided(current.state);
    if (isSameText && verdict.risk.score > current.riskScore) return raiseRisk(current, judgement, at);
    if (judgement.textVersion <= current.textVersion) return { kind: 'none' };
    if (isUndecided(current.state)) return updateCase(current, judgement, at);
  }
  if (verdict.queues.length === 0) return { kind: 'none' };
  const staysThere = judgedBefore && (mayFold(verdict) || current?.accessClass === 'safety');
  if (current !== null && isCopy(post, current) && staysThere) {
    const risen = isUndecided(current.state) && verdict.risk.score > current.riskScore;
    return risen ? raiseRisk(current, judgement, at) : { kind: 'none' };
  }
  if (twin === null) return openCase(post, judgement, current, at);
  const joins = isUndecided(twin.state) || inherits(twin, post, verdict, at);
  return joins ? joinCase(twin, post.id, judgement, at) : openCase(post, judgement, current ?? twin, at);
}

export function buildCaseAudit(event: CaseEvent): NewAuditEntry {
  return {
    id: event.id,
    log: 'audit',
    at: event.at,
    actorId: event.actorId,
    action: `case.${event.kind}`,
    subject: event.caseId,
    payload: {
      caseVersion: event.caseVersion,
      ...(event.postId === null ? {} : { postId: event.postId, inherits: event.inherits }),
    },
  };
}

export function buildCaseOutbox(event: CaseEvent): OutboxEntry {
  return { id: event.id, topic: 'case.opened', subject: event.caseId, createdAt: event.at };
}
