import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category, categoryFacts } from '../domain/category.ts';
import type { Metrics } from '../domain/post.ts';
import { type Finding, Verdict } from '../domain/verdict.ts';
import { decide } from './decide.ts';
import { levelOf, unknownCircumstances } from './risk.ts';
import type { StageRun } from './run-stages.ts';
import { neutral } from './sentiment.ts';

function finding(category: Category, fields: Partial<Finding> = {}): Finding {
  const base = { stage: 'lexicon', source: 'rule' as const, id: 'test.rule', version: '1', start: 0, end: 1 };
  return { category, ...base, severity: 3, confidence: 0.9, ...fields };
}

const stamp = { text: 1, rules: 'r', models: 'm', dictionary: 'd', settings: 1, baseline: 'b' };

function verdict({ metrics = {}, ...run }: Partial<StageRun> & { metrics?: Metrics }): Verdict {
  const empty = { findings: [], serviceHits: [], sentiment: neutral, service: null };
  return decide(
    { ...empty, shadow: [], couldNotCheck: [], uncheckedDanger: false, ...run },
    unknownCircumstances(metrics),
    stamp,
  );
}

const furious = { label: 'negative', score: -1, confidence: 0.95 } as const;
const loud = { reposts: 1_000_000, comments: 1_000_000, likes: 1_000_000, views: 1_000_000_000 };

describe('decide', () => {
  it.each(Category.options)('%s goes where its facts say', (category) => {
    const made = verdict({ findings: [finding(category, { severity: 4 })] });
    const facts = categoryFacts[category];
    expect([...made.queues].sort()).toEqual([...facts.queues].sort());
    expect(made.accessClass).toBe(facts.access);
    expect(made.lifeSafety).toBe(facts.lifeSafety);
    expect(made.categories[category]).toBe(0.9);
    expect(made.noise).toBe(facts.family === 'noise');
    if (facts.lifeSafety) expect(['important', 'urgent']).toContain(made.risk.level);
  });

  it('tone, criticism and reach alone stay low', () => {
    for (const kind of ['complaint', 'suggestion', 'question', 'praise'] as const) {
      const service = { kind, topic: 'canteen', confidence: 0.9 } as const;
      const made = verdict({ service, sentiment: furious, metrics: loud });
      expect(made.risk.level).toBe('low');
      expect(made.queues).toEqual(kind === 'praise' ? [] : ['service']);
    }
  });

  it('an alarm for life needs no reach and no tone', () => {
    const quiet = verdict({ findings: [finding('self-harm', { severity: 2, confidence: 0.5 })] });
    expect(quiet.lifeSafety).toBe(true);
    expect(quiet.risk.level).toBe('important');
    expect(quiet.queues).toEqual(['safety']);
    expect(quiet.accessClass).toBe('safety');
  });

  it('noise is counted, never queued, and does not hide danger', () => {
    const service = { kind: 'question', topic: 'other', confidence: 0.8 } as const;
    expect(verdict({ findings: [finding('advert')], service, metrics: loud })).toMatchObject({
      noise: true,
      queues: [],
      service: null,
    });
    const both = verdict({ findings: [finding('advert'), finding('fraud')] });
    expect(both.noise).toBe(false);
    expect(both.queues).toEqual(['safety', 'review']);
  });

  it('the strictest class holds', () => {
    expect(verdict({ findings: [finding('leak'), finding('self-harm')] }).accessClass).toBe('safety');
  });

  it('what is only noted neither queues nor closes a text', () => {
    const noted = verdict({ findings: [finding('leak', { severity: 1 })] });
    expect(noted).toMatchObject({ queues: [], accessClass: 'open', noise: false });
    expect(noted.risk.level).toBe('low');
  });

  it('danger that could not be looked for is looked at by a person', () => {
    const couldNotCheck = [{ stage: 'lexicon', reason: 'broken' }];
    const made = verdict({ couldNotCheck, uncheckedDanger: true, findings: [finding('advert')] });
    expect(made).toMatchObject({ queues: ['review'], noise: false, couldNotCheck });
  });

  it('every verdict adds up, and tone never changes its level', () => {
    const findings = fc.array(
      fc.record({
        category: fc.constantFrom(...Category.options),
        severity: fc.integer({ min: 1, max: 5 }),
        confidence: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
      { maxLength: 4 },
    );
    const likes = fc.integer({ min: 0, max: 10_000_000 });
    const tone = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(findings, likes, tone, tone, (some, count, calm, angry) => {
        const judged = (score: number): Verdict =>
          verdict({
            findings: some.map(({ category, ...rest }) => finding(category, rest)),
            metrics: { likes: count },
            sentiment: { label: 'neutral', score, confidence: 1 },
          });
        const one = Verdict.parse(judged(calm));
        const sum = Object.values(one.risk.parts).reduce((total, part) => total + part, 0);
        expect(sum).toBe(one.risk.score);
        expect(levelOf(one.risk.score)).toBe(one.risk.level);
        const other = judged(angry);
        expect([other.risk.level, other.queues]).toEqual([one.risk.level, one.queues]);
      }),
      { numRuns: 2000 },
    );
  });
});
