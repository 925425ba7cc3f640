import { createHash } from 'node:crypto';
import { AhoCorasick } from '@monyone/aho-corasick/fast';
import { type Category, categoryFacts } from '../domain/category.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { Finding } from '../domain/verdict.ts';
import { normalise, squeezeFillers } from '../text/normalise.ts';
import type { Span } from '../text/spans.ts';
import { isMuted } from './context-cues.ts';
import type { ServiceHit, Stage, StageResult } from './stage.ts';
import type { TextContext } from './text-context.ts';

/** A text that repeats one phrase a thousand times is no more evidence than twenty times. */
const maxHitsPerRule = 20;

interface Meaning {
  ruleIndex: number;
  /** Within this longer phrase the rule's words are harmless. */
  allows: boolean;
}

export interface Lexicon {
  rules: readonly LexiconRule[];
  automaton: AhoCorasick | null;
  meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** Digest of the rules that decide. */
  version: string;
}

function foldPhrase(phrase: string): string {
  return squeezeFillers(normalise(phrase.trim()).text).text;
}

/** Simplifying leaves 著 as it is (著名); where it was written for 着 (著火), a phrase is looked for in both spellings. */
function spellings(phrase: string): readonly string[] {
  const folded = foldPhrase(phrase);
  return folded.includes('着') ? [folded, folded.replaceAll('着', '著')] : [folded];
}

/** Safety and personal-data rules outlive their date (and are shown as overdue); others stop. */
function stillRuns(rule: LexiconRule, today: string | null): boolean {
  if (rule.state !== 'live') return false;
  if (today === null || rule.expiresOn >= today) return true;
  if (!('category' in rule.target)) return false;
  return rule.target.category === 'leak' || categoryFacts[rule.target.category].family === 'safety';
}

/**
 * Only live rules are compiled: the others decide nothing.
 * @param today `YYYY-MM-DD`; null when expiry is not asked about
 */
export function compileLexicon(rules: readonly LexiconRule[], today: string | null): Lexicon {
  const live = rules.filter((rule) => stillRuns(rule, today));
  const meanings = new Map<string, Meaning[]>();
  live.forEach((rule, ruleIndex) => {
    const add = (phrases: readonly string[], allows: boolean): void => {
      for (const phrase of new Set(phrases.flatMap(spellings))) {
        if (phrase === '') continue;
        const known = meanings.get(phrase);
        if (known === undefined) meanings.set(phrase, [{ ruleIndex, allows }]);
        else known.push({ ruleIndex, allows });
      }
    };
    add(rule.words, false);
    add(rule.allow, true);
  });
  const digest = createHash('sha256').update(JSON.stringify(live)).digest('hex');
  return {
    rules: live,
    automaton: meanings.size === 0 ? null : new AhoCorasick([...meanings.keys()]),
    meanings,
    version: digest.slice(0, 12),
  };
}

interface Occurrence {
  ruleIndex: number;
  start: number;
  end: number;
  allows: boolean;
}

const byRuleThenLongest = (a: Occurrence, b: Occurrence): number =>
  a.ruleIndex - b.ruleIndex || a.start - b.start || b.end - a.end || Number(b.allows) - Number(a.allows);

/** A word that must keep to word boundaries and does not is no occurrence at all. */
function collect(lexicon: Lexicon, context: TextContext): Occurrence[] {
  const occurrences: Occurrence[] = [];
  if (lexicon.automaton === null) return occurrences;
  for (const { begin, end, keyword } of lexicon.automaton.matchInText(context.squeezed.text)) {
    for (const { ruleIndex, allows } of lexicon.meanings.get(keyword) ?? []) {
      const mustKeepWords = !allows && lexicon.rules[ruleIndex]?.wordBoundary === true;
      if (mustKeepWords && !context.respectsWords({ start: begin, end })) continue;
      occurrences.push({ ruleIndex, start: begin, end, allows });
    }
  }
  return occurrences;
}

/**
 * One hit for what a rule's words say together: what stands inside a longer word or allow-phrase is dropped, words that
 * overlap (楼着火, 着火了) are one.
 */
function mergeOverlaps(occurrences: Occurrence[]): Occurrence[] {
  if (occurrences.length > 1) occurrences.sort(byRuleThenLongest);
  const kept: Occurrence[] = [];
  let ruleIndex = -1;
  let reach = -1;
  let count = 0;
  let last: Occurrence | null = null;
  for (const one of occurrences) {
    if (one.ruleIndex !== ruleIndex) {
      ruleIndex = one.ruleIndex;
      reach = -1;
      count = 0;
      last = null;
    }
    if (one.end <= reach) continue;
    reach = one.end;
    if (one.allows) last = null;
    else if (last !== null && one.start < last.end) last.end = one.end;
    else if (count < maxHitsPerRule) {
      kept.push(one);
      last = one;
      count += 1;
    }
  }
  return kept;
}

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

function matchRules(lexicon: Lexicon, context: TextContext): StageResult {
  const occurrences = mergeOverlaps(collect(lexicon, context));
  if (occurrences.length === 0) return nothing;
  const findings: Finding[] = [];
  const serviceHits: ServiceHit[] = [];
  const insults: Span[] = [];
  for (const { ruleIndex, start, end } of occurrences) {
    const rule = lexicon.rules[ruleIndex];
    if (rule === undefined) continue;
    const { id, target, confidence, severity } = rule;
    if (!('category' in target)) {
      serviceHits.push({ target, ruleId: id, confidence, start, end });
      continue;
    }
    const { category } = target;
    if (!appliesTo(category, context) || isMuted(context, category, confidence, { start, end })) continue;
    if (category === 'harassment') insults.push({ start, end });
    const span = context.fromSqueezed({ start, end });
    findings.push({
      category,
      stage: 'lexicon',
      source: 'rule',
      id,
      version: String(rule.version),
      start: span.start,
      end: span.end,
      severity,
      confidence,
    });
  }
  return { findings, serviceHits: outside(insults, serviceHits) };
}

/** The office's own rules: words and phrases, matched once over the whole text. */
export function lexiconStage(lexicon: Lexicon): Stage {
  return { name: 'lexicon', safetyRelevant: true, run: (context) => matchRules(lexicon, context) };
}
