import { ref, shallowRef } from 'vue';
import type { AnswerDetail } from '../../../review-api/contract/stock-answer.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { type AnswerDraft, type AnswerField, fieldOfAnswer, readAnswer } from '../lib/answer-draft.ts';
import { newId } from '../lib/new-id.ts';
import { useKept } from './use-kept.ts';

/** One stock answer being written, new or changed: sent twice by an impatient hand, it is one. */
export function useAnswerForm(
  client: Client,
  first: AnswerDraft,
  known: { id: string; revision: number } | null,
) {
  const about = known === null ? 'new' : `${known.id}:${known.revision}`;
  const { draft, drop } = useKept<AnswerDraft>(`answer:${about}`, () => ({ ...first }));
  const busy = ref(false);
  const wrong = shallowRef<{ field: AnswerField; failure: string } | null>(null);
  const failure = ref<string | null>(null);
  /** Of this intention; what was refused and is put right is another one. */
  let commandId = newId();

  function tell(thrown: unknown) {
    if (thrown instanceof ApiError) commandId = newId();
    const field =
      thrown instanceof ApiError && thrown.field !== undefined ? fieldOfAnswer(thrown.field) : null;
    if (field === null) failure.value = describeFailure(thrown);
    else wrong.value = { field, failure: describeFailure(thrown) };
  }

  return {
    draft,
    busy,
    wrong,
    failure,
    drop,
    /** @returns null where something is wrong, which is said then */
    async send(): Promise<AnswerDetail | null> {
      wrong.value = null;
      failure.value = null;
      const read = readAnswer(draft.value);
      if ('field' in read) {
        wrong.value = read;
        return null;
      }
      busy.value = true;
      try {
        const target = { id: known?.id ?? null, revision: known?.revision ?? null };
        const written = await client.call('writeAnswer', { body: { commandId, ...target, ...read.body } });
        drop();
        return written;
      } catch (thrown) {
        tell(thrown);
        return null;
      } finally {
        busy.value = false;
      }
    },
  };
}
