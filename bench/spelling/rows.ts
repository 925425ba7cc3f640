import type { DataFolder } from '../train/data-folder.ts';

export interface SpellingRow {
  set: string;
  text: string;
  target: string;
}

const spellingSets = ['ecspell_odw', 'ecspell_law', 'ecspell_med', 'sighan2013', 'sighan2014', 'sighan2015'];

/** Rows whose correction is as long as the text: the others are no exchanges of characters. */
export function readSpellingRows(data: DataFolder): SpellingRow[] {
  return spellingSets.flatMap((set) =>
    data
      .rows(`csc_${set}`)
      .flatMap(({ text, target }) =>
        typeof target === 'string' && target.length === text.length ? [{ set, text, target }] : [],
      ),
  );
}
