import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import type { Actor, Case } from './case.ts';
import { ServiceTopic } from './category.ts';
import { InvalidInput } from './errors.ts';
import { Role } from './role.ts';
import { Instant, shanghaiClock, shanghaiDay, shanghaiInstant } from './time.ts';

export const HandoverState = z.enum(['sent', 'received', 'answered', 'closed', 'returned', 'withdrawn']);
export type HandoverState = z.infer<typeof HandoverState>;

/** 普通、加急、特急. */
export const Urgency = z.enum(['normal', 'urgent', 'top']);
export type Urgency = z.infer<typeof Urgency>;

export const ReturnReason = z.enum(['not-ours', 'too-little-known', 'other']);
export type ReturnReason = z.infer<typeof ReturnReason>;

/** Who was told of a slip that is late, in this order: each once. */
export const EscalationLevel = z.enum(['unit-head', 'director', 'leader']);
export type EscalationLevel = z.infer<typeof EscalationLevel>;

/** A slip 转办单, without its texts: those lie beside its events and expire before it. */
export const Handover = z.object({
  /** Of the decision that made it. */
  id: z.string(),
  version: z.int().positive(),
  /** 转〔2026〕0042号: by year on a Shanghai calendar, without a gap. */
  number: z.string(),
  caseId: z.string(),
  state: HandoverState,
  /** 负责单位: answers for the matter. */
  ownerUnitId: z.string(),
  /** 承办单位: works on it; often the same. */
  executorUnitId: z.string(),
  /** 协办单位. */
  coUnitIds: z.array(z.string()),
  urgency: Urgency,
  topic: ServiceTopic.nullable(),
  dueAt: Instant,
  firstDueAt: Instant,
  /** A superior's: no due time goes beyond it. */
  deadline: Instant.nullable(),
  /** Of the case. A unit sees the text of an open one only; of a safety one nobody sees anything here. */
  originAccessClass: AccessClass,
  /** When it last went to its executor. */
  sentAt: Instant,
  sentBy: z.string(),
  receivedAt: Instant.nullable(),
  receivedBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  /** 督办: by whom, since when. */
  supervised: z.object({ by: z.string(), since: Instant }).nullable(),
  /** Asked for and not yet answered. */
  extension: z.object({ dueAt: Instant, askedBy: z.string(), askedAt: Instant }).nullable(),
  extensionsGranted: z.int().nonnegative(),
  urgedAt: Instant.nullable(),
  /** The machine's, that nobody has received it. */
  remindedAt: Instant.nullable(),
  escalatedTo: EscalationLevel.nullable(),
  escalatedAt: Instant.nullable(),
  returned: z.object({ reason: ReturnReason, suggestedUnitId: z.string().nullable() }).nullable(),
});
export type Handover = z.infer<typeof Handover>;

/** Still waiting for its unit. */
export function isWithUnit(state: HandoverState): boolean {
  return state === 'sent' || state === 'received';
}

/** Whose matter a slip is. */
export function unitsOf(one: Pick<Handover, 'ownerUnitId' | 'executorUnitId' | 'coUnitIds'>): string[] {
  return [...new Set([one.ownerUnitId, one.executorUnitId, ...one.coUnitIds])];
}

/** What the reviewer orders with the decision; whatever is left out has a usual value. */
export const HandoverOrder = z.object({
  /** Null: the responsible unit itself. */
  executorUnitId: z.string().nullable(),
  coUnitIds: z.array(z.string()),
  urgency: Urgency,
  /** Null: as long as the urgency gives. */
  dueInWorkingDays: z.int().positive().nullable(),
  /** Instead of a number of days. */
  dueAt: Instant.nullable(),
  request: z.string(),
  /** What the calendar makes of it; the caller does not say this. */
  plannedDueAt: Instant.optional(),
});
export type HandoverOrder = z.infer<typeof HandoverOrder>;

export const usualOrder: HandoverOrder = {
  executorUnitId: null,
  coUnitIds: [],
  urgency: 'normal',
  dueInWorkingDays: null,
  dueAt: null,
  request: '',
};

/** Working days that each urgency gives, unless the order says otherwise. */
export const usualWorkingDays: Record<Urgency, number> = { normal: 5, urgent: 2, top: 1 };

export const mostCoUnits = 5;
export const mostWorkingDays = 60;

const dayMs = 86_400_000;
const closingHour = 18;

