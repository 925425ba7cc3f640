import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { CaseListQuery, CaseSummary } from '../../../review-api/contract/case-summary.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { type CaseFilter, type CaseSort, toQuery } from '../lib/case-filter.ts';
import type { QueueName } from '../lib/codes.ts';
import { type LoadedRow, mergePage } from '../lib/loaded-rows.ts';

export type StateFilter = CaseListQuery['state'];
export type DueFilter = NonNullable<CaseListQuery['due']> | 'any';
export type ListStatus = 'loading' | 'ready' | 'failed';

/** What a list asks for. */
function useAsked() {
  const filter = ref<StateFilter>('undecided');
  const due = ref<DueFilter>('any');
  const narrowed = shallowRef<CaseFilter>({});
  const sort = ref<CaseSort>('risk');
  const words = ref('');
  return {
    ...{ filter, due, narrowed, sort, words },
    isNarrowed: computed(() => words.value.trim() !== '' || Object.keys(narrowed.value).length > 0),
    narrow(to: { filter: CaseFilter; sort: CaseSort }) {
      narrowed.value = to.filter;
      sort.value = to.sort;
    },
    query: () => ({
      state: filter.value,
      ...(due.value === 'any' ? {} : { due: due.value }),
      ...(words.value.trim() === '' ? {} : { words: words.value.trim() }),
      ...(sort.value === 'risk' ? {} : { sort: sort.value }),
      ...toQuery(narrowed.value),
    }),
  };
}

/**
 * One queue's list, riskiest first, and the counts of all queues. It is read page by page as one scrolls; what changes meanwhile is
 * read again where it is seen, so that however long the list has grown, a look at it takes the same few questions.
 */
export function useQueue(client: Client, queue: Ref<QueueName | null>) {
  const asked = useAsked();
  const { filter, due, narrowed, sort, words, isNarrowed } = asked;
  const counts = shallowRef(new Map<QueueName, number>());
  const rows = shallowRef<LoadedRow<CaseSummary>[]>([]);
  const items = computed(() => rows.value.map((row) => row.item));
  const status = ref<ListStatus>('loading');
  const failure = ref<string | null>(null);
  const nextCursor = ref<string | null>(null);
  /** Where each page begins. A cursor names a place, not a row, and outlives the row. */
  let cursors: (string | undefined)[] = [undefined];
  let turns: number[] = [];
  /** Pages in which something may have changed since they were read. */
  const stale = new Set<number>();
  let seen = { from: 0, to: 0 };
  let generation = 0;
  let growing: Promise<void> | null = null;

  async function load(page: number): Promise<void> {
    if (queue.value === null) return;
    const mine = generation;
    const turn = (turns[page] ?? 0) + 1;
    turns[page] = turn;
    stale.delete(page);
    try {
      const query = { queue: queue.value, cursor: cursors[page], ...asked.query() };
      const answer = await client.call('listCases', { query });
      if (mine !== generation || turns[page] !== turn) return;
      rows.value = mergePage(rows.value, page, answer.items, answer.nextCursor === null);
      // Nothing is left of the pages after it: the list goes on from here.
      if ((rows.value.at(-1)?.page ?? page) <= page) {
        cursors.length = page + 1;
        nextCursor.value = answer.nextCursor;
      }
      status.value = 'ready';
      failure.value = null;
    } catch (thrown) {
      if (mine !== generation || turns[page] !== turn) return;
      stale.add(page);
      failure.value = describeFailure(thrown);
      if (rows.value.length === 0) status.value = 'failed';
    }
  }

  async function grow(): Promise<void> {
    const cursor = nextCursor.value;
    if (cursor === null) return;
    const page = cursors.length;
    cursors[page] = cursor;
    await load(page);
    // It failed: tried again, it is the same page.
    if (stale.delete(page) && cursors.length === page + 1) cursors.length = page;
  }
  function loadMore(): Promise<void> {
    const mine = generation;
    growing ??= grow().finally(() => {
      if (mine === generation) growing = null;
    });
    return growing;
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
    generation += 1;
    growing = null;
    rows.value = [];
    cursors = [undefined];
    turns = [];
    stale.clear();
    seen = { from: 0, to: 0 };
    nextCursor.value = null;
    status.value = 'loading';
    return load(0);
  }

  const seenPages = () => [seen.from, seen.to].map((at) => rows.value[at]?.page ?? 0);
  async function refresh() {
    for (let page = 0; page < cursors.length; page += 1) stale.add(page);
    await Promise.all([...[...new Set([0, ...seenPages()])].map(load), refreshCounts()]);
  }

  watch([queue, filter, due, narrowed, sort, words], reload, { immediate: true });

  return {
    ...{ counts, filter, due, narrowed, sort, words, isNarrowed, narrow: asked.narrow },
    ...{ items, status, failure, reload, refreshCounts, loadMore },
    ids: computed(() => items.value.map((one) => one.id)),
    hasMore: computed(() => nextCursor.value !== null),
    /** How many there are, loaded or not; null where nobody has counted them. */
    total: computed(() => {
      if (nextCursor.value === null) return items.value.length;
      const isCounted = filter.value === 'undecided' && due.value === 'any' && !isNarrowed.value;
      const counted = isCounted && queue.value !== null ? counts.value.get(queue.value) : undefined;
      return counted === undefined ? null : Math.max(counted, items.value.length);
    }),
    /** The first page and what is seen again, keeping what is shown until the answer is there; the rest once it is seen. */
    refresh,
    /** Which rows are on the screen. */
    see(range: { from: number; to: number }) {
      seen = range;
      for (const page of new Set(seenPages())) if (stale.has(page)) void load(page);
    },
    /** Takes decided cases off the list at once; the counts follow from the server. */
    remove(...caseIds: string[]) {
      const gone = new Set(caseIds);
      rows.value = rows.value.filter(({ item }) => !gone.has(item.id));
    },
    /** Puts what opening told (who holds it, its newest version) into the list's row. */
    update({ id, version, state, claim }: CaseSummary) {
      rows.value = rows.value.map((row) =>
        row.item.id === id ? { ...row, item: { ...row.item, version, state, claim } } : row,
      );
    },
  };
}
export type Queue = ReturnType<typeof useQueue>;
