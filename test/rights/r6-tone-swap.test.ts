import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { readSeedRules } from '../builders/seed-rules.ts';
import { type TonePair, tonePairs } from './tone-pairs.ts';

const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });

function decide(text: string): Verdict {
  return judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 });
}

const entries = Object.entries(tonePairs);
const allPairs = entries.flatMap(([, pairs]) => pairs);

function differs({ calm, other }: TonePair): boolean {
  const [one, two] = [decide(calm), decide(other)];
  return String(one.queues) !== String(two.queues) || one.risk.level !== two.risk.level;
}

const told = (pairs: readonly TonePair[]): string =>
  pairs
    .map(({ calm, other }) => {
      const [one, two] = [decide(calm), decide(other)];
      return `${calm} [${one.queues}] ${one.risk.level} / ${other} [${two.queues}] ${two.risk.level}`;
    })
    .join('\n');

describe('R6: a voice moves a statement to no other queue and no other level', () => {
  it('is shown on at least 300 pairs', () => {
    expect(new Set(allPairs.map(({ other }) => other)).size).toBeGreaterThanOrEqual(300);
  });

  it.each(entries)('%s', (_name, pairs) => {
    const moved = pairs.filter(differs);
    expect(moved.length, told(moved)).toBe(0);
  });

  it('every problem waits for an answer, at the lowest level, and is nothing else', () => {
    const wrong = [...tonePairs.problems, ...tonePairs.wishes].filter(({ calm, other }) =>
      [calm, other].some((text) => {
        const { queues, risk, findings } = decide(text);
        return String(queues) !== 'service' || risk.level !== 'low' || findings.length > 0;
      }),
    );
    expect(wrong.length, told(wrong)).toBe(0);
  });

  it('what is grave leads somewhere', () => {
    for (const { calm } of tonePairs.grave) expect(decide(calm).queues, calm).not.toEqual([]);
  });
});
