import { ref, shallowRef } from 'vue';
import type { SearchPage, SearchQuery } from '../../../review-api/contract/search.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { startOfDay } from '../lib/case-filter.ts';

export interface SearchDraft {
  q: string;
  channelId: string;
  kind: '' | NonNullable<SearchQuery['kind']>;
  state: '' | NonNullable<SearchQuery['state']>;
  /** YYYY-MM-DD in Shanghai, or empty. */
  from: string;
  to: string;
}

const emptyDraft: SearchDraft = { q: '', channelId: '', kind: '', state: '', from: '', to: '' };

/** One purpose for as long as the page is open; asked for again when the person says so. */
export function useSearch(client: Client) {
  const purpose = ref('');
  const draft = ref<SearchDraft>({ ...emptyDraft });
  const hits = shallowRef<SearchPage['items']>([]);
  const nextCursor = ref<string | null>(null);
  const status = ref<'idle' | 'busy' | 'done'>('idle');
  const failure = ref<{ field: string | null; text: string } | null>(null);
  /** What the hits shown were found by: the form may have moved on. */
  let asked: Omit<SearchQuery, 'limit' | 'cursor'> | null = null;
  let turn = 0;

  function readDraft(): Omit<SearchQuery, 'limit' | 'cursor'> {
    const { q, channelId, kind, state, from, to } = draft.value;
    const starts = startOfDay(from);
    const ends = startOfDay(to, 1);
    return {
      ...{ q: q.trim(), purpose: purpose.value.trim() },
      ...(channelId === '' ? {} : { channelId }),
      ...(kind === '' ? {} : { kind }),
      ...(state === '' ? {} : { state }),
      ...(starts === null ? {} : { from: starts }),
      ...(ends === null ? {} : { to: ends }),
    };
  }

  async function fetchPage(cursor: string | null) {
    if (asked === null) return;
    const mine = ++turn;
    status.value = 'busy';
    try {
      const query = { ...asked, ...(cursor === null ? {} : { cursor }) };
      const page = await client.call('searchPosts', { query });
      if (mine !== turn) return;
      hits.value = cursor === null ? page.items : [...hits.value, ...page.items];
      nextCursor.value = page.nextCursor;
      failure.value = null;
    } catch (thrown) {
      if (mine !== turn) return;
      const hint = thrown instanceof ApiError && thrown.hint !== undefined ? thrown.hint : '';
      const field = thrown instanceof ApiError ? (thrown.field ?? null) : null;
      failure.value = { field, text: `${describeFailure(thrown)}${hint}` };
    }
    status.value = 'done';
  }

  return {
    ...{ purpose, draft, hits, nextCursor, status, failure },
    async search() {
      asked = readDraft();
      hits.value = [];
      nextCursor.value = null;
      await fetchPage(null);
    },
    more: () => fetchPage(nextCursor.value),
  };
}
