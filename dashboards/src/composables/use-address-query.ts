import { type ComputedRef, computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { mergeQuery, readQuery } from '../lib/address-query.ts';

/**
 * What stands behind the `?` of a page's address: filters, tab, period, so that a colleague who is sent the address sees the
 * same. What equals its default is left out of the address. Lists are joined by the page, with commas.
 * @param defaults every field that the page has, with its value where the address is silent
 */
export function useAddressQuery<K extends string>(
  defaults: Readonly<Record<K, string>>,
): {
  query: ComputedRef<Readonly<Record<K, string>>>;
  /** @param how `push` leaves a step for the back key; without it one goes back to where one came from */
  setQuery(changes: Partial<Record<K, string>>, how?: 'push' | 'replace'): void;
} {
  const route = useRoute();
  const router = useRouter();
  /** While the page is being left, the address is another page's. */
  let own = route.name;
  let last = readQuery(route.query, defaults);
  /** Two changes at once come one after the other, and the address only then. */
  let waiting: Partial<Record<K, string>> = {};

  const isOwn = () => {
    // Shown at the bare address, as the page where one starts, until the address has its name.
    if (own === 'workbench') own = route.name;
    return route.name === own;
  };

  const query = computed(() => {
    if (isOwn()) last = readQuery(route.query, defaults);
    return last;
  });
  function setQuery(changes: Partial<Record<K, string>>, how: 'push' | 'replace' = 'replace') {
    if (!isOwn()) return;
    waiting = { ...waiting, ...changes };
    const next = mergeQuery(route.query, waiting, defaults);
    void router[how]({ path: route.path, query: next }).then(() => {
      waiting = {};
    });
  }
  return { query, setQuery };
}

/** One field of the address for `v-model`. */
export function useAddressField<T extends string>(name: string, initial: T): WritableComputedRef<T> {
  const { query, setQuery } = useAddressQuery({ [name]: initial });
  return computed({
    get: () => query.value[name] as T,
    set: (value) => setQuery({ [name]: value }),
  });
}
