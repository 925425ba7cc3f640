import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { InstructionDetail } from '../../../review-api/contract/instruction.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import type { InstructionMove } from '../lib/instruction-labels.ts';
import { newId } from '../lib/new-id.ts';
import { keptTexts } from './use-kept-text.ts';

export interface Step {
  move: Exclude<InstructionMove, 'submit'>;
  text: string;
  unitId: string | null;
  dueAt: string | null;
}

/** Steps begun and not sent, by instruction. */
export const keptSteps = keptTexts.of<{
  move: Step['move'] | null;
  text: string;
  unitId: string;
  /** YYYY-MM-DD, or empty. */
  day: string;
}>();

/** One instruction, and the steps that a person takes with it. One intention keeps one command id, however often it is sent. */
export function useInstruction(client: Client, id: Ref<string>) {
  const detail = shallowRef<InstructionDetail | null>(null);
  const failure = ref<string | null>(null);
  const wrong = ref<{ field: string; failure: string } | null>(null);
  const busy = ref(false);
  let intention = { key: '', commandId: '' };

  async function load() {
    failure.value = null;
    try {
      detail.value = await client.call('readInstruction', { params: { id: id.value } });
    } catch (thrown) {
      detail.value = null;
      failure.value = describeFailure(thrown);
    }
  }
  watch(id, load, { immediate: true });

  /** @returns whether it was recorded */
  async function take(step: Step): Promise<boolean> {
    const current = detail.value;
    if (current === null || busy.value) return false;
    const key = JSON.stringify([current.id, current.version, step]);
    if (intention.key !== key) intention = { key, commandId: newId() };
    busy.value = true;
    wrong.value = null;
    failure.value = null;
    try {
      const body = { commandId: intention.commandId, version: current.version, ...step };
      const { instruction } = await client.call('moveInstruction', { params: { id: current.id }, body });
      // First: the form for what comes next must not begin with it.
      keptSteps.delete(current.id);
      detail.value = instruction;
      return true;
    } catch (thrown) {
      const words = describeFailure(thrown);
      if (thrown instanceof ApiError && thrown.field !== undefined) {
        wrong.value = { field: thrown.field, failure: words };
        return false;
      }
      // Somebody was faster: what stands now is shown beside the words, and what was typed stays.
      if (thrown instanceof ApiError && thrown.status === 409) await load();
      failure.value = words;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { detail, failure, wrong, busy: computed(() => busy.value), load, take };
}
