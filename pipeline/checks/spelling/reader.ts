import { type Candidate, findCandidates, type Knowledge, type KnownPairs } from './candidates.ts';
import { evidenceOf, weighAll } from './evidence.ts';
import { GramSet, type Grams } from './gram-set.ts';
import { buildLattice } from './lattice.ts';
import { Likeness } from './likeness.ts';
import { findPersonNames, type Span } from './person-names.ts';
import { cutSentences } from './sentences.ts';
import type { SpellingModel } from './spelling-file.ts';
import { askTrees } from './trees.ts';
import { WordModel } from './word-model.ts';
import { WordTable } from './word-table.ts';
import { youngWords } from './young-words.ts';

export type ReaderKnowledge = Knowledge & { grams: Grams };

/** Characters more common than this (ln P) may be meant for any other of the same sound. */
const commonFrom = -9;
const mostHomophones = 8;

/** The common characters that sound like one, the most common first. */
function buildHomophones(table: WordTable, model: WordModel, likeness: Likeness): Knowledge['homophones'] {
  const common = table.words
    .map((word, id) => ({ word, cost: -model.alone(id) }))
    .filter(({ word, cost }) => word.length === 1 && cost < -commonFrom)
    .sort((a, b) => a.cost - b.cost)
    .map(({ word }) => word.charCodeAt(0));
  const known = new Map<number, number[]>();
  return (unit) => {
    let list = known.get(unit);
    if (list === undefined) {
      const like = likeness.rowOf(unit);
      list = common
        .filter(
          (other) =>
            like[other - 0x4e00] === 1 && other !== unit && [1, 2].includes(likeness.sound(unit, other)),
        )
        .slice(0, mostHomophones);
      known.set(unit, list);
    }
    return list;
  };
}

export function readPairs(pairs: ReadonlyMap<string, number>): KnownPairs {
  const rights = new Map<number, number[]>();
  for (const pair of pairs.keys()) {
    const list = rights.get(pair.charCodeAt(0)) ?? [];
    list.push(pair.charCodeAt(1));
    rights.set(pair.charCodeAt(0), list);
  }
  return {
    count: (wrong, right) => pairs.get(String.fromCharCode(wrong, right)) ?? 0,
    rightFor: (wrong) => rights.get(wrong) ?? [],
  };
}

type KnowledgeData = Pick<SpellingModel, 'words' | 'isName' | 'wordModel' | 'likeness' | 'pairs' | 'grams'>;

/** What a young word costs (-10 ln P): about as much as any technical term. */
const youngCost = 125;
const plainBackOff = 80;

function addWords<T extends KnowledgeData>(data: T, more: readonly string[]): T {
  const known = new Set(data.words);
  const added = [...new Set(more)].filter((word) => !known.has(word));
  const extend = (steps: Uint8Array, value: number) => Uint8Array.from([...steps, ...added.map(() => value)]);
  const { words, isName, wordModel } = data;
  return {
    ...data,
    words: [...words, ...added],
    isName: extend(isName, 0),
    wordModel: {
      ...wordModel,
      costs: extend(wordModel.costs, youngCost),
      backOffs: extend(wordModel.backOffs, plainBackOff),
    },
  };
}

/** @param more words that were not counted; none while trees are grown, so that the list may grow without them */
export function buildKnowledge(
  learned: KnowledgeData,
  more: readonly string[] = youngWords,
): ReaderKnowledge {
  const data = addWords(learned, more);
  const likeness = new Likeness(data.likeness, data.pairs.keys());
  const table = new WordTable(data, (text, from, to) => likeness.soundOf(text, from, to));
  const model = new WordModel(data.wordModel);
  return {
    table,
    model,
    likeness,
    pairs: readPairs(data.pairs),
    homophones: buildHomophones(table, model, likeness),
    grams: new GramSet(data.grams),
  };
}

/** A change that was weighed. */
export interface Judged {
  candidate: Candidate;
  meant: string;
  evidence: Float32Array;
}

/** Everything that might be meant in a sentence, with what speaks for and against it. */
export function judgeSentence(knowledge: ReaderKnowledge, text: string): Judged[] {
  const lattice = buildLattice(knowledge.table, knowledge.model, text);
  return weighAll(knowledge, findCandidates(knowledge, lattice)).map((weighed) => {
    const { word, start, from, to } = weighed.candidate;
    return {
      candidate: weighed.candidate,
      meant: (knowledge.table.words[word] as string).slice(from - start, to - start),
      evidence: evidenceOf(knowledge, lattice, weighed),
    };
  });
}

export interface Correction {
  start: number;
  end: number;
  right: string;
  /** The word that was meant, and where it would stand. */
  word: { start: number; end: number; meant: string };
  /** Log-odds. */
  score: number;
}

/** A corrected sentence is read again: a slip may have stood in the light of another. */
const rounds = 3;
/** Where one slip is sure, another needs so much less (log-odds). */
const easierBeside = 1.5;

/** What was learned about when to speak. */
export type Decision = Pick<SpellingModel, 'trees' | 'threshold'>;

interface Reading {
  text: string;
  names: readonly Span[];
  kept: Correction[];
}

const overlap = (a: { start: number; end: number }, b: { start: number; end: number }) =>
  a.start < b.end && b.start < a.end;

/** What to change in the text as it stands now, the surest first; places that were changed are left as they are. */
function correctOnce(
  { trees, threshold }: Decision,
  knowledge: ReaderKnowledge,
  reading: Reading,
): Correction[] {
  const { text, names, kept } = reading;
  const found = judgeSentence(knowledge, text)
    .map(({ candidate, meant, evidence }) => ({
      start: candidate.from,
      end: candidate.to,
      right: meant,
      word: {
        start: candidate.start,
        end: candidate.end,
        meant: knowledge.table.words[candidate.word] as string,
      },
      score: askTrees(trees, evidence),
    }))
    .filter(({ score }) => score >= threshold - easierBeside)
    .filter((one) => !names.some((name) => overlap(one, name)) && !kept.some((other) => overlap(one, other)))
    .sort((a, b) => b.score - a.score);
  if (kept.length === 0 && (found[0]?.score ?? Number.NEGATIVE_INFINITY) < threshold) return [];
  const chosen: Correction[] = [];
  for (const one of found) if (!chosen.some((other) => overlap(one, other))) chosen.push(one);
  return chosen;
}

/** @returns changes of the text as it was given, none overlapping, in order */
export function correctText(decision: Decision, knowledge: ReaderKnowledge, text: string): Correction[] {
  return cutSentences(text).flatMap(({ start, text: sentence }) => {
    const reading: Reading = { text: sentence, names: findPersonNames(sentence), kept: [] };
    for (let round = 0; round < rounds; round += 1) {
      const found = correctOnce(decision, knowledge, reading);
      if (found.length === 0) break;
      reading.kept.push(...found);
      for (const { start: from, end, right } of found)
        reading.text = reading.text.slice(0, from) + right + reading.text.slice(end);
    }
    return reading.kept
      .sort((a, b) => a.start - b.start)
      .map((one) => ({
        ...one,
        start: one.start + start,
        end: one.end + start,
        word: { ...one.word, start: one.word.start + start, end: one.word.end + start },
      }));
  });
}
