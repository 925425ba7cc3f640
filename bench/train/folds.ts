import { normalise } from '../../pipeline/text/normalise.ts';
import { Chance } from './chance.ts';

const endUnits = 20;
const notWritten = /[^\p{L}]+/gu;

/** Finds the leader of a group, shortening the way for the next time. */
function leaderOf(leaders: Int32Array, row: number): number {
  let leader = row;
  while (leaders[leader] !== leader) leader = leaders[leader] ?? 0;
  leaders[row] = leader;
  return leader;
}

/**
 * A fold for every text. Texts whose letters are the same, or begin or end with the same twenty, share a fold: what was
 * learned from a near-copy would flatter the figures.
 */
export function drawFolds(texts: readonly string[], folds: number, seed: number): Uint8Array {
  const leaders = Int32Array.from(texts, (_, row) => row);
  const firstWith = new Map<string, number>();
  texts.forEach((text, row) => {
    const letters = normalise(text).text.replace(notWritten, '');
    const keys =
      letters.length < endUnits
        ? [`=${letters}`]
        : [`<${letters.slice(0, endUnits)}`, `>${letters.slice(-endUnits)}`];
    for (const key of keys) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, row);
      else leaders[leaderOf(leaders, row)] = leaderOf(leaders, first);
    }
  });
  const chance = new Chance(seed);
  const drawn = Uint8Array.from(texts, () => Math.floor(chance.next() * folds));
  return drawn.map((_, row) => drawn[leaderOf(leaders, row)] ?? 0);
}
