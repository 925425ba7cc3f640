import { z } from 'zod';
import { QueueName, ServiceTopic } from '../../pipeline/domain/category.ts';
import {
  EscalationLevel,
  HandoverEventKind,
  HandoverState,
  mostCoUnits,
  mostWorkingDays,
  ReturnReason,
  Urgency,
} from '../../pipeline/domain/handover.ts';
import { handoverFilters } from '../../pipeline/domain/handover-filter.ts';
import { HandoverMove } from '../../pipeline/domain/handover-moves.ts';
import { PostKind } from '../../pipeline/domain/post.ts';
import { RetentionClass } from '../../pipeline/domain/retention-class.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

const textLength = 2000;
const UnitName = z.object({ id: z.string(), name: z.string() });

/** With a decision to hand over. Whatever is left out has its usual value. */
export const HandoverOrderRequest = z
  .strictObject({
    /** 承办单位; null: the responsible unit itself. */
    executorUnitId: IdText.nullable().default(null),
    coUnitIds: z.array(IdText).max(mostCoUnits).default([]),
    urgency: Urgency.default('normal'),
    /** Null: as many as the urgency gives. */
    dueInWorkingDays: z.int().min(1).max(mostWorkingDays).nullable().default(null),
    /** Instead of a number of days. */
    dueAt: Instant.nullable().default(null),
    request: TypedText(0, textLength).default(''),
  })
  .meta({ id: 'HandoverOrderRequest' });
export type HandoverOrderRequest = z.input<typeof HandoverOrderRequest>;

/** Of a slip, without any text. */
export const HandoverSummary = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    number: z.string(),
    state: HandoverState,
    ownerUnit: UnitName,
    executorUnit: UnitName,
    coUnits: z.array(UnitName),
    urgency: Urgency,
    topic: ServiceTopic.nullable(),
    dueAt: Instant,
    firstDueAt: Instant,
    sentAt: Instant,
    receivedAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    /** 督办; `byName` is null for an account that is gone. */
    supervised: z.object({ byName: z.string().nullable(), since: Instant }).nullable(),
    extension: z.object({ dueAt: Instant }).nullable(),
    urgedAt: Instant.nullable(),
    escalatedTo: EscalationLevel.nullable(),
    returned: z.object({ reason: ReturnReason, suggestedUnit: UnitName.nullable() }).nullable(),
    /** Whether this person may list it under supervision now. */
    maySupervise: z.boolean(),
  })
  .meta({ id: 'HandoverSummary' });
export type HandoverSummary = z.infer<typeof HandoverSummary>;

const HandoverFilterName = z.enum(handoverFilters);
export const HandoverListQuery = z.strictObject({
  filter: HandoverFilterName.default('all'),
  /** The whole number, as 转〔2026〕0042号. */
  number: TypedText(1, 40).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(30),
});
export const HandoverPage = PageOf(HandoverSummary).meta({ id: 'HandoverPage' });
export type HandoverPage = z.infer<typeof HandoverPage>;

export const HandoverCounts = z
  .object({ items: z.array(z.object({ filter: HandoverFilterName, count: z.int().nonnegative() })) })
  .meta({ id: 'HandoverCounts' });
export type HandoverCounts = z.infer<typeof HandoverCounts>;

export const HandoversOfCase = z.object({ items: z.array(HandoverSummary) }).meta({ id: 'HandoversOfCase' });

/** `hidden`: this reader sees what the slip asks, and where it stands in public, and not the text. */
const MatterText = z.discriminatedUnion('mode', [
  z.object({ mode: z.enum(['full', 'masked']), text: z.string() }),
  z.object({ mode: z.enum(['erased', 'hidden']) }),
]);

const Matter = z.object({
  channelName: z.string(),
  postKind: PostKind,
  publishedAt: Instant.nullable(),
  /** Where it stands in public; empty for a lead without one. */
  url: z.string(),
  text: MatterText,
});

export const HandoverEventView = z.object({
  id: z.string(),
  kind: HandoverEventKind,
  at: Instant,
  /** Null for the machine, and for an account that is gone. */
  byName: z.string().nullable(),
  byMachine: z.boolean(),
  role: Role.nullable(),
  unit: UnitName.nullable(),
  /** In whose stead. */
  onBehalfOfName: z.string().nullable(),
  text: z.string().nullable(),
  /** `record`: with the case record; `comment`: 90 days. Null where there is no text any more. */
  kept: RetentionClass.nullable(),
  reason: ReturnReason.nullable(),
  dueAt: Instant.nullable(),
  units: z.array(UnitName),
  level: EscalationLevel.nullable(),
});
export type HandoverEventView = z.infer<typeof HandoverEventView>;

