import { type ComputedRef, computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { formatPlace, type Place } from '../lib/place.ts';
import { placeOf } from '../router.ts';

/** The place in the address. `enter` leaves a step for the back key; `replace` does not (the next item after a decision). */
export function usePlace(): {
  place: ComputedRef<Place>;
  enter(next: Place): void;
  replace(next: Place): void;
} {
  const route = useRoute();
  const router = useRouter();
  /** In one queue what narrows it stays; another one begins afresh. */
  const target = (next: Place) => {
    const { queue } = placeOf(route);
    const stays = queue === null || queue === next.queue;
    return { path: formatPlace(next).slice(1), query: stays ? route.query : {} };
  };
  return {
    place: computed(() => placeOf(route)),
    enter: (next) => void router.push(target(next)),
    replace: (next) => void router.replace(target(next)),
  };
}
