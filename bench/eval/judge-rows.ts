import { setImmediate as nextTurn } from 'node:timers/promises';
import { categoryFacts, type Family } from '../../pipeline/domain/category.ts';
import type { PostKind } from '../../pipeline/domain/post.ts';
import type { Sentiment, Verdict } from '../../pipeline/domain/verdict.ts';
import type { Judge } from '../../pipeline/stages/judge.ts';
import type { Row } from './read-rows.ts';

/** What the figures need of one verdict; the text itself is let go. */
export interface JudgedRow {
  label: string;
  sentiment: Sentiment;
  harassment: number;
  selfHarm: number;
  /** The strongest of `fraud`, `phishing-link` and `spam`. */
  fraud: number;
  /** What raised it above `low`: ids of findings of safety, fraud, abuse, integrity or noise. Empty when nothing did. */
  alarms: string[];
}

const alarming: readonly Family[] = ['safety', 'fraud', 'abuse', 'integrity', 'noise'];

function alarmsOf({ risk, findings }: Verdict): string[] {
  if (risk.level === 'low') return [];
  const ids = findings.filter(({ category }) => alarming.includes(categoryFacts[category].family));
  return [...new Set(ids.map(({ id }) => id))];
}

function judgeRow(judge: Judge, row: Row, kind: PostKind): JudgedRow {
  const verdict = judge.decide({ stored: row.text, kind, metrics: {}, textVersion: 1 });
  const { categories } = verdict;
  return {
    label: row.label,
    sentiment: verdict.sentiment,
    harassment: categories.harassment,
    selfHarm: categories['self-harm'],
    fraud: Math.max(categories.fraud, categories['phishing-link'], categories.spam),
    alarms: alarmsOf(verdict),
  };
}

/** So often a turn is given back, so that an interruption is heard. */
const rowsPerTurn = 500;

/**
 * @param options.told called with the rows done so far, a few times a second at most
 * @throws the signal's reason when interrupted
 */
export async function judgeRows(
  judge: Judge,
  rows: readonly Row[],
  options: { kind: PostKind; told: (done: number) => void; signal: AbortSignal },
): Promise<JudgedRow[]> {
  const judged: JudgedRow[] = [];
  for (const row of rows) {
    judged.push(judgeRow(judge, row, options.kind));
    if (judged.length % rowsPerTurn !== 0) continue;
    options.told(judged.length);
    await nextTurn();
    options.signal.throwIfAborted();
  }
  return judged;
}
