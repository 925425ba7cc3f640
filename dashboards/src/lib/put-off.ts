type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (personId: string) => `guanlan.second-factor.put-off.${personId}`;

/** Whether this person has put the advice off in this window. @param open may throw: a browser can refuse to keep anything */
export function isPutOff(personId: string, open: () => Kept): boolean {
  try {
    return open().getItem(keyOf(personId)) !== null;
  } catch {
    return false;
  }
}

/** Until the window is closed; where nothing can be kept, until the page is loaded anew. */
export function putOff(personId: string, open: () => Kept): void {
  try {
    open().setItem(keyOf(personId), 'yes');
  } catch {
    // The advice comes back with the next load, and nothing else is lost.
  }
}
