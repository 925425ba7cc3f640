import type { DecisionOption } from '../../../review-api/contract/case-detail.ts';
import type { DecisionRequest } from '../../../review-api/contract/decision.ts';
import { t } from '../i18n/t.ts';
import type { DecisionKind, ReasonCode } from './codes.ts';
import {
  emptyOrder,
  type OrderDraft,
  orderBody,
  type ProposedOrder,
  usualRequest,
} from './handover-draft.ts';

/** A decision being made: nothing is sent until it is confirmed. */
export interface DecisionDraft {
  kind: DecisionKind;
  reason: ReasonCode;
  note: string;
  unitId: string | null;
  /** For a hand-over: what the slip says. */
  order?: OrderDraft;
}

/** The usual reason is chosen already; a unit is taken over only where the case has one. */
export function buildDraft(
  option: DecisionOption,
  unitId: string | null,
  about: { topic: string | null; routing: ProposedOrder | null } = { topic: null, routing: null },
): DecisionDraft | null {
  const reason = option.reasons[0];
  if (reason === undefined) return null;
  const draft = { kind: option.kind, reason, note: '' };
  if (!option.needsUnit) return { ...draft, unitId: null };
  return { ...draft, unitId, order: emptyOrder(usualRequest(about.topic), about.routing) };
}

/** Is there anything in it that one key wouldn't bring back? */
export function isTouched(draft: DecisionDraft, fresh: DecisionDraft): boolean {
  const written = draft.note.trim() !== '' || draft.reason !== fresh.reason;
  return (
    written || draft.unitId !== fresh.unitId || JSON.stringify(draft.order) !== JSON.stringify(fresh.order)
  );
}

/** The reason `step` places on, wrapping around. */
export function stepReason(option: DecisionOption, reason: ReasonCode, step: 1 | -1): ReasonCode {
  const count = option.reasons.length;
  const at = option.reasons.indexOf(reason);
  return option.reasons[(at + step + count) % count] ?? reason;
}

/** What still keeps the draft from being confirmed, in words for the screen; null when nothing does. */
export function findMissing(draft: DecisionDraft, option: DecisionOption): string | null {
  return option.needsUnit && draft.unitId === null ? t('decide.ownerUnitMissing') : null;
}

/**
 * Turns drafts into requests. The same content sent again (after a lost connection) keeps its `commandId`, so that it is
 * recorded once; changed content is a new intention with a new id.
 */
export function createRequestBuilder(newId: () => string) {
  let last: { content: string; commandId: string } | null = null;
  return (draft: DecisionDraft, target: { caseId: string; version: number }): DecisionRequest => {
    const note = draft.note.trim();
    const content = JSON.stringify([
      target.caseId,
      target.version,
      draft.kind,
      draft.reason,
      note,
      draft.unitId,
      draft.order ?? null,
    ]);
    if (last?.content !== content) last = { content, commandId: newId() };
    return {
      commandId: last.commandId,
      version: target.version,
      kind: draft.kind,
      reason: draft.reason,
      note: note === '' ? null : note,
      unitId: draft.unitId,
      ...(draft.order === undefined ? {} : { handover: orderBody(draft.order) }),
    };
  };
}
