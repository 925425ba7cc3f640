import { ref, shallowRef } from 'vue';
import { ApiError, describeFailure } from '../api/api-error.ts';

/** One form, or one button: whether it is at work, and what was wrong, at its field where one is named. */
export function useSaving() {
  const busy = ref(false);
  const wrong = shallowRef<{ field: string; failure: string } | null>(null);
  const failure = ref<string | null>(null);
  const done = ref<string | null>(null);

  function clear() {
    wrong.value = null;
    failure.value = null;
    done.value = null;
  }

  return {
    busy,
    wrong,
    failure,
    done,
    clear,
    /** @returns whether it went through */
    async run(send: () => Promise<unknown>, message: string | null = null): Promise<boolean> {
      if (busy.value) return false;
      clear();
      busy.value = true;
      try {
        await send();
        done.value = message;
        return true;
      } catch (thrown) {
        const hint = thrown instanceof ApiError && thrown.hint !== undefined ? thrown.hint : '';
        const words = `${describeFailure(thrown)}${hint}`;
        const field = thrown instanceof ApiError ? thrown.field : undefined;
        if (field === undefined) failure.value = words;
        else wrong.value = { field, failure: words };
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
export type Saving = ReturnType<typeof useSaving>;
