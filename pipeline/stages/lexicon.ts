import type { Category } from '../domain/category.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { Finding } from '../domain/verdict.ts';
import { openSegmenter, type Segmenter } from '../text/segment.ts';
import type { Span } from '../text/spans.ts';
import { isMuted } from './context-cues.ts';
import { type CompiledRule, compileLexicon, type Lexicon } from './lexicon-compile.ts';
import { findRuleHits, type RuleHit } from './lexicon-match.ts';
import { stepsOf } from './lexicon-trail.ts';
import type { ServiceHit, Stage, StageResult } from './stage.ts';
import { TextContext } from './text-context.ts';

export { compileLexicon, type Lexicon } from './lexicon-compile.ts';

const nothing: StageResult = {};

/** Our pages can be tampered with; a comment cannot. */
function appliesTo(category: Category, context: TextContext): boolean {
  return category !== 'tamper' || context.isOwn;
}

/** What is said about a person in an insult (恶心) is no complaint about a service. */
function outside(insults: readonly Span[], hits: ServiceHit[]): ServiceHit[] {
  if (insults.length === 0) return hits;
  return hits.filter((hit) => !insults.some(({ start, end }) => hit.start < end && hit.end > start));
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

/** Null for a hit that says nothing here: in a comment about tampering, or only a way of speaking. */
function findingOf({ rule }: CompiledRule, hit: RuleHit, context: TextContext): Finding | null {
  if (!('category' in rule.target)) return null;
  const { category } = rule.target;
  const confidence = hit.factor === 1 ? rule.confidence : round(rule.confidence * hit.factor);
  if (!appliesTo(category, context) || isMuted(context, category, confidence, hit)) return null;
  const span = context.fromSqueezed(hit);
  const via = stepsOf(context, hit);
  return {
    category,
    stage: 'lexicon',
    source: 'rule',
    id: rule.id,
    version: String(rule.version),
    start: span.start,
    end: span.end,
    severity: rule.severity,
    confidence,
    ...(via.length === 0 ? {} : { via }),
  };
}

function matchRules(lexicon: Lexicon, context: TextContext): StageResult {
  const hits = findRuleHits(lexicon, context);
  if (hits.length === 0) return nothing;
  const findings: Finding[] = [];
  const shadow: Finding[] = [];
  const serviceHits: ServiceHit[] = [];
  const insults: Span[] = [];
  for (const hit of hits) {
    const compiled = lexicon.rules[hit.ruleIndex];
    if (compiled === undefined) continue;
    const { rule, isShadow } = compiled;
    const { start, end } = hit;
    if (!('category' in rule.target)) {
      const { id: ruleId, target } = rule;
      if (!isShadow)
        serviceHits.push({ target, ruleId, confidence: rule.confidence * hit.factor, start, end });
      continue;
    }
    const finding = findingOf(compiled, hit, context);
    if (finding === null) continue;
    if (isShadow) shadow.push(finding);
    else {
      findings.push(finding);
      if (finding.category === 'harassment') insults.push({ start, end });
    }
  }
  const result = { findings, serviceHits: outside(insults, serviceHits) };
  return shadow.length === 0 ? result : { ...result, shadow };
}

/** The office's own rules: words, phrases and patterns, matched once over the whole text. */
export function lexiconStage(lexicon: Lexicon): Stage {
  return { name: 'lexicon', safetyRelevant: true, run: (context) => matchRules(lexicon, context) };
}

/**
 * One rule by itself, whatever its state: the spans of the stored text that it hits, as the judgement would find them.
 * A text is cut into words only where the rule needs to know them.
 * @throws InvalidInput for a pattern that is refused
 */
export function matchOneRule(rule: LexiconRule, segmenter?: Segmenter): (stored: string) => Span[] {
  const lexicon = compileLexicon([{ ...rule, state: 'live' }], null);
  const [compiled] = lexicon.rules;
  const words = segmenter ?? openSegmenter({ dictionaryWords: [] });
  return (stored) => {
    const context = new TextContext({ stored, kind: 'comment', metrics: {}, textVersion: 1 }, words);
    const hits = findRuleHits(lexicon, context);
    if (compiled === undefined || hits.length === 0) return [];
    const isTold = (hit: RuleHit): boolean =>
      !('category' in rule.target) ||
      !isMuted(context, rule.target.category, round(rule.confidence * hit.factor), hit);
    return hits.filter(isTold).map((hit) => context.fromSqueezed(hit));
  };
}
