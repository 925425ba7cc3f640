import { computed, type Ref, ref } from 'vue';
import type { CaseDetail } from '../../../review-api/contract/case-detail.ts';
import type { DecisionAnswer } from '../../../review-api/contract/decision.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import type { DecisionKind, ReasonCode } from '../lib/codes.ts';
import {
  buildDraft,
  createRequestBuilder,
  type DecisionDraft,
  findMissing,
  stepReason,
} from '../lib/decision-draft.ts';
import { newId } from '../lib/new-id.ts';

export type Confirmation =
  | { outcome: 'decided'; draft: DecisionDraft; answer: DecisionAnswer }
  /** Somebody was faster, or the source was edited: the case has to be looked at again. */
  | { outcome: 'stale'; message: string }
  | { outcome: 'kept' };

/** The decision being made on the open case. */
export function useDeciding(client: Client, detail: Ref<CaseDetail | null>) {
  const draft = ref<DecisionDraft | null>(null);
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const buildRequest = createRequestBuilder(newId);
  const option = computed(
    () => detail.value?.decisions.find((one) => one.kind === draft.value?.kind) ?? null,
  );

  function cancel() {
    draft.value = null;
    failure.value = null;
  }

  async function send(sent: DecisionDraft, target: CaseDetail): Promise<Confirmation> {
    try {
      const body = buildRequest(sent, { caseId: target.id, version: target.version });
      const answer = await client.call('recordDecision', { params: { id: target.id }, body });
      cancel();
      return { outcome: 'decided', draft: sent, answer };
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.status === 409) {
        cancel();
        return { outcome: 'stale', message: describeFailure(thrown) };
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
    cancel,
    /** False where the decision is not open to this person on this case. */
    pick(kind: DecisionKind): boolean {
      const found = detail.value?.decisions.find((one) => one.kind === kind);
      if (found === undefined || busy.value) return false;
      if (draft.value?.kind !== kind) draft.value = buildDraft(found, detail.value?.suggestedUnitId ?? null);
      failure.value = null;
      return true;
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
