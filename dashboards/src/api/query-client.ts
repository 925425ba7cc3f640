import { QueryClient } from '@tanstack/vue-query';

/**
 * What pages have read, for as long as a page stays open. A failure is shown at once with a way to try again: whether that
 * helps is for the person to say.
 */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false } },
});
