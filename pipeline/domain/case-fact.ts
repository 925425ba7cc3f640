import { z } from 'zod';
import { AccessClass, strictestAccess } from './access-class.ts';
import { type Case, CaseState, DecisionKind, isUndecided, ReasonCode } from './case.ts';
import { Category } from './category.ts';
import { type Handover, HandoverState, Urgency } from './handover.ts';
import { FactLevel, FactService } from './item-fact.ts';
import { Instant } from './time.ts';

/** What the figures know of a case: no text, nobody but the office's own decision. It goes with the case (R8). */
export const CaseFact = z.object({
  caseId: z.string(),
  openedAt: Instant,
  channelId: z.string(),
  accessClass: AccessClass,
  /** As in an item's fact. */
  unitId: z.string().nullable(),
  categories: z.array(Category),
  service: FactService.nullable(),
  level: FactLevel,
  lifeSafety: z.boolean(),
  state: CaseState,
  /** Of the decision that holds; null while none does, and while somebody has still to decide, as after a referral. */
  decidedAt: Instant.nullable(),
  decision: DecisionKind.nullable(),
  reason: ReasonCode.nullable(),
  /** When a reply of the school's own account to one of its posts was first seen. */
  replySeenAt: Instant.nullable(),
  /** How many posts stand in it. */
  posts: z.int().positive(),
});
export type CaseFact = z.infer<typeof CaseFact>;

/** Of its posts, only how many. */
type FactCase = Pick<
  Case,
  | 'id'
  | 'openedAt'
  | 'channelId'
  | 'accessClass'
  | 'unitId'
  | 'categories'
  | 'service'
  | 'level'
  | 'lifeSafety'
  | 'state'
  | 'decidedAt'
  | 'replySeenAt'
> & { postIds: { length: number } };

/** @param known `decision` and `reason` of the decision that holds; `unitId` that the directory names for its first post */
export function buildCaseFact(
  one: FactCase,
  known: { decision: DecisionKind | null; reason: ReasonCode | null; directoryUnitId: string | null },
): CaseFact {
  const done = !isUndecided(one.state);
  return {
    caseId: one.id,
    openedAt: one.openedAt,
    channelId: one.channelId,
    accessClass: one.accessClass,
    unitId: one.unitId ?? known.directoryUnitId,
    categories: Category.options.filter((category) => one.categories.includes(category)),
    service: one.service,
    level: one.level,
    lifeSafety: one.lifeSafety,
    state: one.state,
    decidedAt: done ? one.decidedAt : null,
    decision: done ? known.decision : null,
    reason: done ? known.reason : null,
    replySeenAt: one.replySeenAt,
    posts: one.postIds.length,
  };
}

/**
 * What the figures know of a slip: who answers for it and when what happened. `accessClass` is that of its case now; a slip that
 * went to those on duty once stays out of sight, whatever becomes of its case (R19).
 */
export const HandoverFact = z.object({
  handoverId: z.string(),
  number: z.string(),
  caseId: z.string(),
  /** The case's channel. */
  channelId: z.string(),
  accessClass: AccessClass,
  /** 负责单位. */
  unitId: z.string(),
  executorUnitId: z.string(),
  urgency: Urgency,
  service: FactService.nullable(),
  state: HandoverState,
  sentAt: Instant,
  receivedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  dueAt: Instant,
});
export type HandoverFact = z.infer<typeof HandoverFact>;

export function buildHandoverFact(
  slip: Handover,
  one: Pick<Case, 'channelId' | 'accessClass' | 'service'>,
): HandoverFact {
  return {
    handoverId: slip.id,
    number: slip.number,
    caseId: slip.caseId,
    channelId: one.channelId,
    accessClass: strictestAccess([slip.originAccessClass, one.accessClass]),
    unitId: slip.ownerUnitId,
    executorUnitId: slip.executorUnitId,
    urgency: slip.urgency,
    service: one.service,
    state: slip.state,
    sentAt: slip.sentAt,
    receivedAt: slip.receivedAt,
    answeredAt: slip.answeredAt,
    closedAt: slip.closedAt,
    dueAt: slip.dueAt,
  };
}

/** Was, or is, its unit late with it at that instant? What was taken back is nobody's. */
export function isLate(fact: HandoverFact, at: string): boolean {
  if (fact.state === 'withdrawn' || fact.state === 'returned') return false;
  const until = fact.answeredAt ?? fact.closedAt;
  return fact.dueAt < at && (until === null || until > fact.dueAt);
}

/** Does it wait for its unit at that instant? */
export function isOpenAt(fact: HandoverFact, at: string): boolean {
  if (fact.sentAt > at || fact.state === 'withdrawn' || fact.state === 'returned') return false;
  const until = fact.answeredAt ?? fact.closedAt;
  return until === null || until > at;
}