const HandoverLinkView = z.object({
  id: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** When its one device opened it first. */
  openedAt: Instant.nullable(),
});

export const HandoverDetail = HandoverSummary.extend({
  /** Null for whoever cannot open cases. */
  caseId: z.string().nullable(),
  /** One of this person's queues that the case is in; null where it is in none of them. */
  caseQueue: QueueName.nullable(),
  sentByName: z.string().nullable(),
  /** 事由与要求; null when it has expired. */
  request: z.string().nullable(),
  matter: Matter,
  events: z.array(HandoverEventView),
  /** What this person may do with it now. */
  moves: z.array(HandoverMove),
  /** The last that may be asked for at once. */
  latestExtension: Instant,
  units: z.array(UnitName),
  /** Null for whoever may make none. */
  links: z.array(HandoverLinkView).nullable(),
}).meta({ id: 'HandoverDetail' });
export type HandoverDetail = z.infer<typeof HandoverDetail>;

/** `commandId` is chosen once per intention; `version` is the one seen. */
function moveRequest<M extends HandoverMove>(id: string, moves: readonly [M, ...M[]]) {
  return z
    .strictObject({
      commandId: z.uuid(),
      version: z.int().positive(),
      move: z.enum(moves),
      text: TypedText(0, textLength).nullable().default(null),
      dueAt: Instant.nullable().default(null),
      /** `return`: who it may belong to. `reassign`: the new executor. */
      unitId: IdText.nullable().default(null),
      /** `add-co-units`, `reassign`: those that help; `ask-help`: those thought of. */
      unitIds: z.array(IdText).max(mostCoUnits).default([]),
      reason: ReturnReason.nullable().default(null),
    })
    .meta({ id });
}

export const HandoverActRequest = moveRequest('HandoverActRequest', [
  'receive',
  'return',
  'ask-extension',
  'ask-help',
  'opinion',
  'draft',
]);
export const HandoverAnswerRequest = moveRequest('HandoverAnswerRequest', ['answer']);
export const HandoverManageRequest = moveRequest('HandoverManageRequest', [
  'grant-extension',
  'refuse-extension',
  'add-co-units',
  'urge',
  'redo',
  'reassign',
  'close',
  'withdraw',
]);
export const HandoverSuperviseRequest = moveRequest('HandoverSuperviseRequest', ['supervise']);

export const HandoverMoveAnswer = z
  .object({ id: z.string(), version: z.int().positive(), state: HandoverState, repeated: z.boolean() })
  .meta({ id: 'HandoverMoveAnswer' });

export const HandoverDueQuery = z.strictObject({
  urgency: Urgency.default('normal'),
  days: z.coerce.number().int().min(1).max(mostWorkingDays).optional(),
});

/** When an order would be due. `known` is false where that year's public holidays are not published yet. */
export const HandoverDue = z
  .object({ dueAt: Instant, days: z.int(), known: z.boolean() })
  .meta({ id: 'HandoverDue' });
export type HandoverDue = z.infer<typeof HandoverDue>;

/** The token is shown this once. It belongs behind the `#` of an address, which goes to no server. */
export const NewHandoverLink = z
  .object({ token: z.string(), expiresAt: Instant })
  .meta({ id: 'NewHandoverLink' });
export type NewHandoverLink = z.infer<typeof NewHandoverLink>;

export const OpenLinkRequest = z
  .strictObject({ token: z.string().min(1).max(200) })
  .meta({ id: 'OpenLinkRequest' });

/** What a one-time link shows, on its one device. */
export const LinkedHandover = z
  .object({
    id: z.string(),
    number: z.string(),
    state: HandoverState,
    executorUnit: UnitName,
    ownerUnit: UnitName,
    urgency: Urgency,
    dueAt: Instant,
    sentAt: Instant,
    request: z.string().nullable(),
    matter: Matter,
    expiresAt: Instant,
  })
  .meta({ id: 'LinkedHandover' });
export type LinkedHandover = z.infer<typeof LinkedHandover>;
