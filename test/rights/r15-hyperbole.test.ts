import { describe, expect, it } from 'vitest';
import { Category, categoryFacts } from '../../pipeline/domain/category.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { needsPerson } from '../../pipeline/stages/risk.ts';
import { readSeedRules } from '../builders/seed-rules.ts';
import { readSentences } from '../judgement/sentences.ts';

const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });

function decide(text: string): Verdict {
  return judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 });
}

const safety = Category.options.filter((category) => categoryFacts[category].family === 'safety');

function isAlarm(text: string): boolean {
  const { findings, lifeSafety, queues } = decide(text);
  const queued = findings.some((finding) => needsPerson(finding) && safety.includes(finding.category));
  return queued || lifeSafety || queues.includes('safety');
}

const told = (texts: readonly string[]): string =>
  texts.map((text) => `${text}: ${decide(text).findings.map(({ id }) => id)}`).join('\n');

describe('R15: a way of speaking is no danger', () => {
  const hyperbole = readSentences('hyperbole');

  it('is shown on many sentences', () => {
    expect(new Set(hyperbole).size).toBeGreaterThanOrEqual(120);
  });

  it('exam stress, food, jokes and idioms call nobody on duty', () => {
    const alarms = hyperbole.filter(isAlarm);
    expect(alarms.length, told(alarms)).toBe(0);
  });
});

describe('R15, the other side: soberly told distress and danger reach the people on duty', () => {
  const distress = readSentences('distress');

  it('is shown on many sentences', () => {
    expect(new Set(distress).size).toBeGreaterThanOrEqual(60);
  });

  it('every one of them', () => {
    const missed = distress.filter((text) => !decide(text).queues.includes('safety'));
    expect(missed.length, told(missed)).toBe(0);
  });
});
