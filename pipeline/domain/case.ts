import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Category, QueueName, ServiceKind, ServiceTopic } from './category.ts';
import { Role } from './role.ts';
import { CaseRouting } from './routing.ts';
import { Instant } from './time.ts';
import { RiskLevel } from './verdict.ts';

export const CaseState = z.enum(['open', 'reopened', 'decided', 'handed-over', 'answered', 'closed']);
export type CaseState = z.infer<typeof CaseState>;

/** Still waiting for a person. */
export function isUndecided(state: CaseState): boolean {
  return state === 'open' || state === 'reopened';
}

/** What a person can decide today; `open-incident` comes with incidents. */
export const DecisionKind = z.enum([
  'no-action',
  'answer',
  'hand-over',
  'correct',
  'refer-safety',
  'return-from-safety',
  'verify',
  'mark-noise',
]);
export type DecisionKind = z.infer<typeof DecisionKind>;

export const ReasonCode = z.enum([
  'service-need',
  'safety-risk',
  'own-error',
  'needs-facts',
  'already-handled',
  'help-given',
  'opinion-only',
  'not-about-school',
  'misjudged',
  'advert-or-spam',
  'personal-data',
  'misrouted',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** Why what was decided is looked at again. */
export const ReopenReason = z.enum([
  'new-facts',
  'not-solved',
  'decided-wrongly',
  'said-again',
  'superior-asks',
]);
export type ReopenReason = z.infer<typeof ReopenReason>;

/** An exclusive, expiring hold. `token` proves that the caller is the holder, not an earlier one. */
const Claim = z.object({ actorId: z.string(), token: z.string(), expiresAt: Instant });

export const Case = z.object({
  id: z.string(),
  version: z.int().positive(),
  state: CaseState,
  queues: z.array(QueueName),
  accessClass: AccessClass,
  level: RiskLevel,
  riskScore: z.number(),
  lifeSafety: z.boolean(),
  categories: z.array(Category),
  service: z.object({ kind: ServiceKind, topic: ServiceTopic }).nullable(),
  channelId: z.string(),
  postIds: z.array(z.string()).min(1),
  /** The text version that the case was opened or last brought up to date on. */
  textVersion: z.int().positive(),
  openedAt: Instant,
  /** The decision that holds; null while nobody has decided or the last one was undone. */
  decisionId: z.string().nullable(),
  decidedAt: Instant.nullable(),
  unitId: z.string().nullable(),
  referredAt: Instant.nullable(),
  previousCaseId: z.string().nullable(),
  /** By when a superior wants an answer: of the lead that the case was opened on. */
  deadline: Instant.nullable(),
  /** When a reply of the school's own account to one of its posts was first seen. */
  replySeenAt: Instant.nullable(),
  /** What the routing rules gave it when it was opened; nothing where they gave nothing. */
  routing: CaseRouting.optional(),
  claim: Claim.nullable(),
});
export type Case = z.infer<typeof Case>;

/**
 * `raised`: a person brought back what the machine had put aside, which opened the case. `joined`: a near copy came to the case; `split`: a person parted one from it, and it never comes back. `reply-seen`: our own
 * account has answered in public what was decided to be answered, so that closing is proposed; `closed`: a person did so.
 * `reopened`: it waits again, and what was decided stays in the history; `noted`: somebody wrote something down, nothing else;
 * `taken-over`: the director took the claim of another person.
 */
export const CaseEventKind = z.enum([
  'opened',
  'decided',
  'undone',
  'source-edited',
  'reach-grown',
  'joined',
  'split',
  'raised',
  'reply-seen',
  'closed',
  'reopened',
  'noted',
  'taken-over',
  'lead-changed',
  'lead-withdrawn',
  'unit-answered',
  'unit-returned',
  'answer-refused',
  'reassigned',
  'handover-withdrawn',
]);
export type CaseEventKind = z.infer<typeof CaseEventKind>;

/** An event is never overwritten. Its note, which may quote, lies beside it and expires with the text. */
export const CaseEvent = z.object({
  id: z.string(),
  caseId: z.string(),
  /** The case version that this event made. */
  caseVersion: z.int().positive(),
  kind: CaseEventKind,
  at: Instant,
  actorId: z.string().nullable(),
  /** `bulkId`: decided together with others. */
  decision: z
    .object({
      kind: DecisionKind,
      reason: ReasonCode,
      unitId: z.string().nullable(),
      bulkId: z.uuid().optional(),
    })
    .nullable(),
  /** For `undone`: the decision taken back. */
  undoes: z.string().nullable(),
  /** For `joined` and `split`: the copy; for `reply-seen`: our own reply. */
  postId: z.string().nullable(),
  /** For `joined`: the decision that holds for the copy too, since it was made before it came. */
  inherits: z.string().nullable(),
  /** For `reopened`. */
  reason: ReopenReason.optional(),
  /** For `taken-over`: who held it until then. */
  holderId: z.string().optional(),
  before: z.object({
    state: CaseState,
    accessClass: AccessClass,
    queues: z.array(QueueName),
    unitId: z.string().nullable(),
    referredAt: Instant.nullable(),
  }),
});
export type CaseEvent = z.infer<typeof CaseEvent>;

/** `onBehalfOf`: whose lent rights go beyond the person's own for what is being done. */
export const Actor = z.object({
  id: z.string(),
  roles: z.array(Role),
  onBehalfOf: z.array(z.string()).optional(),
});
export type Actor = z.infer<typeof Actor>;
