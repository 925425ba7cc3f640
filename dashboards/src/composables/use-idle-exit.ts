import { onScopeDispose } from 'vue';
import { useWindowEvent } from './use-window-event.ts';

const checkEveryMs = 15_000;

/** Texts must not stay on a screen that nobody sits at: calls `exit` once, after this long without a touch or a key. */
export function useIdleExit(idleMinutes: number, exit: () => void): void {
  let activeAtMs = Date.now();
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const) {
    useWindowEvent(
      name,
      () => {
        activeAtMs = Date.now();
      },
      { passive: true },
    );
  }
  const timer = setInterval(() => {
    if (Date.now() - activeAtMs < idleMinutes * 60_000) return;
    clearInterval(timer);
    exit();
  }, checkEveryMs);
  onScopeDispose(() => clearInterval(timer));
}
