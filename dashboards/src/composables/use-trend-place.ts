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
  /** While the page is being entered or left, the address may be another page's. */
  const isHere = () => route.name === 'trends';
  let last = parseTrendPlace(isHere() ? route.fullPath : '', today);
  const place = computed(() => {
    if (isHere()) last = parseTrendPlace(route.fullPath, today);
    return last;
  });
  return {
    ...{ place, today },
    go: (next) => {
      if (isHere()) void router.push(formatTrendPlace(next).slice(1));
    },
  };
}