/** Where no calendar was asked: Monday to Friday, 18:00 in Shanghai of the n-th day after. */
function plainDueAfter(at: string, workingDays: number): string {
  let dayAt = Date.parse(at);
  for (let left = workingDays; left > 0; ) {
    dayAt += dayMs;
    const weekday = new Date(`${shanghaiDay(new Date(dayAt).toISOString())}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  const [year, month, day] = shanghaiDay(new Date(dayAt).toISOString()).split('-').map(Number);
  const evening = { hour: closingHour, minute: 0, second: 0 };
  return shanghaiInstant(year ?? 0, month ?? 0, day ?? 0, evening) ?? at;
}

/** A superior's deadline that is still ahead caps what was ordered. */
function capDue(dueAt: string, deadline: string | null, at: string): string {
  return deadline !== null && deadline > at && deadline < dueAt ? deadline : dueAt;
}

export function handoverYear(at: string): number {
  return Number(shanghaiClock(at).slice(0, 4));
}

function formatNumber(year: number, running: number): string {
  return `转〔${year}〕${String(running).padStart(4, '0')}号`;
}

/** @throws InvalidInput that names the field of the decision */
export function assertOrder(order: HandoverOrder, ownerUnitId: string, at: string): void {
  const executor = order.executorUnitId ?? ownerUnitId;
  assertCoUnits(order.coUnitIds, [executor], 'handover.coUnitIds');
  if (order.dueAt !== null && order.dueInWorkingDays !== null) {
    throw new InvalidInput('handover.dueAt', '办理期限请填写日期或工作日数，二者选一。');
  }
  if (order.dueAt !== null && order.dueAt <= at) {
    throw new InvalidInput('handover.dueAt', '办理期限应晚于现在。');
  }
  if ((order.dueInWorkingDays ?? 1) > mostWorkingDays) {
    throw new InvalidInput('handover.dueInWorkingDays', `办理期限最多 ${mostWorkingDays} 个工作日。`);
  }
}

/** @throws InvalidInput */
export function assertCoUnits(coUnitIds: readonly string[], others: readonly string[], field: string): void {
  if (coUnitIds.length > mostCoUnits) throw new InvalidInput(field, `协办单位最多 ${mostCoUnits} 个。`);
  if (new Set(coUnitIds).size !== coUnitIds.length) throw new InvalidInput(field, '同一个协办单位填了两次。');
  if (coUnitIds.some((id) => others.includes(id))) {
    throw new InvalidInput(field, '协办单位不能是承办单位本身。');
  }
}

/** Pure: the slip that a decision makes. `id` is the decision's. @throws InvalidInput */
export function buildHandover(
  known: { current: Case; ownerUnitId: string; order: HandoverOrder; id: string; running: number },
  actor: Actor,
  at: string,
): Handover {
  const { current, ownerUnitId, order, id } = known;
  assertOrder(order, ownerUnitId, at);
  const days = order.dueInWorkingDays ?? usualWorkingDays[order.urgency];
  const ordered = order.plannedDueAt ?? order.dueAt ?? plainDueAfter(at, days);
  const dueAt = capDue(ordered, current.deadline, at);
  return {
    ...{ id, version: 1, number: formatNumber(handoverYear(at), known.running), caseId: current.id },
    state: 'sent',
    ...{ ownerUnitId, executorUnitId: order.executorUnitId ?? ownerUnitId, coUnitIds: order.coUnitIds },
    ...{ urgency: order.urgency, topic: current.service?.topic ?? null },
    ...{ dueAt, firstDueAt: dueAt, deadline: current.deadline, originAccessClass: current.accessClass },
    ...{ sentAt: at, sentBy: actor.id, receivedAt: null, receivedBy: null },
    ...{ answeredAt: null, answeredBy: null, closedAt: null, supervised: null },
    ...{ extension: null, extensionsGranted: 0, urgedAt: null, remindedAt: null },
    ...{ escalatedTo: null, escalatedAt: null, returned: null },
  };
}

/** `sent` stands at the beginning; `reminded` and `escalated` are the machine's: it tells and decides nothing (R12). */
export const HandoverEventKind = z.enum([
  'sent',
  'receive',
  'return',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
  'ask-help',
  'add-co-units',
  'opinion',
  'urge',
  'supervise',
  'draft',
  'answer',
  'redo',
  'reassign',
  'close',
  'withdraw',
  'reminded',
  'escalated',
]);
export type HandoverEventKind = z.infer<typeof HandoverEventKind>;

/** Never overwritten. Its text lies beside it. */
export const HandoverEvent = z.object({
  id: z.string(),
  handoverId: z.string(),
  /** The version that this event made. */
  handoverVersion: z.int().positive(),
  kind: HandoverEventKind,
  at: Instant,
  /** Null for the machine. */
  actorId: z.string().nullable(),
  /** As which role, of which unit, and in whose stead. */
  role: Role.nullable(),
  unitId: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  from: HandoverState.nullable(),
  to: HandoverState,
  details: z.object({
    reason: ReturnReason.nullable(),
    dueAt: Instant.nullable(),
    unitIds: z.array(z.string()),
    level: EscalationLevel.nullable(),
  }),
});
export type HandoverEvent = z.infer<typeof HandoverEvent>;

export const noDetails: HandoverEvent['details'] = { reason: null, dueAt: null, unitIds: [], level: null };
