import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circumstances, prior, type UsualTravel } from '../domain/baseline.ts';
import { Category } from '../domain/category.ts';
import type { Finding, RiskLevel, Service } from '../domain/verdict.ts';
import { buildRisk, levelOf, unknownCircumstances } from './risk.ts';
import { neutral } from './sentiment.ts';

const place = { stage: 'lexicon', source: 'rule' as const, id: 'r', version: '1', start: 0, end: 1 };
const finding = (category: Category, severity: number, confidence: number): Finding => ({
  ...place,
  category,
  severity,
  confidence,
});
const complaint: Service = { kind: 'complaint', topic: 'canteen', confidence: 0.9 };
const quiet: UsualTravel = { reach: { median: 0.3, spread: 0.5 }, speed: { median: 0, spread: 0.5 } };
const lively: UsualTravel = { reach: { median: 3, spread: 0.8 }, speed: { median: 2, spread: 0.8 } };

const travelling = (reach: number, speed: number | null, usual = prior): Circumstances => ({
  travel: { reach, speed },
  usual,
  baseline: 'week-1',
});
const nowhere = unknownCircumstances({});
const risk = (fields: Partial<Parameters<typeof buildRisk>[0]>) =>
  buildRisk({
    findings: [],
    sentiment: neutral,
    service: null,
    circumstances: nowhere,
    lifeSafety: false,
    ...fields,
  });

describe('levels', () => {
  const cases: [string, Partial<Parameters<typeof buildRisk>[0]>, RiskLevel][] = [
    ['nothing', {}, 'low'],
    [
      'a complaint that the whole country reads',
      { service: complaint, circumstances: travelling(7, 6) },
      'low',
    ],
    ['noise', { findings: [finding('advert', 1, 1)] }, 'low'],
    ['a rumour nobody reads', { findings: [finding('unverified-claim', 2, 0.8)] }, 'low'],
    [
      'a rumour that goes far for a quiet channel',
      { findings: [finding('unverified-claim', 2, 0.8)], circumstances: travelling(2, 1, quiet) },
      'watch',
    ],
    [
      'the same numbers on a lively channel',
      { findings: [finding('unverified-claim', 2, 0.8)], circumstances: travelling(2, 1, lively) },
      'low',
    ],
    ['fraud, surely', { findings: [finding('fraud', 3, 0.95)] }, 'watch'],
    ['a leak of many', { findings: [finding('leak', 4, 0.95)] }, 'important'],
    [
      'danger to life that nobody read',
      { findings: [finding('self-harm', 2, 0.6)], lifeSafety: true },
      'important',
    ],
    ['danger to life, surely', { findings: [finding('violence', 5, 0.95)], lifeSafety: true }, 'urgent'],
  ];
  it.each(cases)('%s', (_name, material, level) => {
    expect(risk(material).level).toBe(level);
  });
});

it('every part is told, and they add up to the score', () => {
  const { score, parts } = risk({
    findings: [finding('harassment', 3, 0.9)],
    service: complaint,
    sentiment: { label: 'negative', score: -1, confidence: 1 },
    circumstances: travelling(2, 2),
  });
  expect(parts).toEqual({ danger: 43, reach: 6, speed: 2, service: 3, lifeSafety: 0, tone: 0 });
  expect(score).toBe(54);
});

const anyMaterial = fc.record({
  findings: fc.array(
    fc
      .tuple(
        fc.constantFrom(...Category.options),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      )
      .map(([category, severity, confidence]) => finding(category, severity, confidence)),
    { maxLength: 3 },
  ),
  service: fc.option(fc.constant(complaint)),
  lifeSafety: fc.boolean(),
  usual: fc.constantFrom(prior, quiet, lively),
  reach: fc.double({ min: 0, max: 9, noNaN: true }),
  speed: fc.option(fc.double({ min: 0, max: 9, noNaN: true })),
  tone: fc.double({ min: -1, max: 1, noNaN: true }),
});
const riskOf = ({
  usual,
  reach,
  speed,
  tone,
  ...rest
}: typeof anyMaterial extends fc.Arbitrary<infer T> ? T : never) =>
  risk({
    ...rest,
    circumstances: travelling(reach, speed, usual),
    sentiment: { label: 'neutral', score: tone, confidence: 1 },
  });

describe('for all material', () => {
  it('the score lies between 0 and 100, and more reach or speed never lowers it', () => {
    fc.assert(
      fc.property(anyMaterial, fc.double({ min: 0, max: 5, noNaN: true }), (material, more) => {
        const { score } = riskOf(material);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(riskOf({ ...material, reach: material.reach + more }).score).toBeGreaterThanOrEqual(score);
        const faster = { ...material, speed: (material.speed ?? 0) + more };
        expect(riskOf(faster).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  it('tone never changes the level', () => {
    fc.assert(
      fc.property(anyMaterial, (material) => {
        const levels = [-1, 0, 1].map((tone) => riskOf({ ...material, tone }).level);
        expect(new Set(levels).size).toBe(1);
      }),
    );
  });

  it('without a finding the level is low, whatever is said, how, and how far it goes', () => {
    fc.assert(
      fc.property(anyMaterial, (material) => {
        const { score, level } = riskOf({ ...material, findings: [], lifeSafety: false });
        expect([level, levelOf(score)]).toEqual(['low', 'low']);
      }),
    );
  });

  it('danger to life is important at least, whatever the reach', () => {
    fc.assert(
      fc.property(anyMaterial, (material) => {
        expect(['important', 'urgent']).toContain(riskOf({ ...material, lifeSafety: true, reach: 0 }).level);
      }),
    );
  });
});
