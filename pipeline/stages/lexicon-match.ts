import type { RuleVariant } from '../domain/rule.ts';
import { isHan } from '../text/han.ts';
import type { MappedText, Span } from '../text/spans.ts';
import type { CompiledRule, Lexicon, Meaning } from './lexicon-compile.ts';
import { conditionsHold } from './lexicon-conditions.ts';
import { searchPattern } from './lexicon-patterns.ts';
import { hearWords } from './lexicon-variants.ts';
import type { TextContext } from './text-context.ts';

/** A text that repeats one phrase a thousand times is no more evidence than twenty times. */
const maxHitsPerRule = 20;
/** So many places of a rule are looked at before what overlaps is merged. */
const maxPlacesPerRule = 2000;

const fewestDoubled = 2;

/** Where a rule's word stands, in the squeezed text. */
export interface RuleHit extends Span {
  ruleIndex: number;
  /** The rule's own word; null for its pattern. */
  word: string | null;
  /** By sound only: how it was written, and what that takes from the rule's confidence. */
  heard: readonly RuleVariant[];
  factor: number;
}

interface Place extends RuleHit {
  allows: boolean;
}

const unheard: readonly RuleVariant[] = [];

/** Gathers the places of every rule, so many at most. */
class Places {
  readonly found: Place[] = [];
  /** By rule. Few rules have any: a map of those is made quicker than a table of all. */
  readonly #counts = new Map<number, number>();
  readonly #context: TextContext;
  readonly #rules: readonly CompiledRule[];

  constructor(lexicon: Lexicon, context: TextContext) {
    this.#context = context;
    this.#rules = lexicon.rules;
  }

  /** Of a rule that is full nothing more is looked at. */
  isFull(ruleIndex: number): boolean {
    return (this.#counts.get(ruleIndex) ?? 0) >= maxPlacesPerRule;
  }

  #hasRoom(ruleIndex: number): boolean {
    const count = this.#counts.get(ruleIndex) ?? 0;
    if (count >= maxPlacesPerRule) return false;
    this.#counts.set(ruleIndex, count + 1);
    return true;
  }

  /** @param isChecked when it is known already that no ordinary word is cut in two */
  add(place: Place, isChecked = false): void {
    const { ruleIndex, allows } = place;
    if (!this.#hasRoom(ruleIndex)) return;
    const mustKeepWords = !isChecked && !allows && this.#rules[ruleIndex]?.rule.wordBoundary === true;
    if (mustKeepWords && !this.#context.respectsWords(place)) return;
    this.found.push(place);
  }
}

function wordPlace({ ruleIndex, role, word }: Meaning, start: number, end: number): Place {
  return { ruleIndex, start, end, allows: role === 'allow', word, heard: unheard, factor: 1 };
}

/** Words as they stand in the squeezed text. A word that joins what is written apart must not cut ordinary words in two. */
function findWords(lexicon: Lexicon, context: TextContext, places: Places): Set<number> | null {
  let triggered: Set<number> | null = null;
  const { squeezed } = context;
  const isSqueezed = squeezed.starts !== null;
  lexicon.automaton?.search(squeezed.text, (key, start, end) => {
    const span = { start, end };
    const isJoined = isSqueezed && context.isWrittenApart(span);
    for (const meaning of lexicon.meanings[key] as readonly Meaning[]) {
      if (meaning.role === 'trigger') {
        triggered ??= new Set();
        triggered.add(meaning.ruleIndex);
        continue;
      }
      if (places.isFull(meaning.ruleIndex)) continue;
      if (meaning.role === 'allow' || !isJoined || !context.cutsWords(span)) {
        places.add(wordPlace(meaning, start, end));
      }
    }
  });
  return triggered;
}

/** The span in the squeezed text that a span of the compact one stands for; null when nothing was left out of it. */
function compactedSpan(
  { starts }: MappedText,
  { text }: MappedText,
  start: number,
  end: number,
): Span | null {
  if (starts === null) return null;
  const last = starts[end - 1] as number;
  let after = last + 1;
  while (text.charCodeAt(after) === text.charCodeAt(last)) after += 1;
  const span = { start: starts[start] as number, end: isHan(text.charCodeAt(last)) ? after : last + 1 };
  return span.end - span.start === end - start ? null : span;
}

/** Characters that are written twice or more within a span of the squeezed text. */
function doubledIn({ text }: MappedText, { start, end }: Span): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at) === text.charCodeAt(at + 1) && text.charCodeAt(at) !== text.charCodeAt(at - 1))
      count += 1;
  }
  return count;
}

