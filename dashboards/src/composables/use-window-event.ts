import { onScopeDispose } from 'vue';

/** Listens until the component is gone. */
export function useWindowEvent<K extends keyof WindowEventMap>(
  name: K,
  listener: (event: WindowEventMap[K]) => void,
  options: AddEventListenerOptions = {},
): void {
  window.addEventListener(name, listener, options);
  onScopeDispose(() => window.removeEventListener(name, listener, options));
}
