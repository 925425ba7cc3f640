import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SpellingModel } from '../../pipeline/checks/spelling/spelling-file.ts';
import type { OpenGram } from './open-gram.ts';

const onlyHan = /^[\u3400-\u9fff]+$/u;
/** Names of persons that are more common than this (-10 ln P) are in everybody's mouth, and are meant. */
const rareFrom = 125;
/** More than this has no second number. */
const mostPairedWords = 0xffff;

interface Extra {
  word: string;
  /** ln P. */
  alone: number;
}

/** Tags of names of persons. */
const isNameTag = (tag: string) => /^nr/.test(tag);

interface Segmenter {
  words: Extra[];
  names: Set<string>;
}

/** The segmenter's own words, and which of them are names of persons. */
function segmenterWords(): Segmenter {
  const folder = dirname(createRequire(import.meta.url).resolve('nodejieba/package.json'));
  const dictionary = readFileSync(join(folder, 'submodules/cppjieba/dict/jieba.dict.utf8'), 'utf8');
  const entries = dictionary.split('\n').map((line) => line.split(' '));
  const total = entries.reduce((sum, [, count = '0']) => sum + Number(count), 0);
  const names = new Set(
    entries.flatMap(([word = '', , tag = '']) => (isNameTag(tag) && word.length >= 2 ? [word] : [])),
  );
  const words = entries.flatMap(([word = '', count = '0', tag = '']) => {
    const enough = tag === 'i' || tag === 'l' ? 2 : isNameTag(tag) ? 60 : 12;
    if (!onlyHan.test(word) || word.length < 2 || word.length > 8 || Number(count) < enough) return [];
    return [{ word, alone: Math.log((Number(count) / total) * 0.3) }];
  });
  return { words, names };
}

/** A list of words: the word, then anything after white space. */
function listed(file: string, alone: number): Extra[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((word) => onlyHan.test(word) && word.length >= 2 && word.length <= 8)
    .map((word) => ({ word, alone }));
}

/** Pairs that say most more than their words alone do, where they are met at all. */
function choosePairs(gram: OpenGram, room: number): Uint32Array {
  const worth = new Float32Array(gram.pairs.length);
  for (let i = 0; i < worth.length; i += 1) {
    const [a, b, p] = [gram.firsts[i] as number, gram.seconds[i] as number, gram.pairs[i] as number];
    const instead = (gram.backOff[a] as number) + (gram.alone[b] as number);
    worth[i] = Math.exp((gram.alone[a] as number) + p) * Math.abs(p - instead);
  }
  const limit = worth.toSorted()[Math.max(0, worth.length - room)] ?? 0;
  return Uint32Array.from(worth.keys()).filter((i) => (worth[i] as number) >= limit);
}

const step = (value: number, least: number, most: number) =>
  Math.max(least, Math.min(most, Math.round(value)));

/** Words and pairs in the form the check reads. @param room for so many pairs */
export function buildLanguage(
  gram: OpenGram,
  lexicons: string,
  room: number,
): Pick<SpellingModel, 'words' | 'isName' | 'wordModel'> {
  const order = Uint32Array.from(gram.words.keys()).sort(
    (a, b) => (gram.alone[b] as number) - (gram.alone[a] as number),
  );
  const numberOf = new Uint32Array(order.length);
  order.forEach((old, number) => {
    numberOf[old] = number;
  });
  const words = Array.from(order, (old) => gram.words[old] as string);
  const costs = Array.from(order, (old) => step(-10 * (gram.alone[old] as number), 0, 255));
  const backOffs = Array.from(order, (old) => step((2 - (gram.backOff[old] as number)) * 40, 0, 255));
  const known = new Set(words);
  const segmenter = segmenterWords();
  const extras = [
    ...segmenter.words,
    ...listed(join(lexicons, 'official-writing-terms.txt'), -14),
    ...listed(join(lexicons, 'idioms.txt'), -15),
  ];
  for (const { word, alone } of extras) {
    if (known.has(word)) continue;
    known.add(word);
    words.push(word);
    costs.push(step(-10 * alone, 0, 255));
    backOffs.push(80);
  }
  const heads = Math.min(order.length, mostPairedWords);
  const lists: { second: number; cost: number }[][] = Array.from({ length: heads }, () => []);
  for (const i of choosePairs(gram, room)) {
    const first = numberOf[gram.firsts[i] as number] as number;
    const second = numberOf[gram.seconds[i] as number] as number;
    if (first >= heads || second >= mostPairedWords) continue;
    lists[first]?.push({ second, cost: step(-10 * (gram.pairs[i] as number), 0, 255) });
  }
  const starts = new Uint32Array(heads + 1);
  lists.forEach((list, head) => {
    list.sort((a, b) => a.second - b.second);
    starts[head + 1] = (starts[head] as number) + list.length;
  });
  const flat = lists.flat();
  return {
    words,
    isName: Uint8Array.from(words, (word, id) =>
      segmenter.names.has(word) && (costs[id] ?? 0) >= rareFrom ? 1 : 0,
    ),
    wordModel: {
      costs: Uint8Array.from(costs),
      backOffs: Uint8Array.from(backOffs),
      heads: starts,
      seconds: Uint16Array.from(flat, ({ second }) => second),
      pairCosts: Uint8Array.from(flat, ({ cost }) => cost),
    },
  };
}
