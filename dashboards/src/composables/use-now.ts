import { onScopeDispose, type Ref, ref } from 'vue';

const tickMs = 30_000;

/** The present, ISO UTC, fresh enough for "12 分钟前". */
export function useNow(everyMs = tickMs): Ref<string> {
  const now = ref(new Date().toISOString());
  const timer = setInterval(() => {
    now.value = new Date().toISOString();
  }, everyMs);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
