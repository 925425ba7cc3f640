import { type Draft, type DraftState, writableStates } from './draft.ts';
import { channelsToTakeDown } from './draft-due.ts';
import type { DraftMoveCommand } from './draft-move-command.ts';
import { DraftMove } from './draft-move-command.ts';
import {
  type DraftMover,
  findHolding,
  involvedIn,
  type Opening,
  openingsOf,
  openSteps,
  unconfirmed,
} from './draft-steps.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';
import { type Action, type Appointment, rightsOf } from './role.ts';

/**
 * As what somebody makes a move: `writer` of the draft's unit, `holder` of an open step, `allower` (the final reviewer, for
 * findings), `signer` of what was signed on paper, `recorder` of it, `office` for every unit.
 */
type DraftParty = 'writer' | 'holder' | 'allower' | 'signer' | 'recorder' | 'office';

interface MoveRule {
  from: readonly DraftState[];
  by: readonly DraftParty[];
  /** Opinion or reason. */
  text: 'required' | 'optional';
}

const out: readonly DraftState[] = ['approved', 'published'];
const both: readonly DraftParty[] = ['writer', 'office'];
const asksLeave: readonly DraftState[] = writableStates;

/** The status table of a draft: each move, from where, by whom. Where it goes: domain/draft-change.ts. */
export const draftMoves: Record<DraftMove, MoveRule> = {
  submit: { from: writableStates, by: ['writer'], text: 'optional' },
  pass: { from: ['in-review', ...out], by: ['holder'], text: 'optional' },
  return: { from: ['in-review'], by: ['holder'], text: 'required' },
  reject: { from: ['in-review'], by: ['holder'], text: 'required' },
  withdraw: { from: ['in-review'], by: ['writer'], text: 'optional' },
  reopen: { from: ['approved'], by: ['writer'], text: 'required' },
  'ask-allowance': { from: asksLeave, by: ['writer'], text: 'required' },
  allow: { from: asksLeave, by: ['allower'], text: 'required' },
  'refuse-allowance': { from: asksLeave, by: ['allower'], text: 'required' },
  'record-offline': { from: ['in-review', ...out], by: ['recorder'], text: 'optional' },
  'confirm-offline': { from: ['in-review', ...out], by: ['signer'], text: 'optional' },
  'deny-offline': { from: ['in-review', ...out], by: ['signer'], text: 'required' },
  'object-late': { from: out, by: ['holder'], text: 'required' },
  'mark-published': { from: out, by: both, text: 'optional' },
  'start-correction': { from: ['published'], by: both, text: 'required' },
  'cancel-correction': { from: ['correcting'], by: both, text: 'required' },
  'ask-recall': { from: [...out, 'correcting'], by: both, text: 'required' },
  'mark-taken-down': { from: ['published', 'correcting', 'recalled'], by: both, text: 'optional' },
  archive: { from: ['published', 'rejected', 'recalled'], by: ['office'], text: 'optional' },
  discard: { from: ['draft', 'returned', 'withdrawn'], by: ['writer'], text: 'optional' },
};

const rightOf: Record<'writer' | 'recorder' | 'office', Action> = {
  writer: 'draft.write',
  recorder: 'draft.record-offline',
  office: 'draft.manage',
};
const openingFor: Record<'holder' | 'allower' | 'signer', Opening['kind']> = {
  holder: 'step',
  allower: 'allowance',
  signer: 'confirmation',
};

/** As what, and where several wait for which of it, a person makes a move. */
export interface Acting {
  party: DraftParty;
  appointment: Appointment;
  /** What it is about; null for a writer, a recorder, the office. */
  opening: Opening | null;
}

function withRight(draft: Draft, action: Action, { appointments }: DraftMover): Appointment | null {
  const may = appointments.filter((one) => {
    const { permitted, units } = rightsOf([one], action);
    return permitted && (units === 'all' || units.includes(draft.unitId));
  });
  return may.find(({ onBehalfOf }) => onBehalfOf === null) ?? may[0] ?? null;
}

export function mayWrite(draft: Draft, mover: DraftMover): boolean {
  return withRight(draft, 'draft.write', mover) !== null;
}

function actAs(draft: Draft, party: DraftParty, mover: DraftMover): Acting[] {
  if (party === 'writer' || party === 'recorder' || party === 'office') {
    // Whoever wrote it, or has a part in its review, brings no signature for it.
    if (party === 'recorder' && (mover.student || involvedIn(draft).includes(mover.id))) return [];
    const appointment = withRight(draft, rightOf[party], mover);
    return appointment === null ? [] : [{ party, appointment, opening: null }];
  }
  return openingsOf(draft)
    .filter(({ kind }) => kind === openingFor[party])
    .flatMap((opening) => {
      const appointment = findHolding(draft, opening, mover);
      return appointment === null ? [] : [{ party, appointment, opening }];
    });
}

