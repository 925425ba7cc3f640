import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { ServiceTopic } from './category.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { expiresAt } from './retention-class.ts';
import { type Appointment, type Role, rightsOf, rolesOf } from './role.ts';
import { Instant } from './time.ts';

/** What a card and an instruction are about: one case, or a topic of many. */
export const Subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case'), caseId: z.string().min(1) }),
  z.strictObject({ kind: z.literal('topic'), topic: ServiceTopic }),
]);
export type Subject = z.infer<typeof Subject>;

/** One word for a subject: `case:<id>` or `topic:<topic>`. */
export function subjectKey(subject: Subject): string {
  return subject.kind === 'case' ? `case:${subject.caseId}` : `topic:${subject.topic}`;
}

/**
 * `submitted` waits for the leader; `noted` was read without an instruction; `given` waits to be assigned; `assigned` is with a
 * unit; `reported` waits for the leader or the office to be content.
 */
export const InstructionState = z.enum([
  'submitted',
  'noted',
  'given',
  'assigned',
  'reported',
  'closed',
  'withdrawn',
]);
export type InstructionState = z.infer<typeof InstructionState>;

export const InstructionMove = z.enum([
  'submit',
  'give',
  'note',
  'assign',
  'report',
  'redo',
  'close',
  'withdraw',
]);
export type InstructionMove = z.infer<typeof InstructionMove>;

/** 批示—交办—反馈: what a leader wants done about a case or a topic, who does it, and what came of it. */
export const Instruction = z.object({
  id: z.string(),
  version: z.int().positive(),
  subject: Subject,
  state: InstructionState,
  /** Of the case at most; follows it when the case goes to the people on duty. */
  accessClass: AccessClass,
  /** To whom it was submitted, or who gave it. */
  leaderId: z.string(),
  /** By whom it was submitted; null when a leader began. */
  submittedBy: z.string().nullable(),
  /** Who is to report; null until it is assigned. */
  unitId: z.string().nullable(),
  /** By when; null where nobody said. */
  dueAt: Instant.nullable(),
  createdAt: Instant,
  changedAt: Instant,
});
export type Instruction = z.infer<typeof Instruction>;

/** Never overwritten. Its text quotes nobody (`domain/quotation.ts`), and so is kept with the record. */
export const InstructionEvent = z.object({
  /** The command's id. */
  id: z.string(),
  instructionId: z.string(),
  /** The version that it made. */
  version: z.int().positive(),
  move: InstructionMove,
  at: Instant,
  actorId: z.string(),
  /** In whose stead, where it was done so. */
  onBehalfOf: z.string().nullable(),
  unitId: z.string().nullable(),
  dueAt: Instant.nullable(),
  text: z.string(),
});
export type InstructionEvent = z.infer<typeof InstructionEvent>;

const InstructionCommand = z.object({
  commandId: z.uuid(),
  move: InstructionMove,
  text: z.string().max(1000),
  unitId: z.string().nullable(),
  dueAt: Instant.nullable(),
});
type InstructionCommand = z.infer<typeof InstructionCommand>;

export const StartCommand = InstructionCommand.extend({
  move: z.enum(['submit', 'give']),
  subject: Subject,
  /** To whom it is submitted; null when a leader gives it. */
  leaderId: z.string().nullable(),
});
export type StartCommand = z.infer<typeof StartCommand>;

export const MoveCommand = InstructionCommand.extend({
  move: InstructionMove.exclude(['submit']),
  instructionId: z.string(),
  /** The version that the person saw. */
  version: z.int().positive(),
});
export type MoveCommand = z.infer<typeof MoveCommand>;

const leaders: readonly Role[] = ['leader', 'principal'];

/** Who moves: with what is held in somebody's stead. */
export interface Mover {
  id: string;
  roles: readonly Role[];
  /** Of which units, for moves that a unit makes. */
  units: 'all' | readonly string[];
  /** Whom the person stands in for as a leader. */
  standsFor: readonly string[];
  /** A leader in their own right, not only in somebody's stead. */
  leads: boolean;
}

