import { ref, shallowRef } from 'vue';
import type { CollectorList, HelpReleaseView } from '../../../review-api/contract/help-release.ts';
import type { SuggestionList } from '../../../review-api/contract/reply.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { newId } from '../lib/new-id.ts';

/** What those on duty let out for one case. */
export function useHelp(client: Client, caseId: string) {
  const texts = shallowRef<SuggestionList['items'] | null>(null);
  const collectors = shallowRef<CollectorList['items']>([]);
  const releases = shallowRef<HelpReleaseView[]>([]);
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const wrong = shallowRef<{ field: string; failure: string } | null>(null);

  async function act(call: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    failure.value = null;
    wrong.value = null;
    try {
      await call();
      releases.value = (await client.call('listReleases', { params: { id: caseId } })).items;
      return true;
    } catch (thrown) {
      const field = thrown instanceof ApiError ? thrown.field : undefined;
      if (field === undefined) failure.value = describeFailure(thrown);
      else wrong.value = { field, failure: describeFailure(thrown) };
      return false;
    } finally {
      busy.value = false;
    }
  }

  return {
    texts,
    collectors,
    releases,
    busy,
    failure,
    wrong,
    load: () =>
      act(async () => {
        const suggested = await client.call('suggestAnswers', { params: { id: caseId } });
        texts.value = suggested.items.filter(({ kind }) => kind === 'help');
        collectors.value = (await client.call('listCollectors', {})).items;
      }),
    release: (body: {
      caseVersion: number;
      collectorId: string;
      stockAnswerId: string;
      stockAnswerVersion: number;
      replyText: string;
    }) =>
      act(() =>
        client.call('releaseHelp', { params: { id: caseId }, body: { commandId: newId(), ...body } }),
      ),
    move: ({ id, version }: HelpReleaseView, move: 'approve' | 'withdraw') =>
      act(() => client.call('moveRelease', { params: { id }, body: { commandId: newId(), version, move } })),
  };
}
