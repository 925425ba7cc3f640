import { z } from 'zod';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import {
  assertCoUnits,
  type EscalationLevel,
  type Handover,
  type HandoverEvent,
  type HandoverState,
  mostCoUnits,
  noDetails,
  ReturnReason,
  unitsOf,
} from './handover.ts';
import type { Action, Appointment, Role } from './role.ts';
import { Instant } from './time.ts';

/** What a person can do with a slip: 签收 退回 申请延期 批准 不批准 请求协办 加协办 协办意见 催办 督办 拟稿 答复 退回重办 改派 办结 撤回. */
export const HandoverMove = z.enum([
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
]);
export type HandoverMove = z.infer<typeof HandoverMove>;

/** Of whose slips: where one's unit executes, where it helps, or all. */
type Part = 'executor' | 'co-unit' | 'all';

interface MoveRule {
  /** The right in the table of roles. */
  action: Action;
  part: Part;
  /** In which states, by whom. */
  from: Partial<Record<HandoverState, readonly Role[]>>;
  /** Null: it stays where it is. */
  to: HandoverState | null;
  text: 'required' | 'optional';
  dueAt?: 'required' | 'optional';
}

const unit: readonly Role[] = ['unit-reviewer', 'unit-head'];
const head: readonly Role[] = ['unit-head'];
const office: readonly Role[] = ['reviewer', 'director'];
const supervisors: readonly Role[] = ['director', 'leader', 'principal'];
const ofUnit = { action: 'handover.act', part: 'executor' } as const;
const ofOffice = { action: 'handover.manage', part: 'all' } as const;

/** The status table of a slip: each move, from where, by whom, to where. */
export const handoverMoves: Record<HandoverMove, MoveRule> = {
  receive: { ...ofUnit, from: { sent: unit }, to: 'received', text: 'optional' },
  return: { ...ofUnit, from: { sent: unit, received: unit }, to: 'returned', text: 'optional' },
  'ask-extension': { ...ofUnit, from: { received: unit }, to: null, text: 'required', dueAt: 'required' },
  'grant-extension': {
    ...ofOffice,
    ...{ from: { received: office }, to: null, text: 'optional', dueAt: 'optional' },
  },
  'refuse-extension': { ...ofOffice, from: { received: office }, to: null, text: 'required' },
  'ask-help': { ...ofUnit, from: { received: unit }, to: null, text: 'required' },
  'add-co-units': { ...ofOffice, from: { sent: office, received: office }, to: null, text: 'optional' },
  opinion: {
    ...{ action: 'handover.act', part: 'co-unit' },
    ...{ from: { sent: unit, received: unit }, to: null, text: 'required' },
  },
  urge: { ...ofOffice, from: { sent: office, received: office }, to: null, text: 'optional' },
  supervise: {
    ...{ action: 'handover.supervise', part: 'all', to: null, text: 'optional' },
    from: { sent: supervisors, received: supervisors, answered: supervisors, returned: supervisors },
  },
  draft: { ...ofUnit, from: { received: unit }, to: null, text: 'required' },
  answer: {
    ...{ action: 'handover.answer', part: 'executor' },
    ...{ from: { received: head }, to: 'answered', text: 'required' },
  },
  redo: { ...ofOffice, from: { answered: office }, to: 'received', text: 'required', dueAt: 'optional' },
  reassign: {
    ...{ ...ofOffice, to: 'sent', text: 'optional', dueAt: 'required' },
    from: { returned: office, sent: ['director'], received: ['director'] },
  },
  close: { ...ofOffice, from: { answered: office }, to: 'closed', text: 'optional' },
  withdraw: {
    ...{ ...ofOffice, to: 'withdrawn', text: 'required' },
    from: { sent: office, received: office, returned: office },
  },
};

const mostExtensions = 2;
/** Working days after the present due time that may be asked for at once. */
export const longestExtensionDays = 15;
const urgeAgainMs = 3_600_000;

/** `commandId` is chosen once per intention; `version` is the one seen. Which of the rest a move needs: the table. */
export const MoveCommand = z.object({
  commandId: z.uuid(),
  handoverId: z.string(),
  version: z.int().positive(),
  move: HandoverMove,
  text: z.string().nullable(),
  dueAt: Instant.nullable(),
  /** For `return`: who it may belong to. For `reassign`: the new executor. */
  unitId: z.string().nullable(),
  /** For `ask-help` those thought of; for `add-co-units` and `reassign` those that help. */
  unitIds: z.array(z.string()),
  reason: ReturnReason.nullable(),
  /** Whether the text quotes the case's: found out by the command, not said by the caller. */
  quoting: z.boolean().optional(),
});
export type MoveCommand = z.infer<typeof MoveCommand>;

/** Who moves, with all that they hold: which of it counts depends on the slip. */
export interface Mover {
  id: string;
  appointments: readonly Appointment[];
}

function hasPart(one: Handover, part: Part, unitId: string | null): boolean {
  if (part === 'all') return true;
  if (unitId === null) return false;
  return part === 'executor' ? one.executorUnitId === unitId : one.coUnitIds.includes(unitId);
}

