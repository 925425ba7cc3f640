import { computed, nextTick, type Ref, ref, shallowRef, watch } from 'vue';
import type { Facets, SavedFilters, SavedFilterView } from '../../../review-api/contract/case-filter.ts';
import { describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import {
  type CaseFilter,
  facetOf,
  type ListName,
  noFacets,
  toQuery,
  valueLabel,
} from '../lib/case-filter.ts';
import type { QueueName } from '../lib/codes.ts';
import { newId } from '../lib/new-id.ts';
import type { Queue } from './use-queue.ts';
import { useQueueAddress } from './use-queue-address.ts';

const noFilters: SavedFilters = { own: [], shared: [], mayShare: false };

/** What narrows the shown queue down: how much stands behind each value, and what people have kept under a name. */
export function useQueueFilter(client: Client, queueName: Ref<QueueName | null>, queue: Queue) {
  const facets = shallowRef<Facets>(noFacets);
  const saved = shallowRef<SavedFilters>(noFilters);
  const failure = ref<string | null>(null);
  /** Names of channels and units that have been seen, so that what finds nothing keeps its name. */
  const names = new Map<string, string>();
  let turn = 0;

  async function tryTo(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      failure.value = null;
      return true;
    } catch (thrown) {
      failure.value = describeFailure(thrown);
      return false;
    }
  }

  async function loadFacets() {
    const name = queueName.value;
    if (name === null) return;
    const mine = ++turn;
    await tryTo(async () => {
      const words = queue.words.value.trim();
      const query = {
        ...{ queue: name, state: queue.filter.value, ...toQuery(queue.narrowed.value) },
        ...(words === '' ? {} : { words }),
        ...(queue.due.value === 'any' ? {} : { due: queue.due.value }),
      };
      const found = await client.call('countFacets', { query });
      if (mine !== turn) return;
      for (const list of ['channelIds', 'unitIds'] as const) {
        for (const { value, name: said } of found[facetOf[list]])
          names.set(`${list}:${value}`, said ?? value);
      }
      facets.value = found;
    });
  }

  const loadSaved = () =>
    tryTo(async () => {
      saved.value = await client.call('listFilters', {});
    });

  function apply({ filter, state, sort }: Pick<SavedFilterView, 'filter' | 'state' | 'sort'>) {
    queue.narrow({ filter, sort });
    queue.filter.value = state;
  }

  /** Values that are asked for stand in the form even where nothing is left of them. */
  function valuesOf(list: ListName): { value: string; label: string; count: number }[] {
    const found = facets.value[facetOf[list]].map(({ value, name, count }) => ({
      ...{ value, count, label: valueLabel(list, value, name) },
    }));
    const asked: readonly string[] = queue.narrowed.value[list] ?? [];
    const missing = asked.filter((value) => !found.some((one) => one.value === value));
    return [...found, ...missing.map((value) => ({ value, count: 0, label: nameOf(list, value) }))];
  }
  const nameOf = (list: ListName, value: string) =>
    valueLabel(list, value, names.get(`${list}:${value}`) ?? null);

  const ofQueue = (filters: readonly SavedFilterView[]) =>
    filters.filter((one) => one.queue === queueName.value);
  const own = computed(() => ofQueue(saved.value.own));
  const shared = computed(() => ofQueue(saved.value.shared));

  const address = useQueueAddress(queueName, queue);
  /** Another queue begins with what its address asks for, else with what is kept as its default, or with everything. */
  async function enter(name: QueueName | null) {
    queue.words.value = '';
    if (name === null || !(await loadSaved()) || queueName.value !== name) return;
    const opening = [...own.value, ...shared.value].find(({ isDefault }) => isDefault);
    if (opening !== undefined && !queue.isNarrowed.value && !address.isAsked()) apply(opening);
    await nextTick();
    address.settle();
  }
  watch(queueName, enter, { immediate: true });

  return {
    ...{ facets, saved, own, shared, failure, loadFacets, apply, valuesOf, nameOf },
    narrowTo: (filter: CaseFilter) => queue.narrow({ filter, sort: queue.sort.value }),
    keep: (name: string, more: { isDefault: boolean; shared: boolean }) =>
      tryTo(async () => {
        if (queueName.value === null) return;
        const body = {
          ...{ id: newId(), name, queue: queueName.value, state: queue.filter.value },
          ...{ sort: queue.sort.value, filter: queue.narrowed.value, ...more },
        };
        saved.value = await client.call('saveFilter', { body });
      }),
    forget: (id: string, isShared: boolean) =>
      tryTo(async () => {
        await client.call('removeFilter', { params: { id }, query: { shared: isShared ? 'yes' : 'no' } });
        await loadSaved();
      }),
    /** One place up. */
    lift: (id: string, isShared: boolean) =>
      tryTo(async () => {
        const ids = (isShared ? shared.value : own.value).map((one) => one.id);
        const at = ids.indexOf(id);
        if (at < 1) return;
        ids.splice(at - 1, 2, id, ids[at - 1] ?? id);
        saved.value = await client.call('arrangeFilters', { body: { shared: isShared, ids } });
      }),
  };
}
export type QueueFilter = ReturnType<typeof useQueueFilter>;
