import type { Draft, DraftChain, DraftState, LiveState, StepPass, TakeDown } from './draft.ts';
import { type Approved, approve } from './draft-approval.ts';
import { channelsToTakeDown } from './draft-due.ts';
import type { DraftEvent, DraftMoveCommand, FoundForMove } from './draft-move-command.ts';
import { type Acting, assertMay } from './draft-moves.ts';
import { type DraftMover, findHolding, isComplete, openSteps } from './draft-steps.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import { expiresAt } from './retention-class.ts';
import type { StepName } from './review-chain.ts';
import type { SealRecord } from './seal-record.ts';
import { laterBy, shanghaiDay, shanghaiInstant } from './time.ts';

const hourMs = 3_600_000;
/** 补审 after an urgent approval, and the confirmation of a signature on paper. */
const lateReviewHours = 2;
const confirmationHours = 48;

export type SealEnd = 'edited' | 'denied' | 'corrected' | 'recalled';

/** What a move leaves: the draft, the event that says so, and what becomes of its seals. */
export interface DraftMoved {
  next: Draft;
  event: DraftEvent;
  /** Why the seal that the draft had holds no longer; null where it stays, or there was none. */
  sealEnded: SealEnd | null;
}

interface Step {
  draft: Draft;
  command: DraftMoveCommand;
  acting: Acting;
  mover: DraftMover;
  found: FoundForMove;
  at: string;
}

type Change = Partial<Draft> & { state: DraftState };

const closed = (at: string) => ({ expiresAt: expiresAt('publication', at) });

/** The first instant of the day after, in Shanghai. */
function endOfDay(day: string): string {
  const next = shanghaiDay(laterBy(`${day}T00:00:00.000Z`, 24 * hourMs));
  const [year = 0, month = 0, date = 0] = next.split('-').map(Number);
  return shanghaiInstant(year, month, date) ?? `${next}T00:00:00.000Z`;
}

function submit({ draft, mover, found, command, at }: Step): Change {
  const { chain, blocking, reportDigest } = found;
  if (chain === undefined || blocking === undefined || reportDigest === undefined)
    throw new Conflict('没有适用的审校链，或稿件还没有检查。');
  const writers = draft.writers.includes(mover.id) ? draft.writers : [...draft.writers, mover.id];
  // Leave that was given by somebody who writes in it since is their own.
  const allowed = new Set(draft.allowed.filter(({ by }) => !writers.includes(by)).map(({ key }) => key));
  const left = blocking.filter((key) => !allowed.has(key));
  if (left.length > 0) {
    const message = `有 ${left.length} 处必须处理的问题。请改正，或请终审人放行后再送审。`;
    throw new InvalidInput('findings', message, left.join('\n'));
  }
  if (draft.title.trim() === '') throw new InvalidInput('title', '请填写标题。');
  if (draft.channels.length === 0) throw new InvalidInput('channels', '请在“申报”里选择发布渠道。');
  // The same text again, under the same chain: those who have passed it need not read it a second time.
  const sameText = draft.submitted?.version === draft.contentVersion && isSameChain(draft.chain, chain);
  const wrote = (id: string | null) => id !== null && writers.includes(id);
  const keeps =
    sameText && !draft.passes.some(({ actorId, onBehalfOf }) => wrote(actorId) || wrote(onBehalfOf));
  const reason = command.urgentReason?.trim() ?? '';
  if (command.urgentReason !== null && reason === '')
    throw new InvalidInput('urgentReason', '请写明为什么加急。');
  return {
    ...{ state: 'in-review', writers, round: draft.round + 1, asked: null },
    chain: keeps ? draft.chain : chain,
    passes: keeps ? draft.passes : [],
    submitted: { version: draft.contentVersion, reportDigest, by: mover.id, at },
    urgent: reason === '' ? null : { reason, lateBy: null },
    purpose: draft.state === 'correcting' ? 'correction' : 'publish',
  };
}

/** Settings may change between two submissions: other steps, or other people for them, begin anew. */
function isSameChain(one: DraftChain | null, other: DraftChain): boolean {
  const told = ({ id, mode, steps }: DraftChain) =>
    JSON.stringify([id, mode, steps.map(({ step, role, personIds }) => [step, role, personIds.toSorted()])]);
  return one !== null && told(one) === told(other);
}

function buildPass(step: Step, name: StepName, offline: StepPass['offline']): StepPass {
  const { draft, command, acting, mover, at } = step;
  const { role, unitId, onBehalfOf } = acting.appointment;
  return {
    ...{
      step: name,
      round: draft.round,
      contentVersion: draft.contentVersion,
      actorId: mover.id,
      onBehalfOf,
    },
    ...{ role, unitId, at, opinion: command.text?.trim() ?? '', errorsFound: command.errorsFound ?? 0 },
    ...{ readAloud: command.readAloud ?? false, offline, late: draft.state !== 'in-review' },
  };
}