/** As whom a person acts here, by what they hold now. */
export function buildMover(id: string, appointments: readonly Appointment[]): Mover {
  const leading = appointments.filter(({ role }) => leaders.includes(role));
  return {
    id,
    roles: rolesOf(appointments),
    units: rightsOf(appointments, 'instruction.report').units,
    standsFor: [...new Set(leading.flatMap(({ onBehalfOf }) => onBehalfOf ?? []))],
    leads: leading.some(({ onBehalfOf }) => onBehalfOf === null),
  };
}

interface MoveRule {
  from: readonly InstructionState[];
  to: InstructionState;
  roles: readonly Role[];
  /** Only the leader whom it concerns, or who stands in for them. */
  leaderOnly?: true;
  /** A word must go with it. */
  needsText?: true;
}

/** The status table: from where, to where, by whom. */
const instructionMoves: Record<InstructionMove, MoveRule> = {
  submit: { from: [], to: 'submitted', roles: ['director'] },
  give: { from: ['submitted'], to: 'given', roles: leaders, leaderOnly: true, needsText: true },
  note: { from: ['submitted'], to: 'noted', roles: leaders, leaderOnly: true },
  assign: { from: ['given', 'assigned'], to: 'assigned', roles: ['director'] },
  report: {
    from: ['assigned'],
    to: 'reported',
    roles: ['unit-head', 'director', 'reviewer'],
    needsText: true,
  },
  redo: { from: ['reported'], to: 'assigned', roles: ['director', ...leaders], needsText: true },
  close: { from: ['reported'], to: 'closed', roles: ['director', ...leaders] },
  withdraw: { from: ['submitted', 'given', 'assigned'], to: 'withdrawn', roles: ['director', ...leaders] },
};

/** Ended: nothing follows. */
export function isEnded(state: InstructionState): boolean {
  return state === 'noted' || state === 'closed' || state === 'withdrawn';
}

const isLeader = (mover: Mover) => mover.roles.some((role) => leaders.includes(role));
const isOffice = (mover: Mover) => mover.roles.includes('director') || mover.roles.includes('reviewer');
const isTheLeader = (mover: Mover, leaderId: string) =>
  isLeader(mover) && (mover.id === leaderId || mover.standsFor.includes(leaderId));

/** Which instructions a person sees: all, or those that concern these leaders or were assigned to these units. */
export type InstructionReach = 'all' | { leaderIds: readonly string[]; unitIds: readonly string[] };

/** The office and the principal see all, a leader what concerns them, a unit what it was assigned. */
export function reachOf(mover: Mover): InstructionReach {
  if (isOffice(mover) || mover.roles.includes('principal')) return 'all';
  const leaderIds = isLeader(mover) ? [...(mover.leads ? [mover.id] : []), ...mover.standsFor] : [];
  return { leaderIds, unitIds: mover.units === 'all' ? [] : mover.units };
}

export function seesInstruction(one: Pick<Instruction, 'leaderId' | 'unitId'>, mover: Mover): boolean {
  const reach = reachOf(mover);
  if (reach === 'all') return true;
  return (
    reach.leaderIds.includes(one.leaderId) || (one.unitId !== null && reach.unitIds.includes(one.unitId))
  );
}

/** Why the person may not make the move now; null when they may. */
function findRefusal(one: Instruction, move: InstructionMove, mover: Mover): string | null {
  const rule = instructionMoves[move];
  const mine = isTheLeader(mover, one.leaderId);
  if (rule.leaderOnly && !mine) return '只有收到报阅的领导可以这样办理。';
  const asLeader = mine && rule.roles.some((role) => leaders.includes(role));
  const others = rule.roles.filter((role) => !leaders.includes(role) && mover.roles.includes(role));
  const asOther = others.some(
    (role) => role !== 'unit-head' || (one.unitId !== null && holds(mover, one.unitId)),
  );
  if (asLeader || asOther) return null;
  return move === 'report' ? '这件批示没有交办给您的单位。' : '您的角色不能这样办理。';
}

function holds({ units }: Mover, unitId: string): boolean {
  return units === 'all' || units.includes(unitId);
}

/** What a person may do with it now, for the screens. */
export function movesFor(one: Instruction, mover: Mover): InstructionMove[] {
  return InstructionMove.options.filter(
    (move) => instructionMoves[move].from.includes(one.state) && findRefusal(one, move, mover) === null,
  );
}