/** As what a person may make a move now; one's own role before that of somebody one stands in for. Null: not at all. */
export function findActing(
  one: Handover,
  move: HandoverMove,
  appointments: readonly Appointment[],
): Appointment | null {
  // Out of everybody's sight (R19).
  if (one.originAccessClass === 'safety') return null;
  const { from, part } = handoverMoves[move];
  const may = appointments.filter(
    ({ role, unitId }) => (from[one.state] ?? []).includes(role) && hasPart(one, part, unitId),
  );
  return may.find(({ onBehalfOf }) => onBehalfOf === null) ?? may[0] ?? null;
}

const everySight: readonly Role[] = ['reviewer', 'director', 'leader', 'principal'];

/** Is there such a slip for this person at all? */
export function isInSight(one: Handover, appointments: readonly Appointment[]): boolean {
  if (one.originAccessClass === 'safety') return false;
  const units = unitsOf(one);
  return appointments.some(
    ({ role, unitId }) =>
      everySight.includes(role) || (unit.includes(role) && unitId !== null && units.includes(unitId)),
  );
}

/** Besides state and actor: what keeps a move from being made now. Null: nothing. */
function whyNotNow(one: Handover, move: HandoverMove, at: string): string | null {
  switch (move) {
    case 'ask-extension':
      if (one.extension !== null) return '已有一次延期申请，正在等待批准。';
      return one.extensionsGranted < mostExtensions ? null : `最多延期 ${mostExtensions} 次。`;
    case 'grant-extension':
    case 'refuse-extension':
      return one.extension === null ? '没有待批准的延期申请。' : null;
    case 'urge': {
      const soon = one.urgedAt !== null && Date.parse(at) - Date.parse(one.urgedAt) < urgeAgainMs;
      return soon ? '一小时内已经催办过。' : null;
    }
    case 'supervise':
      return one.supervised === null ? null : '已经列入督办。';
    case 'add-co-units':
      return one.coUnitIds.length < mostCoUnits ? null : `协办单位最多 ${mostCoUnits} 个。`;
    default:
      return null;
  }
}

/** Each move that this person may make now, in the table's order. */
export function movesNow(one: Handover, appointments: readonly Appointment[], at: string): HandoverMove[] {
  return HandoverMove.options.filter(
    (move) => findActing(one, move, appointments) !== null && whyNotNow(one, move, at) === null,
  );
}

function assertMay(one: Handover, command: MoveCommand, mover: Mover, at: string): Appointment {
  if (!isInSight(one, mover.appointments)) throw new NotFound('没有这张转办单。');
  if (one.version !== command.version) throw new Conflict('这张转办单已有更新，请重新打开后再办理。');
  const { from, part } = handoverMoves[command.move];
  const acting = findActing(one, command.move, mover.appointments);
  if (acting === null) {
    const somewhere = Object.values(from).flat();
    const mayElsewhere = mover.appointments.some(
      ({ role, unitId }) => somewhere.includes(role) && hasPart(one, part, unitId),
    );
    if (mayElsewhere && from[one.state] === undefined) throw new Conflict('转办单目前的状态不能这样办理。');
    throw new NotPermitted('您的角色或单位不能这样办理。');
  }
  const reason = whyNotNow(one, command.move, at);
  if (reason !== null) throw new Conflict(reason);
  return acting;
}

function assertFields(one: Handover, command: MoveCommand, at: string): void {
  const rule = handoverMoves[command.move];
  const { text, dueAt, unitIds, unitId } = command;
  if (rule.text === 'required' && (text ?? '').trim() === '') throw new InvalidInput('text', '请填写内容。');
  if (rule.dueAt === undefined && dueAt !== null) throw new InvalidInput('dueAt', '这里不填办理期限。');
  if (rule.dueAt === 'required' && dueAt === null) throw new InvalidInput('dueAt', '请填写办理期限。');
  if (dueAt !== null) assertDue(one, command, dueAt, at);
  if (command.move === 'return') {
    if (command.reason === null) throw new InvalidInput('reason', '请选择退回理由。');
    if (command.reason === 'other' && (text ?? '').trim() === '') {
      throw new InvalidInput('text', '选“其他”时请写明理由。');
    }
    if (unitId === one.executorUnitId) throw new InvalidInput('unitId', '建议的单位不能是本单位。');
  }
  if (command.move === 'reassign') {
    if (unitId === null) throw new InvalidInput('unitId', '请选择承办单位。');
    assertCoUnits(unitIds, [unitId], 'unitIds');
  }
  if (command.move === 'add-co-units') {
    if (unitIds.length === 0) throw new InvalidInput('unitIds', '请选择协办单位。');
    assertCoUnits([...one.coUnitIds, ...unitIds], [one.executorUnitId], 'unitIds');
  }
}

