import { type Ref, shallowRef } from 'vue';
import { formatPlace, type Place, parsePlace } from '../lib/place.ts';
import { useWindowEvent } from './use-window-event.ts';

/** The place in the address. `enter` leaves a step for the back key; `replace` does not (the next item after a decision). */
export function usePlace() {
  const place: Ref<Place> = shallowRef(parsePlace(location.hash));
  useWindowEvent('hashchange', () => {
    place.value = parsePlace(location.hash);
  });
  function go(next: Place, write: (hash: string) => void) {
    const hash = formatPlace(next);
    if (hash !== location.hash) write(hash);
    place.value = next;
  }
  return {
    place,
    enter: (next: Place) => go(next, (hash) => history.pushState(null, '', hash)),
    replace: (next: Place) => go(next, (hash) => history.replaceState(null, '', hash)),
  };
}
