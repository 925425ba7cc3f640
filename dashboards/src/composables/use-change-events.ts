import { onScopeDispose } from 'vue';
import { ChangeEvent, eventsPath } from '../../../review-api/contract/event.ts';
import { pollDelayMs } from '../lib/back-off.ts';
import { ownAddress } from '../lib/own-address.ts';
import { useWindowEvent } from './use-window-event.ts';

/** A flood of changes is looked at so often at most. */
const restMs = 2000;

/**
 * Says at once that something has changed in one's queues. Only while the page is seen: browsers hold few connections to one
 * host, and many tabs would use them up. While there is no line, since a proxy cuts it or the server is away, `onChange` is called
 * all the same, less and less often: it asks what there is, and must bear being called for nothing.
 * @param topics only these; all of them unless told
 */
export function useChangeEvents(onChange: () => void, topics?: readonly ChangeEvent['topic'][]): void {
  let source: EventSource | null = null;
  let wasOpen = false;
  let timer: number | null = null;
  let tries = 0;
  let asking: number | null = null;
  let toldAtMs = Number.NEGATIVE_INFINITY;

  function tell() {
    timer = null;
    toldAtMs = performance.now();
    onChange();
  }
  const tellSoon = () => {
    timer ??= window.setTimeout(tell, Math.max(0, toldAtMs + restMs - performance.now()));
  };
  function concerns({ data }: MessageEvent): boolean {
    if (topics === undefined) return true;
    const event = ChangeEvent.safeParse(JSON.parse(String(data)));
    return event.success && topics.includes(event.data.topic);
  }
  function stopAsking() {
    if (asking !== null) window.clearTimeout(asking);
    asking = null;
  }
  function close() {
    stopAsking();
    source?.close();
    source = null;
  }
  /** Until the line stands: ask, and try it again. */
  function askUntilOpen() {
    asking ??= window.setTimeout(() => {
      asking = null;
      if (document.hidden || source?.readyState === EventSource.OPEN) return;
      tries += 1;
      onChange();
      follow();
      askUntilOpen();
    }, pollDelayMs(tries));
  }
  function follow() {
    if (document.hidden) return close();
    if (source !== null && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(ownAddress(eventsPath));
    source.addEventListener('message', (message) => {
      if (concerns(message)) tellSoon();
    });
    source.addEventListener('error', askUntilOpen);
    askUntilOpen();
    source.addEventListener('open', () => {
      stopAsking();
      tries = 0;
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