function takeDownAfter(draft: Draft): TakeDown | null {
  if (draft.publicityUntil === null) return null;
  return { cause: 'publicity-ended', dueAt: endOfDay(draft.publicityUntil), done: [] };
}

function recalled(draft: Draft, at: string): Change {
  const takeDown: TakeDown | null =
    draft.publications.length === 0 ? null : { cause: 'recalled', dueAt: at, done: [] };
  return { state: 'recalled', recall: null, seal: null, takeDown, ...closed(at) };
}

/** After a step is decided: on to the next one, or through the gate. */
function afterPass(step: Step, pass: StepPass): Change {
  const { draft, found, at } = step;
  if (draft.state === 'in-review' && draft.purpose === 'recall') return recalled(draft, at);
  const passed: Draft = { ...draft, passes: [...draft.passes, pass] };
  if (draft.state !== 'in-review') {
    const left = openSteps(passed).length;
    const { urgent } = draft;
    return {
      ...{ state: draft.state, passes: passed.passes },
      urgent: urgent !== null && left === 0 ? { ...urgent, lateBy: null } : urgent,
    };
  }
  if (!isComplete(passed)) return { state: 'in-review', passes: passed.passes };
  const gate: Approved<Draft> = approve(passed);
  const { seal } = found;
  const fits = seal?.version === gate.contentVersion && seal.reportDigest === gate.submitted?.reportDigest;
  if (seal === undefined || !fits) throw new Conflict('定稿没有锁定：稿件已有更新，请重新打开后再办理。');
  const { urgent } = gate;
  const isLeft = (gate.chain?.steps.length ?? 0) > gate.passes.length;
  return {
    ...{ state: 'approved', passes: gate.passes, seal, approvedAt: at, live: null },
    takeDown: takeDownAfter(gate),
    urgent:
      urgent === null ? null : { ...urgent, lateBy: isLeft ? laterBy(at, lateReviewHours * hourMs) : null },
  };
}

/** 线下签批: the named leader's pass, brought by somebody else. */
function recordOffline(step: Step): Change {
  const { draft, command, mover, found, at } = step;
  const { signer } = found;
  if (command.scan === null) throw new InvalidInput('scan', '请上传签批单的扫描件。');
  if (command.signedOn === null) throw new InvalidInput('signedOn', '请填写签批日期。');
  if (command.signedOn > shanghaiDay(at)) throw new InvalidInput('signedOn', '签批日期不能晚于今天。');
  if (signer === undefined) throw new InvalidInput('leaderId', '没有这位签批人。');
  if (signer.id === mover.id) throw new InvalidInput('leaderId', '登记人不能是签批人。');
  const opening = openSteps(draft).flatMap((name) => {
    const role = draft.chain?.steps.find((one) => one.step === name);
    if (role === undefined || (command.step !== null && command.step !== name)) return [];
    const unitId = draft.unitId;
    return [{ kind: 'step' as const, step: name, role: role.role, unitId, personIds: role.personIds }];
  });
  const [held, ...others] = opening.flatMap((one) => {
    const appointment = findHolding(draft, one, signer);
    return appointment === null || appointment.onBehalfOf !== null ? [] : [{ one, appointment }];
  });
  if (held === undefined) throw new InvalidInput('leaderId', '这位签批人不能办理现在的审校环节。');
  if (others.length > 0) throw new InvalidInput('step', '签批人可以办理多个环节，请选择一个。');
  const offline = {
    ...{ scan: command.scan, recordedBy: mover.id, signedOn: command.signedOn },
    ...{ confirmBy: laterBy(at, confirmationHours * hourMs), confirmedAt: null },
  };
  const asSigner = { ...step, mover: signer, acting: { ...step.acting, appointment: held.appointment } };
  return afterPass(step, buildPass(asSigner, held.one.step, offline));
}

/** What was passed by them or after them does not stand: back to the writers, or, where it is live, to be corrected. */
function fallBack(draft: Draft, at: string): Change {
  const again = { passes: [], urgent: null, submitted: null, recall: null };
  // What is live while a correction is reviewed was approved by others.
  if (draft.live !== null) return { state: 'correcting', ...again };
  const isOut = draft.publications.length > 0;
  const takeDown: TakeDown | null = isOut ? { cause: 'not-approved', dueAt: at, done: [] } : null;
  return { state: isOut ? 'correcting' : 'returned', ...again, seal: null, approvedAt: null, takeDown };
}