/** Words that stand there once repeated characters, brackets and lone letters are joined. */
function findCompacted(lexicon: Lexicon, context: TextContext, places: Places): void {
  const compacted = context.compacted;
  if (compacted === null) return;
  lexicon.automaton?.search(compacted.text, (key, start, end) => {
    const span = compactedSpan(compacted, context.squeezed, start, end);
    if (span === null) return;
    for (const meaning of lexicon.meanings[key] as readonly Meaning[]) {
      if (meaning.role === 'allow') places.add(wordPlace(meaning, span.start, span.end));
      if (meaning.role !== 'word' || places.isFull(meaning.ruleIndex)) continue;
      // 代代考考 is no pair of ordinary words, though 代代 is one: nobody doubles both by chance.
      const isDoubled = doubledIn(context.squeezed, span) >= fewestDoubled;
      const joined = { text: compacted.text, start, end };
      if (isDoubled ? context.cutsNeighbours(joined) : context.cutsWords(span, joined)) continue;
      places.add(wordPlace(meaning, span.start, span.end), true);
    }
  });
}

function findPatterns(lexicon: Lexicon, context: TextContext, rules: Iterable<number>, places: Places): void {
  for (const ruleIndex of rules) {
    const pattern = lexicon.rules[ruleIndex]?.pattern;
    if (pattern === null || pattern === undefined) continue;
    for (const span of searchPattern(pattern, context.squeezed.text)) {
      if (context.isWrittenApart(span) && context.cutsWords(span)) continue;
      places.add({ ...span, ruleIndex, allows: false, word: null, heard: unheard, factor: 1 });
    }
  }
}

function findHeard(lexicon: Lexicon, context: TextContext, places: Places): void {
  if (lexicon.sounds === null) return;
  for (const hit of hearWords(lexicon.sounds, context.squeezed.text, context)) {
    if (places.isFull(hit.ruleIndex) || context.cutsWords(hit)) continue;
    places.add({ ...hit, allows: false, heard: hit.steps }, true);
  }
}

const byRuleThenLongest = (a: Place, b: Place): number =>
  a.ruleIndex - b.ruleIndex ||
  a.start - b.start ||
  b.end - a.end ||
  Number(b.allows) - Number(a.allows) ||
  a.heard.length - b.heard.length;

/**
 * One hit for what a rule's words say together: what stands inside a longer word or allow-phrase is dropped, words that
 * overlap (楼着火, 着火了) are one. A hit whose conditions don't hold is none.
 */
function mergePlaces(places: Place[], lexicon: Lexicon, context: TextContext): RuleHit[] {
  if (places.length > 1) places.sort(byRuleThenLongest);
  const kept: Place[] = [];
  let ruleIndex = -1;
  let reach = -1;
  let last: Place | null = null;
  for (const one of places) {
    if (one.ruleIndex !== ruleIndex) {
      ruleIndex = one.ruleIndex;
      reach = -1;
      last = null;
    }
    if (one.end <= reach) continue;
    reach = one.end;
    if (one.allows) last = null;
    else if (last !== null && one.start < last.end) last.end = one.end;
    else {
      kept.push(one);
      last = one;
    }
  }
  return chosen(kept, lexicon, context);
}

function chosen(merged: readonly Place[], lexicon: Lexicon, context: TextContext): RuleHit[] {
  let ruleIndex = -1;
  let count = 0;
  return merged.filter((place) => {
    if (place.ruleIndex !== ruleIndex) count = 0;
    ruleIndex = place.ruleIndex;
    if (count >= maxHitsPerRule) return false;
    const conditions = lexicon.rules[ruleIndex]?.conditions ?? null;
    if (conditions !== null && !conditionsHold(conditions, context.squeezed.text, place)) return false;
    count += 1;
    return true;
  });
}

const noHits: readonly RuleHit[] = [];

/** Every hit of every live and shadow rule, by rule and then by place: at most twenty a rule. */
export function findRuleHits(lexicon: Lexicon, context: TextContext): readonly RuleHit[] {
  const places = new Places(lexicon, context);
  const triggered = findWords(lexicon, context, places);
  findCompacted(lexicon, context, places);
  if (triggered !== null) findPatterns(lexicon, context, triggered, places);
  findPatterns(lexicon, context, lexicon.unannounced, places);
  findHeard(lexicon, context, places);
  return places.found.length === 0 ? noHits : mergePlaces(places.found, lexicon, context);
}
