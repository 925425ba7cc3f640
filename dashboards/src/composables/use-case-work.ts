import { ref } from 'vue';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import type { ReopenReason } from '../lib/codes.ts';
import { createCommandIds } from '../lib/command-id.ts';
import { newId } from '../lib/new-id.ts';
import { keptTexts } from './use-kept-text.ts';

/** Notes not saved yet, by case. */
export const keptNotes = keptTexts.of<string>();

/** What is done with the open case besides deciding it. @param onDone what the screen says then, and looks at again */
export function useCaseWork(client: Client, onDone: (message: string) => unknown) {
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const idOf = createCommandIds(newId);

  /** @returns whether it was done: only then may what was typed go */
  async function act(call: () => Promise<unknown>, message: string): Promise<boolean> {
    if (busy.value) return false;
    failure.value = null;
    busy.value = true;
    try {
      await call();
      await onDone(message);
      return true;
    } catch (thrown) {
      failure.value = describeFailure(thrown);
      // Somebody was faster: what stands now is shown, and what was typed stays.
      if (thrown instanceof ApiError && thrown.status === 409) await onDone(failure.value);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    failure,
    clear() {
      failure.value = null;
    },
    note(id: string, note: string) {
      const body = { commandId: idOf(['note', id, note]), note };
      const save = async () => {
        await client.call('noteCase', { params: { id }, body });
        keptNotes.delete(id);
      };
      return act(save, t('queue.noteSaved'));
    },
    reopen({ id, version }: { id: string; version: number }, reason: ReopenReason, typed: string) {
      const note = typed.trim() === '' ? null : typed.trim();
      const body = { commandId: idOf(['reopen', id, version, reason, note]), version, reason, note };
      return act(() => client.call('reopenCase', { params: { id }, body }), t('queue.reopened'));
    },
    takeOver(id: string) {
      const body = { commandId: newId() };
      return act(() => client.call('takeOverClaim', { params: { id }, body }), t('queue.takenOver'));
    },
  };
}
export type CaseWork = ReturnType<typeof useCaseWork>;
