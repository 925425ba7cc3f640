import type { DecisionRequest } from '../../../review-api/contract/decision.ts';
import type { HandoverDetail } from '../../../review-api/contract/handover.ts';
import { t } from '../i18n/t.ts';
import type { HandoverMove, ReturnReason, Urgency } from './handover-words.ts';
import { moveWords } from './handover-words.ts';
import { fromLocalField, toLocalField } from './lead-draft.ts';

/** The slip of a decision being made. */
export interface OrderDraft {
  /** Empty: the responsible unit itself. */
  executorUnitId: string;
  coUnitIds: string[];
  urgency: Urgency;
  /** Working days as typed; empty for as many as the urgency gives. */
  days: string;
  request: string;
}

/** What the rules of routing propose for the slip; a person may change it. */
export interface ProposedOrder {
  executor: { id: string } | null;
  dueWorkingDays: number | null;
}

export function emptyOrder(request: string, proposed: ProposedOrder | null = null): OrderDraft {
  return {
    executorUnitId: proposed?.executor?.id ?? '',
    ...{ coUnitIds: [], urgency: 'normal' },
    days: proposed?.dueWorkingDays == null ? '' : String(proposed.dueWorkingDays),
    request,
  };
}

/** What is asked for when nobody writes anything else. */
export function usualRequest(topic: string | null): string {
  return topic === null ? t('handovers.usualRequest') : t('handovers.usualRequestTopic', { topic });
}

export function readDays(days: string): number | null {
  return /^\d{1,2}$/.test(days.trim()) && Number(days) > 0 ? Number(days) : null;
}

export function orderBody(draft: OrderDraft): NonNullable<DecisionRequest['handover']> {
  return {
    executorUnitId: draft.executorUnitId === '' ? null : draft.executorUnitId,
    ...{ coUnitIds: draft.coUnitIds, urgency: draft.urgency, request: draft.request.trim() },
    dueInWorkingDays: readDays(draft.days),
  };
}

/** A move being filled in. */
export interface MoveDraft {
  move: HandoverMove;
  text: string;
  /** As a date-time field has it. */
  due: string;
  unitId: string;
  unitIds: string[];
  reason: ReturnReason | '';
}

/** What the move begins with: an answer with the draft that the unit has, a new executor with the one that was suggested. */
export function beginMove(move: HandoverMove, slip: HandoverDetail): MoveDraft {
  const drafted = [...slip.events].reverse().find(({ kind, text }) => kind === 'draft' && text !== null);
  const { due } = moveWords[move];
  const asked = move === 'ask-extension' ? slip.latestExtension : slip.dueAt;
  return {
    move,
    text: move === 'answer' || move === 'draft' ? (drafted?.text ?? '') : '',
    due: due === 'required' ? toLocalField(asked) : '',
    unitId: move === 'reassign' ? (slip.returned?.suggestedUnit?.id ?? '') : '',
    ...{ unitIds: [], reason: '' },
  };
}

/** What still keeps it from being sent, at which field; null when nothing does. */
export function findMissingIn(draft: MoveDraft): { field: string; failure: string } | null {
  const words = moveWords[draft.move];
  if (words.reason === true && draft.reason === '')
    return { field: 'reason', failure: t('handovers.chooseReturnReason') };
  if (words.unit === 'required' && draft.unitId === '')
    return { field: 'unitId', failure: t('handovers.chooseUnit') };
  if (words.due === 'required' && fromLocalField(draft.due) === null) {
    return { field: 'dueAt', failure: t('handovers.fillDue') };
  }
  const needsText = words.needsText || draft.reason === 'other';
  if (needsText && draft.text.trim() === '')
    return { field: 'text', failure: t('handovers.fillText', { label: words.textLabel }) };
  return null;
}

export function moveBody(draft: MoveDraft) {
  const text = draft.text.trim();
  return {
    text: text === '' ? null : text,
    dueAt: fromLocalField(draft.due),
    unitId: draft.unitId === '' ? null : draft.unitId,
    unitIds: draft.unitIds,
    reason: draft.reason === '' ? null : draft.reason,
  };
}
