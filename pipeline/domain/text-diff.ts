/** A stretch of two texts. `kept` says the same in both, so that `before` is `after`. */
export interface DiffPart {
  kind: 'kept' | 'removed' | 'added';
  text: string;
}

/** Words of alphabets and numbers whole, everything else sign by sign: Chinese has no blanks to go by. */
const word = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+|\p{Nd}+|./gsu;
/** Beyond this many differing words nobody reads a comparison: the middle is shown as replaced. */
const mostEdits = 400;

/** What became of `before`, in order; neighbours of one kind are one part. */
export function diffText(before: string, after: string): DiffPart[] {
  const a = before.match(word) ?? [];
  const b = after.match(word) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const out = new PartWriter();
  out.write('kept', a.slice(0, start));
  for (const { kind, text } of diffMiddle(a.slice(start, a.length - tail), b.slice(start, b.length - tail)))
    out.write(kind, [text]);
  out.write('kept', a.slice(a.length - tail));
  return out.parts;
}

class PartWriter {
  readonly parts: DiffPart[] = [];

  write(kind: DiffPart['kind'], words: readonly string[]): void {
    const text = words.join('');
    if (text === '') return;
    const last = this.parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.parts.push({ kind, text });
  }
}

/** The shortest way from one to the other (Myers); one replacement where that is too long. */
function diffMiddle(a: readonly string[], b: readonly string[]): DiffPart[] {
  const replaced: DiffPart[] = [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ];
  if (a.length === 0 || b.length === 0) return replaced;
  const trail = findWay(a, b);
  return trail === null ? replaced : walkBack(a, b, trail);
}

/** How far each diagonal reaches after each edit; null after too many. */
function findWay(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const reach = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(a.length + b.length, mostEdits); edits += 1) {
    trail.push(new Map(reach));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (reach.get(k - 1) ?? 0) < (reach.get(k + 1) ?? 0));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return trail;
    }
  }
  return null;
}

function walkBack(a: readonly string[], b: readonly string[], trail: Map<number, number>[]): DiffPart[] {
  const parts: DiffPart[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = trail.length - 1; edits >= 0; edits -= 1) {
    const reach = trail[edits] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -edits || (k !== edits && (reach.get(k - 1) ?? 0) < (reach.get(k + 1) ?? 0));
    const fromX = edits === 0 ? 0 : (reach.get(down ? k + 1 : k - 1) ?? 0);
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      parts.push({ kind: 'kept', text: a[x - 1] ?? '' });
      x -= 1;
      y -= 1;
    }
    if (edits > 0 && down) parts.push({ kind: 'added', text: b[y - 1] ?? '' });
    else if (edits > 0) parts.push({ kind: 'removed', text: a[x - 1] ?? '' });
    x = fromX;
    y = fromY;
  }
  return parts.reverse();
}
