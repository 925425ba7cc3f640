import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PostKind, storedText } from '../../pipeline/domain/post.ts';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import { type Finding, Verdict } from '../../pipeline/domain/verdict.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { operatingPoints } from '../../pipeline/stages/operating-points.ts';
import { normalise } from '../../pipeline/text/normalise.ts';
import { readSeedRules } from '../builders/seed-rules.ts';
import { readSentences } from '../judgement/sentences.ts';

const rules = readSeedRules();
const judge = createJudge({ rules, settingsVersion: 1 });
/** What the rules say by themselves. */
const byRules = createJudge({ rules, settingsVersion: 1, models: null });
const byId = new Map(rules.map((rule) => [rule.id, rule]));
/** As words are compared, signs between the characters left out. */
const fold = (text: string): string => normalise(text).text.replace(/[\s\p{S}\p{P}]/gu, '');

/** Words that overlap are one finding: it begins with one of them and ends with one of them, or fits the rule's pattern. */
function isNamedBy(rule: LexiconRule, { via = [] }: Finding, shown: string): boolean {
  const words = rule.words.map(fold);
  if (words.some((word) => shown.startsWith(word)) && words.some((word) => shown.endsWith(word))) return true;
  if (rule.pattern !== null && new RegExp(rule.pattern).test(shown)) return true;
  return via.some((step) => step === 'homophone' || step === 'pinyin');
}

/** Texts in which something is found, in every disguise that normalising sees through. */
const disguises: ((word: string) => string)[] = [
  (word) => word,
  (word) => [...word].join(' '),
  (word) => [...word].join('\u200b'),
  (word) => [...word].join('*'),
  (word) => word.replace(/[a-z0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
];
const surroundings = ['', '😀', '\ud800', '昨天，', '𠮷野家的', '１、', '\u200b\n', 'ＡＢＣ…… '];

const text = fc
  .record({
    rule: fc.constantFrom(...rules),
    pick: fc.nat(),
    disguise: fc.constantFrom(...disguises),
    before: fc.constantFrom(...surroundings),
    after: fc.constantFrom(...surroundings),
    number: fc.constantFrom('', '13800138000', '１３８ 0013 ８０００', '11010519491231002X'),
  })
  .map(({ rule, pick, disguise, before, after, number }) => {
    const word = rule.words[pick % rule.words.length] ?? '';
    return `${before}${disguise(word)}${after}${number}`;
  });

const modelled: ReadonlySet<string> = new Set(operatingPoints.map(({ category }) => category));
/** Of the kinds that the models know, with things around that move offsets. */
const sentence = fc
  .tuple(
    fc.constantFrom(...surroundings),
    fc.constantFrom(...readSentences('solicitations'), ...readSentences('distress')),
    fc.constantFrom(...surroundings),
  )
  .map((parts) => parts.join(''));
const kinds = fc.constantFrom(...PostKind.options);

describe('R11: every score shows its evidence', () => {
  it('the span of each finding gives the words that its rule named', () => {
    let found = 0;
    fc.assert(
      fc.property(text, kinds, (body, kind) => {
        const stored = storedText({ title: '标题😀', text: body });
        const verdict = byRules.decide({ stored, kind, metrics: {}, textVersion: 1 });
        for (const finding of verdict.findings) {
          found += 1;
          const evidence = stored.slice(finding.start, finding.end);
          expect(evidence).not.toBe('');
          expect(finding.version).toMatch(/^\d+$/);
          const rule = byId.get(finding.id);
          if (rule === undefined) {
            expect(finding.id).toMatch(/^personal-data\./);
            expect(normalise(evidence).text).toMatch(/^[\d -]+x?$/);
            continue;
          }
          expect(isNamedBy(rule, finding, fold(evidence)), `${rule.id}: ${evidence}`).toBe(true);
          expect(finding.version).toBe(String(rule.version));
          expect({ category: finding.category }).toEqual(rule.target);
        }
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it('without what the spans show, the finding and its share of the risk are gone', () => {
    for (const rule of rules) {
      if (!('category' in rule.target)) continue;
      const kind = rule.target.category === 'tamper' ? 'article' : 'comment';
      const verdict = byRules.decide({ stored: rule.example, kind, metrics: {}, textVersion: 1 });
      const rest = [...rule.example];
      for (const { start, end } of verdict.findings) rest.fill('', start, end);
      const without = byRules.decide({ stored: rest.join(''), kind, metrics: {}, textVersion: 1 });
      expect(without.findings, rule.id).toEqual([]);
      expect(without.risk.parts.danger, rule.id).toBe(0);
    }
  });

  it('what a model found shows the pieces that carried it, strongest first, inside the text', () => {
    let found = 0;
    fc.assert(
      fc.property(sentence, kinds, (stored, kind) => {
        const { findings } = judge.decide({ stored, kind, metrics: {}, textVersion: 1 });
        for (const { source, id, category, version, evidence = [], ...span } of findings) {
          if (source !== 'model') continue;
          found += 1;
          expect(id).toBe(`model.${category}`);
          expect(judge.versions.models).toContain(version);
          expect({ start: span.start, end: span.end }).toEqual({
            start: evidence[0]?.start,
            end: evidence[0]?.end,
          });
          for (const { start, end, weight } of evidence) {
            expect(stored.slice(start, end)).toHaveLength(end - start);
            expect(weight).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it('the parts of a risk add up to its score, and everything is stamped with what made it', () => {
    const metrics = fc.record({ reposts: fc.nat(1_000_000), comments: fc.nat(100_000), likes: fc.nat() });
    fc.assert(
      fc.property(text, kinds, metrics, (stored, kind, reach) => {
        const verdict = Verdict.parse(judge.decide({ stored, kind, metrics: reach, textVersion: 3 }));
        const sum = Object.values(verdict.risk.parts).reduce((total, part) => total + part, 0);
        expect(sum).toBe(verdict.risk.score);
        expect(verdict.stamp).toEqual({ text: 3, ...judge.versions });
        for (const [category, confidence] of Object.entries(verdict.categories)) {
          const strongest = verdict.findings
            .filter((finding) => finding.category === category)
            .reduce((most, finding) => Math.max(most, finding.confidence), 0);
          // A model's chance is told also where it is too small for a finding; a rule has none without its words.
          if (modelled.has(category)) expect(confidence).toBeGreaterThanOrEqual(strongest - 1e-4);
          else expect(confidence).toBe(strongest);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
