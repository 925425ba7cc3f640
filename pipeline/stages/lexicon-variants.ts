import type { LexiconRule, RuleVariant } from '../domain/rule.ts';
import type { Automaton } from '../text/automaton.ts';
import { buildAutomaton } from '../text/build-automaton.ts';
import { characterUses } from '../text/character-use.ts';
import { foldPhrase } from '../text/fold-phrase.ts';
import { isHan, isLatin } from '../text/han.ts';
import { type SoundText, soundOf } from '../text/sounds.ts';
import type { Span } from '../text/spans.ts';
import { isPinyin, readingsOf, syllableTable } from '../text/syllables.ts';

/** One way in which a rule's word sounds. */
interface SoundWord {
  ruleIndex: number;
  /** As the author wrote it, and as it is looked for. */
  word: string;
  folded: string;
  /** Where each syllable ends, in letters. */
  ends: readonly number[];
  variants: readonly RuleVariant[];
}

export interface Sounds {
  automaton: Automaton;
  /** By word of the automaton. */
  words: readonly (readonly SoundWord[])[];
  /** By two syllables: 1 where a word begins with them. */
  beginnings: Uint8Array;
}

export interface SoundHit extends Span {
  ruleIndex: number;
  word: string;
  steps: readonly RuleVariant[];
  /** What the rule's confidence is multiplied with. */
  factor: number;
}

/** What the ordinary words of a text say about its characters; offsets are those of the squeezed text. */
export interface WordsAround {
  /** Does a word of several characters hold the character here? */
  isInLongWord(at: number): boolean;
}

/** A word that only sounds like the rule's is less sure than the word itself; the more was changed, the less. */
const pinyinFactor = 0.9;
const homophoneFactor = 0.85;

const fewestLatinLetters = 4;
/** Letters next to a hit are read as pinyin too, if they are not more than this: longer ones are an address or a name. */
const longestRun = 30;

/**
 * Two characters that are common words of their own stand side by side by chance (带考, 大骂): up to this product of their
 * uses (`characterUses`) they may stand for a rule's word, if one of them is the word's own; less if none is.
 */
const mostChanceOfOne = 80_000_000;
const mostChanceOfAll = 3_000_000;
/** In a longer word too, so common a character (家 for 加) stands for itself. */
const mostUsesOfOne = 40_000;
/** Three characters of which at most one is the word's own. */
const mostChanceOfThree = 80_000_000_000;
/** A word of two characters of which neither is its own. */
const allChangedFactor = 0.7;

/** Ordinary words that are younger than the segmenter's dictionary and sound like what rules look for. */
const ordinary = new Set(
  '独播 读博 约跑 滞涨 待考 待写 体考 代烤 加币 大码 大骂 傻人 啥人 颁证 抠脚 博采'.split(' '),
);

function soundWordsOf(rule: LexiconRule, ruleIndex: number): { key: string; word: SoundWord }[] {
  return rule.words.flatMap((word) => {
    const folded = foldPhrase(word);
    const readings = folded.length < 2 ? null : readingsOf(folded);
    return (readings ?? []).map((syllables) => {
      let length = 0;
      const ends = syllables.map((syllable) => {
        length += syllable.length;
        return length;
      });
      return { key: syllables.join(''), word: { ruleIndex, word, folded, ends, variants: rule.variants } };
    });
  });
}

function findBeginnings(words: ReadonlyMap<string, readonly SoundWord[]>): Uint8Array {
  const { idOf, syllables } = syllableTable();
  const beginnings = new Uint8Array(syllables.length ** 2);
  for (const [letters, ways] of words) {
    for (const { ends } of ways) {
      const first = idOf(letters.slice(0, ends[0]));
      const second = idOf(letters.slice(ends[0], ends[1]));
      beginnings[first * syllables.length + second] = 1;
    }
  }
  return beginnings;
}

/** A quick look: are there Latin letters, or do two characters sound as a word begins? Nearly all texts end here. */
function mayBeHeard({ beginnings }: Sounds, text: string): boolean {
  const { ids, syllables } = syllableTable();
  const count = syllables.length;
  let before = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (isLatin(unit)) return true;
    const id = ids[unit] as number;
    if (id === 0) continue;
    if (beginnings[before * count + id] === 1) return true;
    before = id;
  }
  return false;
}

/** Null when no rule asks for variants: then no text is read aloud. */
export function compileSounds(rules: readonly LexiconRule[]): Sounds | null {
  const words = new Map<string, SoundWord[]>();
  rules.forEach((rule, ruleIndex) => {
    if (rule.variants.length === 0) return;
    for (const { key, word } of soundWordsOf(rule, ruleIndex)) {
      const known = words.get(key);
      if (known === undefined) words.set(key, [word]);
      else known.push(word);
    }
  });
  if (words.size === 0) return null;
  return {
    automaton: buildAutomaton([...words.keys()]),
    words: [...words.values()],
    beginnings: findBeginnings(words),
  };
}

/** How the syllables of a word are written where it was heard. */
interface Writing {
  /** Syllables in Latin letters. */
  latin: number;
  /** Offsets of Han characters that differ from the word's. */
  changed: number[];
  /** Of the changed characters, the uses of the commonest as a word of its own. */
  commonest: number;
  /** Of all Han characters: the product of their uses as words of their own. */
  chance: number;
}

