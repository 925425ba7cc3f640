import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LikenessData } from '../../pipeline/checks/spelling/likeness.ts';
import { numberedReadings } from '../../pipeline/text/syllables.ts';

/** Strokes of each character, a letter a stroke (package rime-data-stroke); the first way of writing counts. */
function readStrokes(file: string): Map<string, string> {
  const strokes = new Map<string, string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const match = /^(\S)\t([hspnz]+)/u.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined && !strokes.has(match[1]))
      strokes.set(match[1], match[2]);
  }
  return strokes;
}

/** Edits from one row of strokes to the other; more than `most` is not counted out. */
function editsBetween(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let k = 1; k <= b.length; k += 1) {
      const kept = (row[k - 1] as number) + (a[i - 1] === b[k - 1] ? 0 : 1);
      const value = Math.min(kept, (row[k] as number) + 1, (next[k - 1] as number) + 1);
      next.push(value);
      least = Math.min(least, value);
    }
    if (least > most) return least;
    row = next;
  }
  return row[b.length] as number;
}

const leastLike = 0.72;

function likeShapes(
  characters: readonly string[],
  strokes: ReadonlyMap<string, string>,
): Map<string, number> {
  const shapes = new Map<string, number>();
  const written = characters.flatMap((character) => {
    const row = strokes.get(character);
    return row === undefined ? [] : [{ character, row }];
  });
  written.sort((a, b) => a.row.length - b.row.length);
  written.forEach((a, i) => {
    for (let k = i + 1; k < written.length; k += 1) {
      const b = written[k] as (typeof written)[number];
      const most = Math.floor(b.row.length * (1 - leastLike) + (b.row.length <= 5 ? 0.6 : 0));
      if (b.row.length - a.row.length > most) break;
      const edits = editsBetween(a.row, b.row, most);
      if (edits > most) continue;
      const pair = [a.character, b.character].sort().join('');
      shapes.set(pair, Math.max(1, Math.round(100 * (1 - edits / b.row.length))));
    }
  });
  return shapes;
}

/** @param folder holds `stroke.dict.yaml`. @param common those that are common enough to be taken for each other */
export function readLikeness(
  folder: string,
  all: readonly string[],
  common: readonly string[],
): LikenessData {
  return {
    readings: numberedReadings(all),
    shapes: likeShapes(common, readStrokes(join(folder, 'stroke.dict.yaml'))),
  };
}
