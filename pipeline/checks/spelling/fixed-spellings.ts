import type { Automaton } from '../../text/automaton.ts';
import { buildAutomaton } from '../../text/build-automaton.ts';
import { seriousSpellings, variantSpellings, wrongSpellings } from './fixed-list.ts';

type Kind = 'serious' | 'wrong' | 'variant';

interface FixedSpelling {
  wrong: string;
  right: string;
  /** Longer texts around it that are right. */
  unless: readonly string[];
  kind: Kind;
}

export interface FixedHit {
  start: number;
  end: number;
  wrong: string;
  right: string;
  kind: Kind;
}

function parseList(list: string, kind: Kind): FixedSpelling[] {
  return list
    .trim()
    .split(/\s+/)
    .map((line) => {
      const [pair = '', ...unless] = line.split('!');
      const [wrong = '', right = ''] = pair.split('>');
      if (wrong === '' || right === '' || wrong === right)
        throw new Error(`not a pair of spellings: ${line}`);
      return { wrong, right, unless, kind };
    });
}

let spellings: readonly FixedSpelling[] | null = null;
let automaton: Automaton | null = null;

function load(): { spellings: readonly FixedSpelling[]; automaton: Automaton } {
  spellings ??= [
    ...parseList(seriousSpellings, 'serious'),
    ...parseList(wrongSpellings, 'wrong'),
    ...parseList(variantSpellings, 'variant'),
  ];
  automaton ??= buildAutomaton(spellings.map(({ wrong }) => wrong));
  return { spellings, automaton };
}

/** Does `longer` stand in the text around what was found? */
function standsIn(text: string, longer: string, hit: { start: number; wrong: string }): boolean {
  for (let at = longer.indexOf(hit.wrong); at !== -1; at = longer.indexOf(hit.wrong, at + 1))
    if (text.startsWith(longer, hit.start - at)) return true;
  return false;
}

/** What the lists know to be wrong, by place; of two that overlap the longer. */
export function findFixedSpellings(text: string): FixedHit[] {
  const known = load();
  const hits: FixedHit[] = [];
  known.automaton.search(text, (word, start, end) => {
    const spelling = known.spellings[word];
    if (spelling === undefined) return;
    const { wrong, right, unless, kind } = spelling;
    if (unless.some((longer) => standsIn(text, longer, { start, wrong }))) return;
    hits.push({ start, end, wrong, right, kind });
  });
  hits.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: FixedHit[] = [];
  for (const hit of hits) if (!kept.some((one) => hit.start < one.end && one.start < hit.end)) kept.push(hit);
  return kept.sort((a, b) => a.start - b.start);
}
