import { useQuery } from '@tanstack/vue-query';
import { type ComputedRef, computed } from 'vue';
import { describeFailure } from '../api/api-error.ts';
import { queryClient } from '../api/query-client.ts';

/** What a page reads and only shows; the answer before stays while the next one is on its way. */
export interface Read<T> {
  data: ComputedRef<T | undefined>;
  failure: ComputedRef<string | null>;
  isBusy: ComputedRef<boolean>;
  again: () => void;
}

/**
 * @param key who reads, what, and with which filters: an answer is kept under it, and never shown to another person
 * @param when false: nothing is asked
 */
export function useRead<T>(
  key: () => readonly (string | number | null | undefined)[],
  read: () => Promise<T>,
  when: () => boolean = () => true,
): Read<T> {
  const queryKey = computed(key);
  const query = useQuery<T>(
    {
      queryKey,
      queryFn: () => read(),
      enabled: computed(when),
      placeholderData: (before) => before as never,
    },
    queryClient,
  );
  return {
    data: computed(() => query.data.value as T | undefined),
    failure: computed(() => (query.error.value === null ? null : describeFailure(query.error.value))),
    isBusy: computed(() => query.isFetching.value),
    again: () => void query.refetch(),
  };
}
