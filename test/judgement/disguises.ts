import { Converter } from 'opencc-js/cn2t';
import { pinyin } from 'pinyin-pro';
import { characterUses } from '../../pipeline/text/character-use.ts';
import { syllableTable } from '../../pipeline/text/syllables.ts';

/** Random numbers in [0, 1) that repeat from their seed. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

export function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}

const toTraditional = Converter({ from: 'cn', to: 't' });
const fillers = [
  '*',
  '.',
  '·',
  '丨',
  '|',
  '\u200b',
  '~',
  '～',
  '_',
  '-',
  '😀',
  '💰',
  '★',
  '/',
  '丶',
  '^',
  '❤',
  '#',
  '&',
  '+',
];

function syllablesOf(word: string): string[] {
  return pinyin(word, { toneType: 'none', type: 'array', v: true });
}

/** Characters in use that sound like this one, and are not it. */
function soundAlikes(character: string): string[] {
  const { ids } = syllableTable();
  const wanted = ids[character.charCodeAt(0)];
  const uses = characterUses();
  const alike: string[] = [];
  for (let unit = 0x4e00; unit <= 0x9fa5; unit += 1) {
    const isOther = unit !== character.charCodeAt(0);
    if (isOther && ids[unit] === wanted && (uses[unit] ?? 0) > 50) alike.push(String.fromCharCode(unit));
  }
  return alike;
}

function withOne(word: string, random: Random, change: (character: string, at: number) => string): string {
  const chosen = Math.floor(random() * word.length);
  return [...word].map((character, at) => (at === chosen ? change(character, at) : character)).join('');
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

function repeat(character: string, random: Random): string {
  return character.repeat(1 + Math.floor(random() * 3));
}

/** Ways in which people write a Han word so that filters don't see it. Each gives null where it changes nothing. */
export const disguises: Record<string, (word: string, random: Random) => string | null> = {
  spaces: (word) => [...word].join(' '),
  'wide spaces': (word) => [...word].join('\u3000'),
  fillers: (word, random) =>
    [...word].map((character, at) => (at === 0 ? '' : pick(fillers, random)) + character).join(''),
  'runs of fillers': (word, random) => [...word].join(pick(fillers, random) + pick(fillers, random)),
  'one filler': (word, random) =>
    withOne(word.slice(1), random, (character) => pick(fillers, random) + character).replace(
      /^/,
      word.charAt(0),
    ),
  'zero-width': (word, random) => [...word].join(pick(['\u200b', '\u200d', '\ufeff', '\u2060'], random)),
  strokes: (word) => [...word].map((character) => `${character}\u0336`).join(''),
  traditional: (word) => (toTraditional(word) === word ? null : toTraditional(word)),
  'traditional, spaced': (word) => [...toTraditional(word)].join(' '),
  brackets: (word) => [...word].map((character) => `【${character}】`).join(''),
  repeats: (word, random) => [...word].map((character) => repeat(character, random)).join(''),
  homophone: (word, random) => {
    let changed = false;
    const written = withOne(word, random, (character) => {
      const alike = soundAlikes(character);
      if (alike.length === 0) return character;
      changed = true;
      return pick(alike, random);
    });
    return changed ? written : null;
  },
  pinyin: (word) => syllablesOf(word).join(''),
  'pinyin, capitals': (word) =>
    syllablesOf(word)
      .map((syllable) => syllable.charAt(0).toUpperCase() + syllable.slice(1))
      .join(''),
  'pinyin, wide': (word) => wide(syllablesOf(word).join('')),
  'pinyin, spaced': (word) => syllablesOf(word).join(' '),
  'pinyin, dotted': (word) => syllablesOf(word).join('.'),
  'letters apart': (word) => [...syllablesOf(word).join('')].join(' '),
  'letters dotted': (word) => [...syllablesOf(word).join('')].join('.'),
  'half pinyin': (word, random) => withOne(word, random, (_character, at) => syllablesOf(word)[at] ?? ''),
  'half pinyin, spaced': (word, random) =>
    withOne(word, random, (_character, at) => ` ${syllablesOf(word)[at] ?? ''} `).trim(),
};
