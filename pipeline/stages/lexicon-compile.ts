import { createHash } from 'node:crypto';
import type { LexiconRule } from '../domain/rule.ts';
import { isRunning } from '../domain/rule-life.ts';
import type { Automaton } from '../text/automaton.ts';
import { buildAutomaton } from '../text/build-automaton.ts';
import { foldPhrase } from '../text/fold-phrase.ts';
import { numeralSpellings } from '../text/numerals.ts';
import { type Conditions, compileConditions } from './lexicon-conditions.ts';
import { compilePattern, type Pattern } from './lexicon-patterns.ts';
import { compileSounds, type Sounds } from './lexicon-variants.ts';

/** What a phrase that stands in the text says about a rule. */
export interface Meaning {
  ruleIndex: number;
  /** `allow`: within this longer phrase the rule's words are harmless. `trigger`: the rule's pattern must be tried. */
  role: 'word' | 'allow' | 'trigger';
  /** The rule's own word, as its author wrote it. */
  word: string;
}

export interface CompiledRule {
  rule: LexiconRule;
  /** On trial: recorded, and deciding nothing. */
  isShadow: boolean;
  pattern: Pattern | null;
  conditions: Conditions | null;
}

export interface Lexicon {
  rules: readonly CompiledRule[];
  /** One pass over the text finds every word of every rule; null without words. */
  automaton: Automaton | null;
  /** By word of the automaton. */
  meanings: readonly (readonly Meaning[])[];
  /** Rules whose pattern no word announces: always tried. */
  unannounced: readonly number[];
  sounds: Sounds | null;
  /** Digest of the rules that decide. */
  version: string;
}

/** Simplifying leaves 著 as it is (著名); where it was written for 着 (著火), a phrase is looked for in both spellings. */
function spellings(phrase: string): readonly string[] {
  const folded = foldPhrase(phrase);
  const ways = [folded, ...numeralSpellings(folded)];
  return ways.flatMap((way) => (way.includes('着') ? [way, way.replaceAll('着', '著')] : [way]));
}

/** Without a day none has stopped. */
function stillRuns(rule: LexiconRule, today: string | null): boolean {
  return isRunning(rule, today ?? rule.expiresOn);
}

function collectMeanings(rules: readonly CompiledRule[]): Map<string, Meaning[]> {
  const meanings = new Map<string, Meaning[]>();
  const add = (phrase: string, meaning: Meaning): void => {
    const known = meanings.get(phrase);
    if (phrase === '') return;
    if (known === undefined) meanings.set(phrase, [meaning]);
    else if (!known.some(({ ruleIndex, role }) => ruleIndex === meaning.ruleIndex && role === meaning.role))
      known.push(meaning);
  };
  rules.forEach(({ rule, pattern }, ruleIndex) => {
    for (const word of rule.words) {
      for (const way of spellings(word)) add(way, { ruleIndex, role: 'word', word });
    }
    for (const word of rule.allow) {
      for (const way of spellings(word)) add(way, { ruleIndex, role: 'allow', word });
    }
    for (const word of pattern?.words ?? []) add(word, { ruleIndex, role: 'trigger', word: '' });
  });
  return meanings;
}

/**
 * Live and shadow rules, compiled together once: a text is read once for both.
 * @param today `YYYY-MM-DD`; null when expiry is not asked about
 * @throws InvalidInput naming rule and field, for a pattern that is refused
 */
export function compileLexicon(rules: readonly LexiconRule[], today: string | null): Lexicon {
  const running = rules.filter((rule) => stillRuns(rule, today));
  const compiled = running.map((rule) => ({
    rule,
    isShadow: rule.state === 'shadow',
    pattern: compilePattern(rule),
    conditions: compileConditions(rule.conditions),
  }));
  const meanings = collectMeanings(compiled);
  const live = running.filter(({ state }) => state === 'live');
  return {
    rules: compiled,
    automaton: meanings.size === 0 ? null : buildAutomaton([...meanings.keys()]),
    meanings: [...meanings.values()],
    unannounced: compiled.flatMap(({ pattern }, i) =>
      pattern !== null && pattern.words === null ? [i] : [],
    ),
    sounds: compileSounds(running),
    version: createHash('sha256').update(JSON.stringify(live)).digest('hex').slice(0, 12),
  };
}