function assertDue(one: Handover, { move }: MoveCommand, dueAt: string, at: string): void {
  if (dueAt <= at) throw new InvalidInput('dueAt', '办理期限应晚于现在。');
  const isExtension = move === 'ask-extension' || move === 'grant-extension';
  if (isExtension && dueAt <= one.dueAt) throw new InvalidInput('dueAt', '延期后的期限应晚于现在的期限。');
  if (move === 'grant-extension' && one.extension !== null && dueAt > one.extension.dueAt) {
    throw new InvalidInput('dueAt', '批准的期限不能晚于申请的期限。');
  }
  if (one.deadline !== null && one.deadline > at && dueAt > one.deadline) {
    throw new InvalidInput('dueAt', '不能晚于上级要求的期限。');
  }
}

/** What goes to an executor anew is watched anew. */
const watchedAnew = { urgedAt: null, escalatedTo: null, escalatedAt: null } as const;

function change(one: Handover, command: MoveCommand, mover: Mover, at: string): Partial<Handover> {
  const { dueAt, unitIds, unitId } = command;
  switch (command.move) {
    case 'receive':
      return { receivedAt: at, receivedBy: mover.id };
    case 'return':
      return {
        returned: { reason: command.reason ?? 'other', suggestedUnitId: unitId },
        extension: null,
      };
    case 'ask-extension':
      return { extension: { dueAt: dueAt ?? one.dueAt, askedBy: mover.id, askedAt: at } };
    case 'grant-extension':
      return {
        ...{ dueAt: dueAt ?? one.extension?.dueAt ?? one.dueAt, extension: null },
        ...{ extensionsGranted: one.extensionsGranted + 1, ...watchedAnew },
      };
    case 'refuse-extension':
      return { extension: null };
    case 'add-co-units':
      return { coUnitIds: [...one.coUnitIds, ...unitIds] };
    case 'urge':
      return { urgedAt: at };
    case 'supervise':
      return { supervised: { by: mover.id, since: at } };
    case 'answer':
      return { answeredAt: at, answeredBy: mover.id, extension: null };
    case 'redo':
      // With the same due time, whoever was told of it is not told again, and the next level's turn comes.
      return { answeredAt: null, answeredBy: null, ...(dueAt === null ? {} : { dueAt, ...watchedAnew }) };
    case 'reassign':
      return {
        ...{ executorUnitId: unitId ?? one.executorUnitId, coUnitIds: unitIds, sentAt: at },
        ...{ dueAt: dueAt ?? one.dueAt, firstDueAt: dueAt ?? one.firstDueAt, extensionsGranted: 0 },
        ...{ receivedAt: null, receivedBy: null, remindedAt: null, returned: null, extension: null },
        ...watchedAnew,
      };
    case 'close':
      return { closedAt: at };
    case 'withdraw':
      return { closedAt: at, extension: null };
    case 'ask-help':
    case 'opinion':
    case 'draft':
      return {};
  }
}

function detailsOf(command: MoveCommand, next: Handover): HandoverEvent['details'] {
  const { unitId, unitIds, reason, move } = command;
  const dated = handoverMoves[move].dueAt !== undefined;
  return {
    ...noDetails,
    reason,
    unitIds: unitId === null ? unitIds : [unitId, ...unitIds],
    dueAt: !dated ? null : move === 'ask-extension' ? command.dueAt : next.dueAt,
  };
}

/** Pure: the slip after a move, and the event that says so. @throws NotFound, Conflict, NotPermitted, InvalidInput */
export function buildMove(
  one: Handover,
  command: MoveCommand,
  mover: Mover,
  at: string,
): { next: Handover; event: HandoverEvent } {
  const acting = assertMay(one, command, mover, at);
  assertFields(one, command, at);
  const to = handoverMoves[command.move].to ?? one.state;
  const next = { ...one, ...change(one, command, mover, at), version: one.version + 1, state: to };
  const { role, unitId, onBehalfOf } = acting;
  const event: HandoverEvent = {
    ...{ id: command.commandId, handoverId: one.id, handoverVersion: next.version, kind: command.move, at },
    ...{ actorId: mover.id, role, unitId, onBehalfOf, from: one.state, to },
    details: detailsOf(command, next),
  };
  return { next, event };
}

/** What the machine does: it tells, each cause once, and never receives, answers or closes (R12). */
export interface Nudge {
  handoverId: string;
  version: number;
  kind: 'reminded' | 'escalated';
  /** For `escalated`: who is told now. */
  level: EscalationLevel | null;
}

/** Pure. The id is that of its cause, so that two houses that are kept at once write it once. */
export function buildNudge(
  one: Handover,
  { kind, level }: Nudge,
  at: string,
): { next: Handover; event: HandoverEvent } {
  const told = kind === 'reminded' ? { remindedAt: at } : { escalatedTo: level, escalatedAt: at };
  const next = { ...one, ...told, version: one.version + 1 };
  const cause = kind === 'reminded' ? one.sentAt : `${level}:${one.sentAt}:${one.dueAt}`;
  const event: HandoverEvent = {
    ...{ id: `${one.id}:${kind}:${cause}`, handoverId: one.id, handoverVersion: next.version, kind, at },
    ...{ actorId: null, role: null, unitId: null, onBehalfOf: null, from: one.state, to: one.state },
    details: { ...noDetails, level },
  };
  return { next, event };
}
