import { onScopeDispose, ref, shallowRef } from 'vue';
import { describeFailure } from '../api/api-error.ts';
import type { CheckAnswer } from '../lib/draft-api.ts';

const idleMs = 1_500;
const retryMs = 15_000;

/** `waiting`: something was changed since the findings shown. */
type CheckStatus = 'waiting' | 'checking' | 'checked' | 'failed';

export interface CheckOptions<Sent> {
  /** Takes the content as it is now, and notes that the answer's places will be those of this moment. */
  begin: () => Sent;
  check: (sent: Sent, signal: AbortSignal) => Promise<CheckAnswer>;
  /** Called with answers to the newest question only. */
  show: (answer: CheckAnswer) => void;
}

/** Asks for a check when one stops typing. One question at a time: a newer one cuts off the older. */
export function useDraftCheck<Sent>(options: CheckOptions<Sent>) {
  const status = ref<CheckStatus>('waiting');
  const answer = shallowRef<CheckAnswer | null>(null);
  const failure = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;

  async function run(): Promise<void> {
    clearTimeout(timer);
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    status.value = 'checking';
    try {
      const found = await options.check(options.begin(), mine.signal);
      if (asking !== mine) return;
      answer.value = found;
      failure.value = null;
      status.value = 'checked';
      options.show(found);
    } catch (thrown) {
      if (asking !== mine) return;
      failure.value = describeFailure(thrown);
      status.value = 'failed';
      timer = setTimeout(() => void run(), retryMs);
    }
  }

  onScopeDispose(() => {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  });
  return {
    ...{ status, answer, failure, run },
    changed() {
      clearTimeout(timer);
      if (status.value !== 'checking') status.value = 'waiting';
      timer = setTimeout(() => void run(), idleMs);
    },
  };
}
export type DraftCheck = ReturnType<typeof useDraftCheck>;
