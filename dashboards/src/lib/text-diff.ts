export interface DiffRun {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** Clauses and the signs between them, so that what was changed is read as words and not as single characters. */
function cutClauses(text: string): string[] {
  return text.match(/[^，。；！？、：,;!?:\n]+|[，。；！？、：,;!?:\n]/gu) ?? [];
}

/** Beyond this many pairs a comparison would hold the page up: then all of it is shown as changed. */
const mostPairs = 4_000_000;

/** Lengths of the longest common subsequence of all beginnings, row by row. */
function buildLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = 1; i <= before.length; i += 1) {
    for (let j = 1; j <= after.length; j += 1) {
      lengths[i * width + j] =
        before[i - 1] === after[j - 1]
          ? (lengths[(i - 1) * width + j - 1] ?? 0) + 1
          : Math.max(lengths[(i - 1) * width + j] ?? 0, lengths[i * width + j - 1] ?? 0);
    }
  }
  return lengths;
}

/** Neighbours of one kind become one run. */
function join(runs: readonly DiffRun[]): DiffRun[] {
  const joined: DiffRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last?.kind === run.kind) last.text += run.text;
    else joined.push({ ...run });
  }
  return joined;
}

/**
 * What was taken out of a text and what was put in, clause by clause. `same` and `gone` together are the text before; `same` and
 * `new` the text after.
 */
export function diffTexts(before: string, after: string): DiffRun[] {
  const [a, b] = [cutClauses(before), cutClauses(after)];
  if (a.length * b.length > mostPairs) {
    return [
      { kind: 'gone', text: before },
      { kind: 'new', text: after },
    ];
  }
  const lengths = buildLengths(a, b);
  const width = b.length + 1;
  const runs: DiffRun[] = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 || j > 0) {
    const [was = '', is = ''] = [a[i - 1], b[j - 1]];
    if (i > 0 && j > 0 && was === is) {
      runs.push({ kind: 'same', text: was });
      i -= 1;
      j -= 1;
    } else if (
      j > 0 &&
      (i === 0 || (lengths[i * width + j - 1] ?? 0) >= (lengths[(i - 1) * width + j] ?? 0))
    ) {
      runs.push({ kind: 'new', text: is });
      j -= 1;
    } else {
      runs.push({ kind: 'gone', text: was });
      i -= 1;
    }
  }
  return join(runs.reverse());
}
