import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { CaseListQuery, CaseSummary } from '../../../review-api/contract/case-summary.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { type CaseFilter, type CaseSort, toQuery } from '../lib/case-filter.ts';
import type { QueueName } from '../lib/codes.ts';

export type StateFilter = CaseListQuery['state'];
export type DueFilter = NonNullable<CaseListQuery['due']> | 'any';
export type ListStatus = 'loading' | 'ready' | 'failed';

/** One queue's list, riskiest first, and the counts of all queues. */
export function useQueue(client: Client, queue: Ref<QueueName | null>) {
  const counts = shallowRef(new Map<QueueName, number>());
  const filter = ref<StateFilter>('undecided');
  const due = ref<DueFilter>('any');
  const narrowed = shallowRef<CaseFilter>({});
  const sort = ref<CaseSort>('risk');
  const words = ref('');
  const items = shallowRef<CaseSummary[]>([]);
  const status = ref<ListStatus>('loading');
  const failure = ref<string | null>(null);
  const nextCursor = ref<string | null>(null);
  let turn = 0;

  async function fetchPage(cursor: string | undefined) {
    if (queue.value === null) return;
    const mine = ++turn;
    try {
      const only = due.value === 'any' ? {} : { due: due.value };
      const asked = words.value.trim() === '' ? {} : { words: words.value.trim() };
      const order = sort.value === 'risk' ? {} : { sort: sort.value };
      const more = { ...only, ...asked, ...order, ...toQuery(narrowed.value) };
      const query = { queue: queue.value, state: filter.value, cursor, ...more };
      const page = await client.call('listCases', { query });
      if (mine !== turn) return;
      items.value = cursor === undefined ? page.items : [...items.value, ...page.items];
      nextCursor.value = page.nextCursor;
      status.value = 'ready';
      failure.value = null;
    } catch (thrown) {
      if (mine !== turn) return;
      failure.value = describeFailure(thrown);
      if (items.value.length === 0) status.value = 'failed';
    }
  }

  async function refreshCounts() {
    if (queue.value === null) return;
    try {
      const answer = await client.call('countQueues', {});
      counts.value = new Map(answer.items.map((one) => [one.queue, one.undecided]));
    } catch {
      // The list says what is wrong; the counts keep their last value.
    }
  }

  function reload() {
    items.value = [];
    nextCursor.value = null;
    status.value = 'loading';
    return fetchPage(undefined);
  }

  watch([queue, filter, due, narrowed, sort, words], reload, { immediate: true });

  return {
    counts,
    filter,
    due,
    narrowed,
    sort,
    words,
    isNarrowed: computed(() => words.value.trim() !== '' || Object.keys(narrowed.value).length > 0),
    narrow(to: { filter: CaseFilter; sort: CaseSort }) {
      narrowed.value = to.filter;
      sort.value = to.sort;
    },
    items,
    status,
    failure,
    ids: computed(() => items.value.map((one) => one.id)),
    hasMore: computed(() => nextCursor.value !== null),
    /** Again from the first page, keeping what is shown until the answer is there. */
    refresh: () => Promise.all([fetchPage(undefined), refreshCounts()]),
    reload,
    refreshCounts,
    loadMore: () => (nextCursor.value === null ? Promise.resolve() : fetchPage(nextCursor.value)),
    /** Takes a decided case off the list at once; the counts follow from the server. */
    remove(caseId: string) {
      items.value = items.value.filter((one) => one.id !== caseId);
    },
    /** Puts what opening told (who holds it, its newest version) into the list's row. */
    update({ id, version, state, claim }: CaseSummary) {
      items.value = items.value.map((one) => (one.id === id ? { ...one, version, state, claim } : one));
    },
  };
}
export type Queue = ReturnType<typeof useQueue>;