function backFromReview(draft: Draft, elsewhere: DraftState): Change {
  if (draft.purpose !== 'recall') return { state: draft.purpose === 'correction' ? 'correcting' : elsewhere };
  const state = draft.recall?.before ?? 'published';
  const corrects = state === 'correcting' || (state === 'approved' && draft.publications.length > 0);
  return { state, purpose: corrects ? 'correction' : 'publish', recall: null };
}

function startCorrection(draft: Draft): Change {
  const { contentVersion, title, genre, channels, plannedAt, publicityUntil } = draft;
  const { chain, passes, submitted, urgent, approvedAt } = draft;
  const live: LiveState = {
    ...{ contentVersion, title, genre, channels, plannedAt, publicityUntil },
    ...{ chain, passes, submitted, urgent, approvedAt },
  };
  return { state: 'correcting', live, passes: [], submitted: null, urgent: null };
}

/** There is to be no correction: what is live stays, as it was approved, with the reviews that are still to come. */
function endCorrection(draft: Draft): Change {
  if (draft.live === null) return { state: 'correcting' };
  return { ...draft.live, state: 'published', purpose: 'publish', live: null, asked: null };
}

function confirm({ draft, acting, at }: Step): Change {
  const passes = draft.passes.map((pass) =>
    pass.step === acting.opening?.step && pass.offline !== null
      ? { ...pass, offline: { ...pass.offline, confirmedAt: at } }
      : pass,
  );
  return { state: draft.state, passes };
}

function askAllowance({ draft, command, mover, found, at }: Step): Change {
  if (command.keys.length === 0) throw new InvalidInput('keys', '请选择要申请放行的问题。');
  if (found.chain === undefined) throw new Conflict('没有适用的审校链。');
  const writers = draft.writers.includes(mover.id) ? draft.writers : [...draft.writers, mover.id];
  return {
    ...{ state: draft.state, writers, chain: found.chain },
    // Another chain begins anew.
    passes: isSameChain(draft.chain, found.chain) ? draft.passes : [],
    asked: { keys: command.keys, reason: command.text?.trim() ?? '', by: mover.id, at },
  };
}

function allow({ draft, command, mover, at }: Step): Change {
  const asked = draft.asked?.keys ?? [];
  const keys = command.keys.length === 0 ? asked : command.keys;
  if (keys.some((key) => !asked.includes(key))) throw new InvalidInput('keys', '没有申请放行这个问题。');
  const reason = command.text?.trim() ?? '';
  const given = keys.map((key) => ({ key, reason, by: mover.id, at }));
  return { state: draft.state, asked: null, allowed: [...draft.allowed, ...given] };
}

function markPublished({ draft, command, mover, at }: Step): Change {
  const { channelId, url } = command;
  if (channelId === null || !draft.channels.includes(channelId))
    throw new InvalidInput('channelId', '请选择稿件的一个发布渠道。');
  const others = draft.publications.filter((one) => one.channelId !== channelId);
  const known = draft.publications.find((one) => one.channelId === channelId);
  const publication = { channelId, url: url ?? known?.url ?? null, at: known?.at ?? at, by: mover.id };
  return {
    ...{ state: 'published', publications: [...others, publication] },
    publishedAt: draft.publishedAt ?? at,
  };
}

function markTakenDown({ draft, command, mover, at }: Step): Change {
  const { channelId } = command;
  const { takeDown } = draft;
  if (channelId === null) throw new InvalidInput('channelId', '请选择已撤下的渠道。');
  if (takeDown === null || !channelsToTakeDown(draft).includes(channelId))
    throw new Conflict('这个渠道没有待撤下的内容。');
  const done = [...takeDown.done, { channelId, by: mover.id, at }];
  return { state: draft.state, takeDown: { ...takeDown, done } };
}

