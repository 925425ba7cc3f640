import { findShortcut, type KeyPress, type Shortcut } from '../lib/shortcut.ts';
import { useWindowEvent } from './use-window-event.ts';

const quietInputs = new Set(['radio', 'checkbox', 'button', 'submit']);

function focusOf(target: EventTarget | null): KeyPress['focus'] {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return 'text';
  if (target instanceof HTMLSelectElement) return 'choice';
  if (target instanceof HTMLInputElement) return quietInputs.has(target.type) ? 'control' : 'text';
  return target.closest('button, a[href], summary, [role="button"]') === null ? 'page' : 'control';
}

/**
 * Keys of the workbench. A handler that returns true has used the key.
 * @param isPaused while a dialogue is open its own keys hold
 */
export function useShortcuts(
  state: { isDeciding: () => boolean; isPaused: () => boolean },
  handle: (shortcut: Shortcut) => boolean,
): void {
  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || state.isPaused()) return;
    const press: KeyPress = {
      key: event.key,
      // keyCode 229 is how some input methods announce a key before composing begins.
      isComposing: event.isComposing || event.keyCode === 229,
      withModifier: event.ctrlKey || event.metaKey || event.altKey,
      focus: focusOf(event.target),
    };
    const shortcut = findShortcut(press, state.isDeciding());
    if (shortcut !== null && handle(shortcut)) event.preventDefault();
  });
}
