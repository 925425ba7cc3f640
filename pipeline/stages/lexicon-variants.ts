import type { LexiconRule, RuleVariant } from '../domain/rule.ts';
import type { Automaton } from '../text/automaton.ts';
import { buildAutomaton } from '../text/build-automaton.ts';
import { characterUses } from '../text/character-use.ts';
import { foldPhrase } from '../text/fold-phrase.ts';
import { isHan, isLatin } from '../text/han.ts';
import { type SoundText, soundOf } from '../text/sounds.ts';
import type { Span } from '../text/spans.ts';
import { isPinyin, readingsOf } from '../text/syllables.ts';

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

/** Uses as a word of its own (`characterUses`) up to which a character may stand for another that sounds alike. */
const mostUsesOfOne = 20_000;
const mostUsesOfAll = 3_000;

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
  return words.size === 0
    ? null
    : { automaton: buildAutomaton([...words.keys()]), words: [...words.values()] };
}

/** How the syllables of a word are written where it was heard. */
interface Writing {
  latin: number;
  /** Offsets of Han characters that differ from the word's. */
  changed: number[];
}

/** Null when the letters heard are not written syllable by syllable: 西安 is not 先. */
function readWriting(word: SoundWord, text: string, sound: SoundText, from: number): Writing | null {
  const { units } = sound;
  const writing: Writing = { latin: 0, changed: [] };
  let begin = from;
  for (let k = 0; k < word.ends.length; k += 1) {
    const end = from + (word.ends[k] as number);
    const at = units[begin] as number;
    const unit = text.charCodeAt(at);
    const wanted = word.folded.charCodeAt(k);
    if (isHan(unit)) {
      const isWhole = units[end - 1] === at && units[begin - 1] !== at && units[end] !== at;
      if (!isWhole || !isHan(wanted)) return null;
      if (unit !== wanted) writing.changed.push(at);
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

function usesOf(text: string, at: number): number {
  return characterUses()[text.charCodeAt(at)] as number;
}

/**
 * May these characters stand for others that sound alike, or do they say what they say? Characters that are part of ordinary
 * words do; so do common words of one character. A long phrase that sounds alike throughout is no accident.
 */
function areStandIns(changed: readonly number[], word: SoundWord, text: string, words: WordsAround): boolean {
  const length = word.folded.length;
  const isLong = length - changed.length >= 2;
  if (!isLong && changed.some((at) => words.isInLongWord(at))) return false;
  const most = changed.length === length ? mostUsesOfAll : mostUsesOfOne;
  return isLong || changed.every((at) => usesOf(text, at) <= most);
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
  if (changed.length > 0 && !areStandIns(changed, word, text, words)) return null;
  const factor = (latin > 0 ? pinyinFactor : 1) * (changed.length > 0 ? homophoneFactor : 1);
  return { ruleIndex: word.ruleIndex, word: word.word, start, end, steps, factor };
}

/**
 * Words that stand in the text by their sound: 赌bo, du bo, 堵博.
 * @param text normalised and squeezed
 */
export function hearWords(sounds: Sounds, text: string, words: WordsAround): SoundHit[] {
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
