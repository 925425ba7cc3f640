import type { ServiceTopic } from '../domain/category.ts';
import type { Unit } from '../domain/channel.ts';
import type { Automaton } from '../text/automaton.ts';
import { buildAutomaton } from '../text/build-automaton.ts';
import { normalise } from '../text/normalise.ts';
import { digitValue, notDigit } from '../text/personal/digit-runs.ts';
import { otherNumerals } from './numeral-names.ts';
import type { TextContext } from './text-context.ts';

/** A unit or one of its places, named in a text. */
export interface Mention {
  unitId: string;
  /** What a person who names it without saying more writes about; null when that is open. */
  topic: ServiceTopic | null;
  isPlace: boolean;
  /** In the squeezed text. */
  start: number;
  end: number;
}

type Meaning = Pick<Mention, 'unitId' | 'topic' | 'isPlace'>;

/** The school's own names: who is meant by 二食堂, 行政楼 or 学工处, and which unit answers for a topic. */
export interface Directory {
  /** In normalised form, for the segmenter. */
  readonly names: readonly string[];
  /** In the order of the text, not overlapping: the longest name wins. */
  find(context: TextContext): Mention[];
  /** The first unit that names the topic as its own; null when none does. */
  unitOf(topic: ServiceTopic): string | null;
}

/** So short a name may stand inside another word (后勤 in 总后勤部), so it must begin and end where words do. */
const ordinaryWordUnits = 3;

function collectMeanings(units: readonly Unit[]): Map<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  const add = (names: readonly string[], meaning: Meaning): void => {
    for (const name of names) {
      const folded = normalise(name.trim()).text;
      for (const form of [folded, ...otherNumerals(folded)])
        if (form !== '' && !meanings.has(form)) meanings.set(form, meaning);
    }
  };
  // A place is more exact than the unit that has the same name (图书馆).
  for (const { id, places } of units)
    for (const place of places)
      add([place.name, ...place.aliases], { unitId: id, topic: place.topic, isPlace: true });
  for (const { id, name, aliases, topics } of units) {
    const [only] = topics;
    add([name, ...aliases], {
      unitId: id,
      topic: topics.length === 1 ? (only ?? null) : null,
      isPlace: false,
    });
  }
  return meanings;
}

function isLatinOrDigit(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

/** 3号楼 in 13号楼, 十三号楼 or 南3号楼b: another place. */
function isCutNumber(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  const before = text.charCodeAt(start - 1);
  const numeral = (unit: number): boolean => digitValue(unit) !== notDigit || unit === 0x5341;
  if (numeral(first) && numeral(before)) return true;
  if (isLatinOrDigit(first) && isLatinOrDigit(before)) return true;
  return isLatinOrDigit(text.charCodeAt(end - 1)) && isLatinOrDigit(text.charCodeAt(end));
}

const longestFirst = (a: Mention, b: Mention): number =>
  b.end - b.start - (a.end - a.start) || a.start - b.start;

function findMentions(context: TextContext, automaton: Automaton, meanings: readonly Meaning[]): Mention[] {
  const { text } = context.squeezed;
  const found: Mention[] = [];
  automaton.search(text, (word, start, end) => {
    const meaning = meanings[word];
    if (meaning === undefined || isCutNumber(text, start, end)) return;
    if (end - start <= ordinaryWordUnits && !context.respectsWords({ start, end })) return;
    found.push({ ...meaning, start, end });
  });
  if (found.length < 2) return found;
  const kept: Mention[] = [];
  for (const one of found.sort(longestFirst))
    if (!kept.some(({ start, end }) => one.start < end && one.end > start)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}

const mostMentions = 50;

/** Compiled once for a version of the settings. */
export function buildDirectory(units: readonly Unit[]): Directory {
  const meanings = collectMeanings(units);
  const names = [...meanings.keys()];
  const automaton = names.length === 0 ? null : buildAutomaton(names);
  const inOrder = [...meanings.values()];
  const answerable = new Map<ServiceTopic, string>();
  for (const { id, topics } of units)
    for (const topic of topics) if (!answerable.has(topic)) answerable.set(topic, id);
  return {
    names,
    find: (context) =>
      automaton === null ? [] : findMentions(context, automaton, inOrder).slice(0, mostMentions),
    unitOf: (topic) => answerable.get(topic) ?? null,
  };
}
