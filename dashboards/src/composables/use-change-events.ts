import { onScopeDispose } from 'vue';
import { eventsPath } from '../../../review-api/contract/event.ts';
import { ownAddress } from '../lib/own-address.ts';
import { useWindowEvent } from './use-window-event.ts';

/** A flood of changes is looked at so often at most. */
const restMs = 2000;

/**
 * Says at once that something has changed in one's queues. Only while the page is seen: browsers hold few connections to one
 * host, and many tabs would use them up. What is missed, or refused, the page finds by asking on its own.
 */
export function useChangeEvents(onChange: () => void): void {
  let source: EventSource | null = null;
  let wasOpen = false;
  let timer: number | null = null;
  let toldAtMs = Number.NEGATIVE_INFINITY;

  function tell() {
    timer = null;
    toldAtMs = performance.now();
    onChange();
  }
  const tellSoon = () => {
    timer ??= window.setTimeout(tell, Math.max(0, toldAtMs + restMs - performance.now()));
  };
  function close() {
    source?.close();
    source = null;
  }
  function follow() {
    if (document.hidden) return close();
    if (source !== null && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(ownAddress(eventsPath));
    source.addEventListener('message', tellSoon);
    source.addEventListener('open', () => {
      // Something may have changed while there was no line.
      if (wasOpen) tellSoon();
      wasOpen = true;
    });
  }

  follow();
  document.addEventListener('visibilitychange', follow);
  useWindowEvent('focus', follow);
  useWindowEvent('online', follow);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', follow);
    if (timer !== null) window.clearTimeout(timer);
    close();
  });
}
