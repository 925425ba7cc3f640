import type { KnownPairs } from '../../pipeline/checks/spelling/candidates.ts';
import { type Grams, longestGram, shortestGram } from '../../pipeline/checks/spelling/gram-set.ts';
import { hashUnits } from '../../pipeline/checks/spelling/word-table.ts';
import type { SpellingRow } from './rows.ts';

/** Each run of characters of a text, once, by its hash. */
function gramsOf(text: string): Set<number> {
  const hashes = new Set<number>();
  for (const piece of text.split(/[^\u3400-\u9fff，、（）“”《》]/u)) {
    for (let length = shortestGram; length <= longestGram; length += 1)
      for (let at = 0; at + length <= piece.length; at += 1) hashes.add(hashUnits(piece, at, at + length));
  }
  return hashes;
}

/** In how many different texts each run stands. */
export function countGrams(texts: Iterable<string>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const text of new Set(texts))
    for (const hash of gramsOf(text)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
}

/** What is known when one text, or none, has not been read. */
export function gramsWithout(counts: ReadonlyMap<number, number>, text: string | null): Grams {
  const own = text === null ? new Set<number>() : gramsOf(text);
  return {
    has(around, from, to) {
      const hash = hashUnits(around, from, to);
      return (counts.get(hash) ?? 0) > (own.has(hash) ? 1 : 0);
    },
  };
}

/** Each wrong and right character of a row. */
function pairsOf({ text, target }: SpellingRow): string[] {
  const pairs: string[] = [];
  for (let i = 0; i < text.length; i += 1) if (text[i] !== target[i]) pairs.push(`${text[i]}${target[i]}`);
  return pairs.filter((pair) => /^[\u3400-\u9fff]{2}$/u.test(pair));
}

export function countPairs(rows: readonly SpellingRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) for (const pair of pairsOf(row)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

/** The counts as they would be had these rows not been read. */
export function pairsWithout(all: KnownPairs, rows: readonly SpellingRow[]): KnownPairs {
  const own = countPairs(rows);
  const count = (wrong: number, right: number) => {
    const known = all.count(wrong, right);
    return known === 0 ? 0 : known - (own.get(String.fromCharCode(wrong, right)) ?? 0);
  };
  return { count, rightFor: (wrong) => all.rightFor(wrong).filter((right) => count(wrong, right) > 0) };
}
