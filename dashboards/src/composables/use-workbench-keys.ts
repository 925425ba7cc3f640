import type { Ref } from 'vue';
import { decisionWords } from '../lib/decision-labels.ts';
import type { Shortcut } from '../lib/shortcut.ts';
import { useShortcuts } from './use-shortcuts.ts';
import type { Workbench } from './use-workbench.ts';

/** Leaving a field keeps what is written; only then does Escape give the decision up. */
function stepBack(bench: Workbench): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLTextAreaElement || focused instanceof HTMLSelectElement) {
    focused.blur();
    return true;
  }
  if (bench.deciding.draft.value !== null) {
    bench.deciding.cancel();
    return true;
  }
  if (!bench.bulk.isPicking.value) return false;
  bench.bulk.clear();
  return true;
}

function pick(bench: Workbench, key: string): boolean {
  const option = bench.detail.value?.decisions.find((one) => decisionWords[one.kind].key === key);
  if (option === undefined || !bench.deciding.pick(option.kind)) return false;
  bench.isDecideOpen.value = true;
  return true;
}

/** Takes the open case, or keeps it for another half hour. */
function claim(bench: Workbench): boolean {
  const shown = bench.detail.value;
  if (shown === null) return false;
  if (shown.claim?.byMe === true) void bench.openCase.renew();
  else void bench.retry(shown.id);
  return true;
}

/** Picks the row that is open, for a decision on many. */
function select(bench: Workbench): boolean {
  const id = bench.caseId.value;
  if (id === null || !bench.queue.ids.value.includes(id)) return false;
  bench.bulk.toggle(id);
  return true;
}

/** Binds the keys to the flow. */
export function useWorkbenchKeys(
  bench: Workbench,
  screen: { isHelpOpen: Ref<boolean>; focusNote: () => void; findWords: () => void },
): void {
  function act(shortcut: Shortcut): boolean {
    switch (shortcut.do) {
      case 'next':
        return bench.moveBy(1);
      case 'previous':
        return bench.moveBy(-1);
      case 'decide':
        return pick(bench, shortcut.key);
      case 'cancel':
        return stepBack(bench);
      case 'confirm':
        void bench.confirm();
        return true;
      case 'undo':
        void bench.undoLast();
        return true;
      case 'help':
        screen.isHelpOpen.value = true;
        return true;
      case 'note':
        screen.focusNote();
        return true;
      case 'claim':
        return claim(bench);
      case 'find':
        screen.findWords();
        return true;
      case 'select':
        return select(bench);
      case 'reason':
        bench.deciding.setReason(bench.deciding.option.value?.reasons[shortcut.index]);
        return true;
      case 'reason-down':
        bench.deciding.moveReason(1);
        return true;
      case 'reason-up':
        bench.deciding.moveReason(-1);
        return true;
    }
  }
  useShortcuts(
    {
      isDeciding: () => bench.deciding.draft.value !== null,
      isPaused: () => screen.isHelpOpen.value || bench.bulk.isOpen.value,
    },
    act,
  );
}