function change(step: Step): Change {
  const { draft, command, mover, acting, at } = step;
  switch (command.move) {
    case 'submit':
      return submit(step);
    case 'pass':
      if (acting.opening === null) throw new NotPermitted('这一步不由您办理。');
      return afterPass(step, buildPass(step, acting.opening.step, null));
    case 'return':
      return backFromReview(draft, 'returned');
    case 'reject': {
      if (draft.purpose === 'correction') return endCorrection(draft);
      const back = backFromReview(draft, 'rejected');
      return back.state === 'rejected' ? { ...back, ...closed(at) } : back;
    }
    case 'withdraw':
      return backFromReview(draft, 'withdrawn');
    case 'reopen':
      return {
        ...{ state: draft.publications.length > 0 ? 'correcting' : 'draft', passes: [], seal: null },
        ...{ urgent: null, submitted: null, approvedAt: null, takeDown: null },
      };
    case 'ask-allowance':
      return askAllowance(step);
    case 'allow':
      return allow(step);
    case 'refuse-allowance':
      return { state: draft.state, asked: null };
    case 'record-offline':
      return recordOffline(step);
    case 'confirm-offline':
      return confirm(step);
    case 'deny-offline':
    case 'object-late':
      return fallBack(draft, at);
    case 'mark-published':
      return markPublished(step);
    case 'start-correction':
      return startCorrection(draft);
    case 'cancel-correction':
      return endCorrection(draft);
    case 'ask-recall': {
      const before = draft.state === 'approved' || draft.state === 'correcting' ? draft.state : 'published';
      const recall = { askedBy: mover.id, reason: command.text?.trim() ?? '', at, before } as const;
      return { state: 'in-review', purpose: 'recall', recall };
    }
    case 'mark-taken-down':
      return markTakenDown(step);
    case 'archive':
      return { state: 'archived', ...closed(at) };
    case 'discard':
      // Nobody has ever been shown it: a month is enough to think better of it.
      return {
        ...{ state: 'archived', asked: null },
        expiresAt: draft.round === 0 ? laterBy(at, 30 * 24 * hourMs) : closed(at).expiresAt,
      };
  }
}

function endOf(draft: Draft, next: Draft, { move }: DraftMoveCommand): SealEnd | null {
  if (draft.seal === null || draft.seal.digest === next.seal?.digest) return null;
  if (next.seal !== null) return 'corrected';
  if (move === 'reopen') return 'edited';
  return next.state === 'recalled' ? 'recalled' : 'denied';
}

/**
 * Pure: the draft after a move, and the event that says so. The store asks it again in its transaction, so that nothing that was
 * found out before can have changed meanwhile.
 * @throws NotFound, Conflict, NotPermitted, InvalidInput
 */
export function buildDraftMove(
  draft: Draft,
  { command, found }: { command: DraftMoveCommand; found: FoundForMove },
  mover: DraftMover,
  at: string,
): DraftMoved {
  const acting = assertMay(draft, command, mover);
  const changed = change({ draft, command, acting, mover, found, at });
  const next: Draft = { ...draft, ...changed, revision: draft.revision + 1, changedAt: at };
  const { role, unitId, onBehalfOf } = acting.appointment;
  const pass = next.passes.length > draft.passes.length ? next.passes.at(-1) : undefined;
  const sealEnded = endOf(draft, next, command);
  const made = next.seal?.digest === draft.seal?.digest ? null : next.seal;
  const event: DraftEvent = {
    ...{ id: command.commandId, draftId: draft.id, revision: next.revision, kind: command.move, at },
    ...{ actorId: mover.id, role, unitId, onBehalfOf, from: draft.state, to: next.state, round: next.round },
    ...{ contentVersion: draft.contentVersion, text: command.text?.trim() || command.urgentReason || null },
    details: {
      ...{ step: pass?.step ?? acting.opening?.step ?? null, errorsFound: pass?.errorsFound ?? null },
      ...{ readAloud: pass?.readAloud ?? null, late: pass?.late ?? false, keys: command.keys },
      ...{ channelId: command.channelId, url: command.url, leaderId: command.leaderId },
      // Whoever sees the draft may read the file that an event names.
      scan: command.move === 'record-offline' ? command.scan : null,
      sealDigest: made?.digest ?? (sealEnded === null ? null : (draft.seal?.digest ?? null)),
    },
  };
  return { next, event, sealEnded };
}

/**
 * Whether this move would approve the draft: then it has to be sealed, and what is returned is what may be.
 * @throws as `buildDraftMove`, but for the missing seal
 */
export function findApproval(
  draft: Draft,
  { command, found }: { command: DraftMoveCommand; found: FoundForMove },
  mover: DraftMover,
  at: string,
): Approved<Draft> | null {
  if (command.move !== 'pass' && command.move !== 'record-offline') return null;
  if (draft.state !== 'in-review' || draft.purpose === 'recall') return null;
  // Any seal of this version will do to see where it leads.
  const reportDigest = draft.submitted?.reportDigest ?? '';
  const seal = { ...unsigned, version: draft.contentVersion, reportDigest };
  const { next } = buildDraftMove(draft, { command, found: { ...found, seal } }, mover, at);
  return next.state === 'approved' ? approve(next) : null;
}

const unsigned: Omit<SealRecord, 'version' | 'reportDigest'> = {
  ...{ kid: '', algorithm: 'Ed25519', normalForm: '', digest: '', signature: '', at: '' },
  parts: { title: '', text: '', images: '', links: '', attachments: '', report: '' },
};
