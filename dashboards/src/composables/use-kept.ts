import { type Ref, ref, watch } from 'vue';
import { keptTexts } from './use-kept-text.ts';

const keptForms = keptTexts.of<unknown>();

/**
 * What is being typed into one form: a page that is left, or a session that runs out, loses none of it.
 * @param id which form, and what it is about
 */
export function useKept<T>(id: string, empty: () => T): { draft: Ref<T>; drop: () => void } {
  const draft = ref((keptForms.get(id) as T | null) ?? empty()) as Ref<T>;
  watch(draft, (typed) => keptForms.set(id, typed), { deep: true, flush: 'sync' });
  return {
    draft,
    /** It was sent, or is not wanted any more: the form is empty again. */
    drop() {
      draft.value = empty();
      keptForms.delete(id);
    },
  };
}

/** The same for a form that is gone already. */
export function dropKept(id: string): void {
  keptForms.delete(id);
}
