import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { CaseChange } from '../../../review-api/contract/case-change.ts';
import type { CaseDetail, DecisionOption } from '../../../review-api/contract/case-detail.ts';
import type { DecisionAnswer } from '../../../review-api/contract/decision.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import type { DecisionKind, ReasonCode } from '../lib/codes.ts';
import {
  buildDraft,
  createRequestBuilder,
  type DecisionDraft,
  findMissing,
  isTouched,
  stepReason,
} from '../lib/decision-draft.ts';
import type { Urgency } from '../lib/handover-words.ts';
import { serviceTopicLabels } from '../lib/labels.ts';
import { newId } from '../lib/new-id.ts';
import type { KeptDrafts } from './use-kept-drafts.ts';

export type Confirmation =
  | { outcome: 'decided'; draft: DecisionDraft; answer: DecisionAnswer }
  /** Somebody was faster, or the source was edited: the case has to be looked at again. */
  | { outcome: 'stale'; message: string }
  | { outcome: 'kept' };

/** A decision that was refused, since something had happened to the case that its maker hadn't seen. */
export interface StaleDecision {
  caseId: string;
  message: string;
  changes: readonly CaseChange[];
  referredAt: string | null;
  written: DecisionDraft;
}

/** Writes every change of the draft through to the kept ones, so that nothing that ends the screen loses it. */
function useDraft(detail: Ref<CaseDetail | null>, drafts: KeptDrafts) {
  const draft = ref<DecisionDraft | null>(null);
  const kept = computed(() => (detail.value === null ? null : drafts.get(detail.value.id)));
  let started: { caseId: string; fresh: DecisionDraft } | null = null;

  function keep(written: DecisionDraft | null) {
    if (written === null || started === null) return;
    if (isTouched(written, started.fresh)) drafts.set(started.caseId, { ...written });
    else drafts.delete(started.caseId);
  }
  watch(draft, keep, { flush: 'sync' });

  return {
    draft,
    /** What was written for this case before, whether or not it still can be sent. */
    kept,
    /** Written before for the same decision: goes on there. For another one: its note goes along. */
    start(option: DecisionOption, target: CaseDetail) {
      const topic = target.service === null ? null : serviceTopicLabels[target.service.topic];
      const fresh = buildDraft(option, target.suggestedUnitId, { topic, routing: target.routing });
      if (fresh === null) return;
      const before = kept.value;
      started = { caseId: target.id, fresh };
      draft.value = before?.kind === option.kind ? before : { ...fresh, note: before?.note ?? '' };
    },
    /** Off the screen, but kept. */
    putAside() {
      draft.value = null;
    },
    drop(caseId: string) {
      draft.value = null;
      drafts.delete(caseId);
    },
  };
}

/** The decision being made on the open case. */
export function useDeciding(client: Client, detail: Ref<CaseDetail | null>, drafts: KeptDrafts) {
  const { draft, kept, start, putAside, drop } = useDraft(detail, drafts);
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const stale = shallowRef<StaleDecision | null>(null);
  const buildRequest = createRequestBuilder(newId);
  const option = computed(
    () => detail.value?.decisions.find((one) => one.kind === draft.value?.kind) ?? null,
  );

  function leave() {
    putAside();
    failure.value = null;
  }

  function cancel() {
    leave();
    if (detail.value !== null) drop(detail.value.id);
  }

  async function send(sent: DecisionDraft, target: CaseDetail): Promise<Confirmation> {
    try {
      const body = buildRequest(sent, { caseId: target.id, version: target.version });
      const answer = await client.call('recordDecision', { params: { id: target.id }, body });
      leave();
      drop(target.id);
      return { outcome: 'decided', draft: sent, answer };
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.status === 409) {
        leave();
        const message = describeFailure(thrown);
        const { changes, referredAt = null } = thrown;
        stale.value = { caseId: target.id, message, changes, referredAt, written: sent };
        return { outcome: 'stale', message };
      }
      failure.value = describeFailure(thrown);
      return { outcome: 'kept' };
    }
  }

  return {
    draft,
    option,
    busy,
    failure,
    kept,
    /** Until the person has seen it. */
    stale,
    /** Off the screen without giving it up: it is offered again when the case is next open. */
    putAside: leave,
    /** Gives up what was written for the case that is open. */
    cancel,
    /** False where the decision is not open to this person on this case. */
    pick(kind: DecisionKind): boolean {
      const found = detail.value?.decisions.find((one) => one.kind === kind);
      if (found === undefined || detail.value === null || busy.value) return false;
      if (draft.value?.kind !== kind) start(found, detail.value);
      stale.value = null;
      failure.value = null;
      return true;
    },
    /** When a slip would be due; null where it cannot be told now. */
    async planDue(urgency: Urgency, days: number | null) {
      try {
        return await client.call('planHandoverDue', {
          query: { urgency, ...(days === null ? {} : { days }) },
        });
      } catch {
        return null;
      }
    },
    setReason(reason: ReasonCode | undefined) {
      if (draft.value !== null && reason !== undefined) draft.value = { ...draft.value, reason };
    },
    moveReason(step: 1 | -1) {
      if (draft.value === null || option.value === null) return;
      draft.value = { ...draft.value, reason: stepReason(option.value, draft.value.reason, step) };
    },
    async confirm(): Promise<Confirmation> {
      const target = detail.value;
      if (draft.value === null || option.value === null || target === null || busy.value) {
        return { outcome: 'kept' };
      }
      failure.value = findMissing(draft.value, option.value);
      if (failure.value !== null) return { outcome: 'kept' };
      busy.value = true;
      try {
        return await send({ ...draft.value }, target);
      } finally {
        busy.value = false;
      }
    },
  };
}
export type Deciding = ReturnType<typeof useDeciding>;
