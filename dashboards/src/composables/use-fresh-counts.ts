import { onScopeDispose } from 'vue';
import type { QueueName } from '../lib/codes.ts';
import { useChangeEvents } from './use-change-events.ts';
import type { Queue } from './use-queue.ts';
import { useWindowEvent } from './use-window-event.ts';

const everyMs = 60_000;
/** Somebody who has gone for tea must not be kept signed in by a page that asks on its own. */
const idleAfterMs = 5 * 60_000;

/**
 * Counts when something has changed, and every minute in case nobody said so, while somebody is at the screen; the list follows
 * when its own count has changed, or was said to.
 */
export function useFreshCounts(
  queue: Queue,
  state: { name: () => QueueName | null; isBusy: () => boolean; onChange: () => void },
): void {
  let activeAtMs = Date.now();
  const markActive = () => {
    activeAtMs = Date.now();
  };
  useWindowEvent('pointermove', markActive, { passive: true });
  useWindowEvent('keydown', markActive, { passive: true });

  async function look(changed: boolean) {
    if (document.hidden || !navigator.onLine || Date.now() - activeAtMs > idleAfterMs) return;
    const name = state.name();
    const before = name === null ? undefined : queue.counts.value.get(name);
    await queue.refreshCounts();
    const after = name === null ? undefined : queue.counts.value.get(name);
    const isStale = changed || before !== after;
    if (isStale && !state.isBusy()) await queue.refresh();
  }
  const timer = setInterval(() => void look(false), everyMs);
  onScopeDispose(() => clearInterval(timer));
  useWindowEvent('focus', () => void look(false));
  // Who has no queue is told nothing.
  if (state.name() !== null) {
    useChangeEvents(() => {
      state.onChange();
      void look(true);
    });
  }
  useWindowEvent('online', () => void queue.refresh());
}