/** All the ways in which a person may make a move now; none: not at all. */
export function findActing(draft: Draft, move: DraftMove, mover: DraftMover): Acting[] {
  const { from, by } = draftMoves[move];
  if (!from.includes(draft.state)) return [];
  // One way is enough, but for steps, of which several may be open.
  const found = by.map((party) => actAs(draft, party, mover)).find((ways) => ways.length > 0);
  return found ?? [];
}

/** Besides state and person: what keeps a move from being made now. Null: nothing. */
function whyNotNow(draft: Draft, move: DraftMove): string | null {
  const { live, asked, urgent } = draft;
  switch (move) {
    case 'ask-allowance':
      return asked === null ? null : '已有一次放行申请，正在等待终审人处理。';
    case 'cancel-correction':
      return live === null ? '线上内容没有有效的定稿，不能取消更正。' : null;
    case 'record-offline':
      if (draft.state === 'in-review' && draft.purpose === 'recall')
        return '撤稿请终审人登录后办理，不能登记线下签批。';
      return openSteps(draft).length === 0 ? '没有等待办理的环节。' : null;
    case 'ask-recall':
      return draft.state === 'correcting' && live !== null ? '请先取消更正，再申请撤稿。' : null;
    case 'mark-taken-down':
      return channelsToTakeDown(draft).length === 0 ? '没有待撤下的渠道。' : null;
    case 'archive':
      if (draft.state === 'published' && urgent !== null && urgent.lateBy !== null)
        return '补审还没有完成，不能归档。';
      if (draft.state === 'published' && unconfirmed(draft).length > 0)
        return '线下签批还没有得到签批人确认，不能归档。';
      return channelsToTakeDown(draft).length > 0 ? '还有渠道没有撤下，不能归档。' : null;
    default:
      return null;
  }
}

/** Each move that this person may make now, in the table's order. */
export function movesNow(draft: Draft, mover: DraftMover): DraftMove[] {
  return DraftMove.options.filter(
    (move) => findActing(draft, move, mover).length > 0 && whyNotNow(draft, move) === null,
  );
}

/**
 * Is there such a draft for this person at all: of their unit, of all units, or with a step that names them?
 * The store asks the same (`DraftSight`).
 */
export function isInSight(draft: Draft, mover: DraftMover): boolean {
  if (withRight(draft, 'draft.read', mover) !== null) return true;
  const holders = [mover.id, ...mover.appointments.map(({ onBehalfOf }) => onBehalfOf)];
  return (draft.chain?.steps ?? []).some(({ personIds }) => personIds.some((id) => holders.includes(id)));
}

/** @throws NotFound, Conflict (stale, or not now), NotPermitted, InvalidInput (`step`, `text`) */
export function assertMay(draft: Draft, command: DraftMoveCommand, mover: DraftMover): Acting {
  if (!isInSight(draft, mover)) throw new NotFound('没有这篇稿件。');
  if (draft.revision !== command.revision) throw new Conflict('这篇稿件已有更新，请重新打开后再办理。');
  const { from, text } = draftMoves[command.move];
  if (!from.includes(draft.state)) throw new Conflict('稿件现在的状态不能这样办理。');
  const ways = findActing(draft, command.move, mover);
  const first = ways[0];
  if (first === undefined) throw new NotPermitted(whyNot(draft, command.move, mover));
  const late = whyNotNow(draft, command.move);
  if (late !== null) throw new Conflict(late);
  if (text === 'required' && (command.text ?? '').trim() === '')
    throw new InvalidInput('text', '请写明理由或意见。');
  if (command.step === null) {
    if (ways.length > 1) throw new InvalidInput('step', '您可以办理多个环节，请选择一个。');
    return first;
  }
  const chosen = ways.find(({ opening }) => opening?.step === command.step);
  if (first.opening !== null && chosen === undefined) throw new NotPermitted('这个环节现在不由您办理。');
  return chosen ?? first;
}

function whyNot(draft: Draft, move: DraftMove, mover: DraftMover): string {
  const holds = draftMoves[move].by.includes('holder');
  if (holds && mover.student) return '学生账号可以写稿，不能审校。';
  if (holds && draft.writers.includes(mover.id)) return '写稿人不能审校自己的稿件。';
  if (holds && draft.passes.some(({ actorId, onBehalfOf }) => [actorId, onBehalfOf].includes(mover.id)))
    return '同一个人不能办理两个审校环节。';
  return '这一步不由您办理。';
}
