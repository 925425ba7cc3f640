/** What a key asks for on the workbench. */
export type Shortcut =
  | {
      do:
        | 'next'
        | 'previous'
        | 'undo'
        | 'help'
        | 'confirm'
        | 'cancel'
        | 'note'
        | 'select'
        | 'claim'
        | 'find'
        | 'reason-down'
        | 'reason-up';
    }
  | { do: 'decide'; key: string }
  | { do: 'reason'; index: number };

export interface KeyPress {
  key: string;
  isComposing: boolean;
  withModifier: boolean;
  /** Where the focus is: typing in a field, in a drop-down, on something that has keys of its own, or anywhere else. */
  focus: 'text' | 'choice' | 'control' | 'page';
}

/** Keys that a focused button, link or choice handles by itself. */
const controlKeys = new Set(['Enter', ' ', 'ArrowDown', 'ArrowUp']);

const plain: Record<string, Shortcut> = {
  j: { do: 'next' },
  k: { do: 'previous' },
  u: { do: 'undo' },
  z: { do: 'undo' },
  x: { do: 'select' },
  '?': { do: 'help' },
  '？': { do: 'help' },
  Escape: { do: 'cancel' },
};

/** Keys that mean something only while none has been picked: then letters choose its reason. */
const whileReading: Record<string, Shortcut> = {
  c: { do: 'claim' },
  a: { do: 'decide', key: '2' },
  h: { do: 'decide', key: '3' },
  n: { do: 'decide', key: '1' },
  '/': { do: 'find' },
  '、': { do: 'find' },
};

/** Keys that mean something only once a decision has been picked. */
const whileDeciding: Record<string, Shortcut> = {
  n: { do: 'note' },
  Enter: { do: 'confirm' },
  ArrowDown: { do: 'reason-down' },
  ArrowUp: { do: 'reason-up' },
};

function findReason(key: string): Shortcut | null {
  const index = 'abcdef'.indexOf(key);
  return key.length === 1 && index >= 0 ? { do: 'reason', index } : null;
}

/**
 * Null where the key is none of ours: while typing (Escape excepted), while an input method composes, with Ctrl, Alt or
 * Command, and where a focused control needs the key itself.
 */
export function findShortcut(press: KeyPress, isDeciding: boolean): Shortcut | null {
  if (press.isComposing || press.withModifier) return null;
  if (press.focus === 'text') return press.key === 'Escape' ? { do: 'cancel' } : null;
  if (press.focus === 'control' && controlKeys.has(press.key)) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.focus === 'choice' && !/^([1-8]|Escape)$/.test(key)) return null;
  if (/^[1-8]$/.test(key)) return { do: 'decide', key };
  return plain[key] ?? (isDeciding ? (whileDeciding[key] ?? findReason(key)) : (whileReading[key] ?? null));
}
