import { useWindowEvent } from './use-window-event.ts';

let hasTyped = false;

/** Notes that somebody typed since the page was loaded: for as long as the component stands. */
export function useTypingWatch(): void {
  useWindowEvent('input', () => {
    hasTyped = true;
  });
}

/** Whether a new start of the page could cost somebody what they wrote. */
export const mayLoseTyping = (): boolean => hasTyped;
