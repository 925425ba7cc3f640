import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { needsPerson } from '../../pipeline/stages/risk.ts';
import { readSeedRules } from '../builders/seed-rules.ts';
import { readSentences } from '../judgement/sentences.ts';

const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });

function decide(text: string): Verdict {
  return judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 });
}

/** Would a person be shown the text as somebody's attack? A model's chance by itself shows nobody anything. */
function isTakenForAttack(text: string): boolean {
  const { findings, accessClass } = decide(text);
  const shown = findings.some((finding) => finding.category === 'harassment' && needsPerson(finding));
  return shown || accessClass === 'victim';
}

const told = (texts: readonly string[]): string =>
  texts.map((text) => `${text}: ${decide(text).findings.map(({ id }) => id)}`).join('\n');

describe('R6: who argues against bias, or tells of bullying, attacks nobody', () => {
  it('is shown on many sentences', () => {
    const sentences = readSentences('not-attacks');
    expect(sentences.length).toBeGreaterThanOrEqual(35);
    const taken = sentences.filter(isTakenForAttack);
    expect(taken.length, told(taken)).toBe(0);
  });
});

describe('R6: criticism of the school, however harsh, is no attack and no danger', () => {
  it.each(readSentences('harsh-criticism'))('%s', (text) => {
    const { queues, risk, lifeSafety, categories } = decide(text);
    expect(isTakenForAttack(text)).toBe(false);
    expect(categories.harassment).toBeLessThan(0.5);
    expect(queues.filter((queue) => queue !== 'service')).toEqual([]);
    expect(risk.level).toBe('low');
    expect(lifeSafety).toBe(false);
  });
});
