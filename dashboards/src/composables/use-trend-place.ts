import { type ComputedRef, computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { shanghaiDay } from '../lib/shanghai-time.ts';
import { formatTrendPlace, parseTrendPlace, type TrendPlace } from '../lib/trend-place.ts';

/** What the address asks of the page of trends. `go` leaves a step for the back key. */
export function useTrendPlace(): {
  place: ComputedRef<TrendPlace>;
  today: string;
  go: (next: TrendPlace) => void;
} {
  const route = useRoute();
  const router = useRouter();
  const today = shanghaiDay(new Date().toISOString());
  /** While the page is being left, the address is another page's. */
  const own = route.name;
  let last = parseTrendPlace(route.fullPath, today);
  const place = computed(() => {
    if (route.name === own) last = parseTrendPlace(route.fullPath, today);
    return last;
  });
  return {
    ...{ place, today },
    go: (next) => {
      if (route.name === own) void router.push(formatTrendPlace(next).slice(1));
    },
  };
}
