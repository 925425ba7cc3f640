import type { MatchStep } from '../../domain/verdict.ts';
import { findDigitChains } from './digit-runs.ts';
import { glanceAt } from './glance.ts';
import { type NumberHit, type NumberKind, readNumbers } from './person-numbers.ts';
import { findWords, type WordHit, type WordKind } from './person-words.ts';
import { findStudentNumbers } from './student-number.ts';

export type PersonalKind = NumberKind | WordKind | 'student-number';

/** What stands in a text and belongs to a person by its form. */
export interface PersonalHit {
  kind: PersonalKind;
  /** In the normalised text. */
  start: number;
  end: number;
  /** Of a number: its digits alone. */
  compact?: string;
  /** A word near it says what it is, or whose. */
  isNamed: boolean;
  /** What had to be undone to read it. */
  via: MatchStep[];
}

const fewestDigits = 10;
const mostHits = 200;

/** The surest kind first: of two readings of one place, the first stays. */
const certainty: readonly PersonalKind[] = [
  'identity-number',
  'bank-card',
  'mobile-number',
  'old-identity-number',
  'home-address',
  'student-number',
  'licence-plate',
  'e-mail',
  'land-line',
  'birth-date',
];

function fromNumber({ kind, start, end, compact, via, cue }: NumberHit): PersonalHit {
  return { kind, start, end, compact, via, isNamed: cue === 'identity' };
}

function fromWord({ kind, start, end, isNamed }: WordHit): PersonalHit {
  return { kind, start, end, isNamed, via: [] };
}

/** Where readings overlap the surest stays; the rest comes in the order of the text. */
function settle(hits: readonly PersonalHit[], most: number): PersonalHit[] {
  const kept: PersonalHit[] = [];
  const ranked = [...hits].sort(
    (a, b) => certainty.indexOf(a.kind) - certainty.indexOf(b.kind) || a.start - b.start,
  );
  const taken = new Set<number>();
  for (const hit of ranked) {
    let isFree = true;
    for (let at = hit.start; at < hit.end && isFree; at += 1) isFree = !taken.has(at);
    if (!isFree) continue;
    for (let at = hit.start; at < hit.end; at += 1) taken.add(at);
    kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start).slice(0, most);
}

/**
 * Numbers by their check digits and ranges, addresses, plates and the like by their form and the words around them; how bad each is
 * tells the caller.
 * @param text normalised
 * @param options `isOwn`: the school's own text, whose addresses are mostly its own
 */
export function findPersonalHits(
  text: string,
  options: { isOwn: boolean; studentNumberPattern: string | null; most?: number },
): PersonalHit[] {
  const seen = glanceAt(text);
  const chains = seen.digits < fewestDigits ? [] : findDigitChains(text, fewestDigits);
  const hits = chains.flatMap((chain) => readNumbers(text, chain)).map(fromNumber);
  for (const hit of findWords(text, seen, options.isOwn)) hits.push(fromWord(hit));
  if (options.studentNumberPattern !== null) {
    for (const span of findStudentNumbers(text, options.studentNumberPattern)) {
      hits.push({ kind: 'student-number', ...span, isNamed: true, via: [] });
    }
  }
  return hits.length === 0 ? hits : settle(hits, options.most ?? mostHits);
}
