import { type Ref, ref } from 'vue';
import { useWindowEvent } from './use-window-event.ts';

/** What the browser knows of the connection; a server that is down shows as failed requests instead. */
export function useOnline(): Ref<boolean> {
  const online = ref(navigator.onLine);
  useWindowEvent('online', () => {
    online.value = true;
  });
  useWindowEvent('offline', () => {
    online.value = false;
  });
  return online;
}
