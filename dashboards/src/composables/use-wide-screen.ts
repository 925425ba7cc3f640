import { onScopeDispose, type Ref, ref } from 'vue';

/** Three columns fit; the style sheets break at the same width. */
const threeColumns = '(min-width: 1180px)';

export function useWideScreen(): Ref<boolean> {
  const query = window.matchMedia(threeColumns);
  const isWide = ref(query.matches);
  const update = () => {
    isWide.value = query.matches;
  };
  query.addEventListener('change', update);
  onScopeDispose(() => query.removeEventListener('change', update));
  return isWide;
}