/** In whose stead a leader's move was made; null when it was their own, or none of a leader's. */
function findAbsent(mover: Mover, leaderId: string): string | null {
  return mover.id !== leaderId && mover.standsFor.includes(leaderId) ? leaderId : null;
}

function assertComplete(command: InstructionCommand, at: string): void {
  const { move, text, unitId, dueAt } = command;
  if (instructionMoves[move].needsText && text.trim() === '') {
    throw new InvalidInput('text', '请写明内容。', '一两句话即可');
  }
  if (move === 'assign' && unitId === null) throw new InvalidInput('unitId', '交办须选定责任单位。');
  if (move !== 'assign' && unitId !== null) throw new InvalidInput('unitId', '只有交办才填写责任单位。');
  if (dueAt !== null && dueAt <= at) throw new InvalidInput('dueAt', '时限须在现在之后。');
}

function eventOf(
  command: InstructionCommand,
  one: Instruction,
  actor: { id: string; onBehalfOf: string | null },
): InstructionEvent {
  return {
    id: command.commandId,
    instructionId: one.id,
    version: one.version,
    move: command.move,
    at: one.changedAt,
    actorId: actor.id,
    onBehalfOf: actor.onBehalfOf,
    unitId: command.unitId,
    dueAt: command.dueAt,
    text: command.text.trim(),
  };
}

export interface Moved {
  next: Instruction;
  event: InstructionEvent;
}

/**
 * Pure: a new instruction, submitted by the office or given by a leader.
 * @param accessClass of the case; `open` for a topic
 */
export function startInstruction(
  command: StartCommand,
  mover: Mover,
  { at, accessClass }: { at: string; accessClass: AccessClass },
): Moved {
  const { move, subject } = command;
  const allowed = move === 'give' ? isLeader(mover) : mover.roles.includes('director');
  if (!allowed) throw new NotPermitted('您的角色不能这样办理。');
  if ((move === 'submit') !== (command.leaderId !== null)) {
    throw new InvalidInput(
      'leaderId',
      move === 'submit' ? '请选择报哪位领导。' : '直接批示不填写报阅的领导。',
    );
  }
  assertComplete(command, at);
  // Who leads only in somebody's stead gives in that person's name.
  const stoodFor = move === 'give' && !mover.leads ? (mover.standsFor[0] ?? null) : null;
  const next: Instruction = {
    id: command.commandId,
    version: 1,
    subject,
    state: instructionMoves[move].to,
    accessClass,
    leaderId: command.leaderId ?? stoodFor ?? mover.id,
    submittedBy: move === 'submit' ? mover.id : null,
    unitId: null,
    dueAt: command.dueAt,
    createdAt: at,
    changedAt: at,
  };
  return { next, event: eventOf(command, next, { id: mover.id, onBehalfOf: stoodFor }) };
}

/**
 * Pure: the next version and the event that says so.
 * @throws NotFound, NotPermitted, Conflict, InvalidInput
 */
export function moveInstruction(one: Instruction, command: MoveCommand, mover: Mover, at: string): Moved {
  if (!seesInstruction(one, mover)) throw new NotFound('没有这件批示。');
  const refusal = findRefusal(one, command.move, mover);
  if (refusal !== null) throw new NotPermitted(refusal);
  if (one.version !== command.version) throw new Conflict('这件批示已有更新，请重新打开后再办理。');
  const rule = instructionMoves[command.move];
  if (!rule.from.includes(one.state)) throw new Conflict('这件批示目前的状态不能这样办理。');
  assertComplete(command, at);
  const next: Instruction = {
    ...one,
    version: one.version + 1,
    state: rule.to,
    unitId: command.unitId ?? one.unitId,
    dueAt: command.dueAt ?? one.dueAt,
    changedAt: at,
  };
  return {
    next,
    event: eventOf(command, next, { id: mover.id, onBehalfOf: findAbsent(mover, one.leaderId) }),
  };
}

/** With the case record, text-free of anybody else's words. */
export function instructionExpiresAt({ createdAt }: Pick<Instruction, 'createdAt'>): string {
  return expiresAt('record', createdAt) ?? createdAt;
}
