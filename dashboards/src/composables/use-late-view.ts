import { type Component, onScopeDispose, type Ref, ref, type ShallowRef, shallowRef } from 'vue';

/** Fetches the code of a view: rejects without a connection, and after an upgrade that took the old files away. */
export type LateView = () => Promise<{ default: Component }>;

/** So short a wait is not worth a word. */
const patienceMs = 200;
const known = new Map<LateView, Component>();

/**
 * A view whose code comes when it is first opened; the second time it is there at once. Without a connection nothing is asked
 * for: a browser may remember that a file could not be had, and not ask for it again until the page is loaded anew.
 */
export function useLateView(
  load: LateView,
  isOnline: () => boolean,
): {
  view: ShallowRef<Component | null>;
  /** `quiet`: not yet worth a word. */
  status: Ref<'quiet' | 'loading' | 'failed' | 'ready'>;
  fetch(): Promise<void>;
} {
  const view = shallowRef<Component | null>(known.get(load) ?? null);
  const status = ref<'quiet' | 'loading' | 'failed' | 'ready'>(view.value === null ? 'quiet' : 'ready');
  const timer = setTimeout(() => {
    if (status.value === 'quiet') status.value = 'loading';
  }, patienceMs);
  onScopeDispose(() => clearTimeout(timer));

  async function fetch() {
    if (status.value === 'failed') status.value = 'loading';
    try {
      if (!isOnline()) throw new Error('There is no connection.');
      const { default: found } = await load();
      known.set(load, found);
      view.value = found;
      status.value = 'ready';
    } catch {
      status.value = 'failed';
    }
  }
  if (view.value === null) void fetch();
  return { view, status, fetch };
}