function usesOf(unit: number): number {
  return Math.max(1, characterUses()[unit] as number);
}

/** Null when the letters heard are not written syllable by syllable: 西安 is not 先. */
function readWriting(word: SoundWord, text: string, sound: SoundText, from: number): Writing | null {
  const { units } = sound;
  const writing: Writing = { latin: 0, changed: [], commonest: 0, chance: 1 };
  let begin = from;
  for (let k = 0; k < word.ends.length; k += 1) {
    const end = from + (word.ends[k] as number);
    const at = units[begin] as number;
    const unit = text.charCodeAt(at);
    const wanted = word.folded.charCodeAt(k);
    if (isHan(unit)) {
      const isWhole = units[end - 1] === at && units[begin - 1] !== at && units[end] !== at;
      if (!isWhole || !isHan(wanted)) return null;
      writing.chance *= usesOf(unit);
      if (unit !== wanted) {
        writing.changed.push(at);
        writing.commonest = Math.max(writing.commonest, usesOf(unit));
      }
    } else {
      for (let i = begin; i < end; i += 1) if (isHan(text.charCodeAt(units[i] as number))) return null;
      if (isHan(wanted)) writing.latin += 1;
    }
    begin = end;
  }
  return writing;
}

/** The rest of a run of letters beside a hit must be pinyin as well: `wangluodubo`, and not `dubois`. */
function isRestPinyin(text: string, at: number, step: 1 | -1): boolean {
  let end = at;
  while (Math.abs(end - at) <= longestRun && isLatin(text.charCodeAt(end))) end += step;
  if (end === at) return true;
  if (Math.abs(end - at) > longestRun) return false;
  return isPinyin(step === 1 ? text.slice(at, end) : text.slice(end + 1, at + 1));
}

/** Letters that stand apart are joined only between syllables (`du bo`) or one by one (`d u b o`). */
function joinsWholeSyllables(word: SoundWord, text: string, { units }: SoundText, from: number): boolean {
  const length = word.ends.at(-1) as number;
  for (let i = from; i < from + length - 1; i += 1) {
    const here = units[i] as number;
    const next = units[i + 1] as number;
    if (next - here <= 1 || word.ends.includes(i + 1 - from)) continue;
    const alone = (at: number): boolean =>
      !isLatin(text.charCodeAt(at - 1)) && !isLatin(text.charCodeAt(at + 1));
    if (!alone(here) || !alone(next)) return false;
  }
  return true;
}

/**
 * May the changed characters stand for others that sound alike, or do they say what they say? Those that are part of
 * ordinary words do; so do two common words of one character. A longer phrase that sounds alike throughout is no accident.
 */
function areStandIns({ changed, commonest, chance }: Writing, length: number, words: WordsAround): boolean {
  if (length - changed.length >= 2) return length > 3 || commonest <= mostUsesOfOne;
  if (changed.some((at) => words.isInLongWord(at))) return false;
  if (length > 2) return chance <= mostChanceOfThree;
  return chance <= (changed.length === length ? mostChanceOfAll : mostChanceOfOne);
}

function factorOf({ latin, changed }: Writing, length: number): number {
  const ofLatin = latin > 0 ? pinyinFactor : 1;
  if (changed.length === 0) return ofLatin;
  return ofLatin * (changed.length === length ? allChangedFactor : homophoneFactor);
}

function heardAt(
  word: SoundWord,
  text: string,
  sound: SoundText,
  from: number,
  words: WordsAround,
): SoundHit | null {
  const { units } = sound;
  const to = from + (word.ends.at(-1) as number);
  const writing = readWriting(word, text, sound, from);
  if (writing === null) return null;
  const { latin, changed } = writing;
  const steps: RuleVariant[] = [];
  if (latin > 0) steps.push('pinyin');
  if (changed.length > 0) steps.push('homophone');
  if (steps.length === 0 || steps.some((step) => !word.variants.includes(step))) return null;
  const start = units[from] as number;
  const end = (units[to - 1] as number) + 1;
  if (latin > 0) {
    if (latin === word.folded.length && to - from < fewestLatinLetters) return null;
    if (isLatin(text.charCodeAt(start)) && !isRestPinyin(text, start - 1, -1)) return null;
    if (isLatin(text.charCodeAt(end - 1)) && !isRestPinyin(text, end, 1)) return null;
    if (!joinsWholeSyllables(word, text, sound, from)) return null;
  }
  if (changed.length > 0) {
    if (ordinary.has(text.slice(start, end))) return null;
    if (!areStandIns(writing, word.folded.length, words)) return null;
  }
  const factor = factorOf(writing, word.folded.length);
  return { ruleIndex: word.ruleIndex, word: word.word, start, end, steps, factor };
}

const noHits: readonly SoundHit[] = [];

/**
 * Words that stand in the text by their sound: 赌bo, du bo, 堵博.
 * @param text normalised and squeezed
 */
export function hearWords(sounds: Sounds, text: string, words: WordsAround): readonly SoundHit[] {
  if (!mayBeHeard(sounds, text)) return noHits;
  const hits: SoundHit[] = [];
  const sound = soundOf(text);
  sounds.automaton.search(sound.letters, (key, from) => {
    for (const word of sounds.words[key] ?? []) {
      const hit = heardAt(word, text, sound, from, words);
      if (hit !== null) hits.push(hit);
    }
  });
  return hits;
}
