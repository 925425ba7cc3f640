import { onScopeDispose, shallowRef } from 'vue';

export type UndoTarget =
  | {
      caseId: string;
      decisionId: string;
      /** Of the case after the decision. */
      version: number;
    }
  /** Decided together. */
  | { bulkId: string; caseIds: readonly string[] };

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'problem';
  undo: UndoTarget | null;
}

const shownMs = 10_000;
const recheckMs = 1_000;

/** Nobody should have to race a message: it stays while the pointer or the focus is on it. */
function isHeld(): boolean {
  return document.querySelector('[data-toast]:is(:hover, :focus-within)') !== null;
}

/** One message at a time. */
export function useToast() {
  const toast = shallowRef<Toast | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;

  function dismiss() {
    clearTimeout(timer);
    toast.value = null;
  }
  function expire() {
    if (isHeld()) timer = setTimeout(expire, recheckMs);
    else dismiss();
  }
  onScopeDispose(() => clearTimeout(timer));

  return {
    toast,
    dismiss,
    show(text: string, options: { tone?: Toast['tone']; undo?: UndoTarget } = {}) {
      count += 1;
      toast.value = { id: count, text, tone: options.tone ?? 'done', undo: options.undo ?? null };
      clearTimeout(timer);
      timer = setTimeout(expire, shownMs);
    },
  };
}
