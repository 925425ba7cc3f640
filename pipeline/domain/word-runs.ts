import { z } from 'zod';
import { alignLines } from './align-lines.ts';
import { diffText } from './text-diff.ts';

/** A stretch of two texts: in both, only in the first, only in the second. */
export const WordRun = z.object({ kind: z.enum(['same', 'gone', 'new']), text: z.string() });
export type WordRun = z.infer<typeof WordRun>;

const kinds = { kept: 'same', removed: 'gone', added: 'new' } as const;

class RunWriter {
  readonly runs: WordRun[] = [];

  write(kind: WordRun['kind'], text: string): void {
    if (text === '') return;
    const last = this.runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.runs.push({ kind, text });
  }
}

/** A single sign between two changes that happens to be the same is no help to a reader: it counts as changed with them. */
function compareLine(before: string, after: string, out: RunWriter): void {
  const parts = diffText(before, after);
  let gone = '';
  let fresh = '';
  const flush = () => {
    out.write('gone', gone);
    out.write('new', fresh);
    gone = '';
    fresh = '';
  };
  parts.forEach(({ kind, text }, i) => {
    const isSliver = kind === 'kept' && [...text].length === 1 && i > 0 && i < parts.length - 1;
    if (kind === 'kept' && !isSliver) {
      flush();
      out.write(kinds[kind], text);
      return;
    }
    if (kind !== 'added') gone += text;
    if (kind !== 'removed') fresh += text;
  });
  flush();
}

/** With their ends; the last has none where the text ends without one. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * Word by word, Chinese sign by sign; lines (paragraphs, rows of a table) that became one another are compared with each other. The
 * runs without `new` are the first text, those without `gone` the second.
 */
export function compareTexts(before: string, after: string): WordRun[] {
  const out = new RunWriter();
  const [was, is] = [linesOf(before), linesOf(after)];
  for (const [i, j] of alignLines(was, is)) {
    const [a, b] = [i === null ? null : (was[i] ?? ''), j === null ? null : (is[j] ?? '')];
    if (a !== null && b !== null) compareLine(a, b, out);
    else if (a !== null) out.write('gone', a);
    else out.write('new', b ?? '');
  }
  return out.runs;
}
