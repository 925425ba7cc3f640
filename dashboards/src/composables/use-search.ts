import { ref, shallowRef, watch } from 'vue';
import type { SearchPage, SearchQuery } from '../../../review-api/contract/search.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { startOfDay } from '../lib/case-filter.ts';
import { keptTexts } from './use-kept-text.ts';

interface SearchDraft {
  q: string;
  channelId: string;
  kind: '' | NonNullable<SearchQuery['kind']>;
  state: '' | NonNullable<SearchQuery['state']>;
  /** YYYY-MM-DD in Shanghai, or empty. */
  from: string;
  to: string;
}

const emptyDraft: SearchDraft = { q: '', channelId: '', kind: '', state: '', from: '', to: '' };

type Asked = Omit<SearchQuery, 'limit' | 'cursor'>;

/** The hits are not among it: they are read anew, as what one may see may have changed, and each reading is logged. */
interface KeptSearch {
  purpose: string;
  isPurposeSet: boolean;
  draft: SearchDraft;
  asked: Asked | null;
}
const keptSearches = keptTexts.of<KeptSearch>();
const theSearch = 'search';

/** One purpose until the person states another: opening a hit and coming back keeps it, with the words and filters. */
export function useSearch(client: Client) {
  const before = keptSearches.get(theSearch);
  const purpose = ref(before?.purpose ?? '');
  const isPurposeSet = ref(before?.isPurposeSet ?? false);
  const draft = ref<SearchDraft>({ ...(before?.draft ?? emptyDraft) });
  const hits = shallowRef<SearchPage['items']>([]);
  const nextCursor = ref<string | null>(null);
  const status = ref<'idle' | 'busy' | 'done'>('idle');
  const failure = ref<{ field: string | null; text: string } | null>(null);
  /** What the hits shown were found by: the form may have moved on. */
  let asked = before?.asked ?? null;
  let turn = 0;

  function keep() {
    keptSearches.set(theSearch, {
      ...{ purpose: purpose.value, isPurposeSet: isPurposeSet.value },
      ...{ draft: { ...draft.value }, asked },
    });
  }
  watch([purpose, isPurposeSet, draft], keep, { deep: true, flush: 'sync' });

  function readDraft(): Asked {
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
    ...{ purpose, isPurposeSet, draft, hits, nextCursor, status, failure },
    async search() {
      asked = readDraft();
      keep();
      hits.value = [];
      nextCursor.value = null;
      await fetchPage(null);
    },
    /** What was found before, asked for once more. @returns whether there was anything */
    resume(): boolean {
      if (asked === null || !isPurposeSet.value) return false;
      asked = { ...asked, purpose: purpose.value.trim() };
      void fetchPage(null);
      return true;
    },
    more: () => fetchPage(nextCursor.value),
  };
}
