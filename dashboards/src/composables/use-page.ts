import { type Ref, shallowRef } from 'vue';
import { formatPage, type Page, parsePage } from '../lib/place.ts';
import { useWindowEvent } from './use-window-event.ts';

/** Which page the address names. `enter` leaves a step for the back key; `replace` does not. */
export function usePage(): { page: Ref<Page>; enter: (next: Page) => void; replace: (next: Page) => void } {
  const page: Ref<Page> = shallowRef(parsePage(location.hash));
  const look = () => {
    const next = parsePage(location.hash);
    if (formatPage(next) !== formatPage(page.value)) page.value = next;
  };
  useWindowEvent('hashchange', look);
  useWindowEvent('popstate', look);
  return {
    page,
    enter: (next) => {
      history.pushState(null, '', formatPage(next));
      page.value = next;
    },
    replace: (next) => {
      history.replaceState(null, '', formatPage(next));
      page.value = next;
    },
  };
}
