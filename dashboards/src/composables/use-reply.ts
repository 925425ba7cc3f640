import { computed, ref, shallowRef } from 'vue';
import type { ReplyAnswer, SuggestionList } from '../../../review-api/contract/reply.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { newId } from '../lib/new-id.ts';
import { dropKept, useKept } from './use-kept.ts';

type Suggestion = SuggestionList['items'][number];

/** The draft of the public reply to one case, and the stock answers that fit it. */
export function useReply(client: Client, caseId: string, mayRead: boolean) {
  const answer = shallowRef<ReplyAnswer | null>(null);
  const suggestions = shallowRef<Suggestion[] | null>(null);
  const keptAs = `reply:${caseId}`;
  const { draft: text } = useKept(keptAs, () => '');
  const from = shallowRef<{ id: string; version: number } | null>(null);
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const wrongAddress = ref<string | null>(null);
  const reply = computed(() => answer.value?.reply ?? null);
  const isChanged = computed(() => text.value.trim() !== (reply.value?.text ?? ''));

  /** @param before what stood in the field when it was asked for */
  function take(next: ReplyAnswer, before: string) {
    answer.value = next;
    // What is being typed is not written over by what a colleague has saved meanwhile.
    if (text.value.trim() === before) text.value = next.reply?.text ?? '';
    const { stockAnswerId, stockAnswerVersion } = next.reply ?? {
      stockAnswerId: null,
      stockAnswerVersion: null,
    };
    if (stockAnswerId !== null && stockAnswerVersion !== null) {
      from.value = { id: stockAnswerId, version: stockAnswerVersion };
    }
    if (!isChanged.value) dropKept(keptAs);
  }

  async function act(
    call: () => Promise<ReplyAnswer>,
    before = answer.value?.reply?.text ?? '',
  ): Promise<boolean> {
    busy.value = true;
    failure.value = null;
    wrongAddress.value = null;
    try {
      take(await call(), before);
      return true;
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.field === 'address') wrongAddress.value = thrown.message;
      else failure.value = describeFailure(thrown);
      return false;
    } finally {
      busy.value = false;
    }
  }

  const writing = () => ({
    params: { id: caseId },
    body: {
      ...{ commandId: newId(), version: reply.value?.version ?? null, text: text.value.trim() },
      ...{ stockAnswerId: from.value?.id ?? null, stockAnswerVersion: from.value?.version ?? null },
    },
  });

  return {
    answer,
    reply,
    suggestions,
    text,
    from,
    busy,
    failure,
    wrongAddress,
    isChanged,
    async load() {
      await act(() => client.call('readReply', { params: { id: caseId } }));
      if (!mayRead || answer.value?.mayWrite !== true) return;
      try {
        suggestions.value = (await client.call('suggestAnswers', { params: { id: caseId } })).items;
      } catch (thrown) {
        failure.value = describeFailure(thrown);
      }
    },
    insert(one: Suggestion, words: string) {
      text.value = words;
      from.value = { id: one.id, version: one.version };
    },
    save: () => act(() => client.call('writeReply', writing()), text.value.trim()),
    /** What was typed and not saved is not lost when the item goes from the screen, as it does with a decision. */
    leave() {
      if (answer.value?.mayWrite !== true || reply.value?.state === 'posted') return;
      if (isChanged.value && text.value.trim() !== '') client.send('writeReply', writing());
    },
    move(to: 'draft' | 'ready' | 'posted', address: string | null = null) {
      const body = { commandId: newId(), version: reply.value?.version ?? 1, to, address };
      return act(() => client.call('moveReply', { params: { id: caseId }, body }));
    },
  };
}
