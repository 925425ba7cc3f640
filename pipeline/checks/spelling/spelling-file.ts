import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { evidenceScheme } from './evidence.ts';
import type { LikenessData } from './likeness.ts';
import type { Trees } from './trees.ts';
import type { WordModelData } from './word-model.ts';

/**
 * One file holds what the spelling check has learned:
 *
 *     magic (8) · SHA-256 of all that follows (32) · Brotli of: header length (uint32, little-endian) · header (JSON) · sections
 */
const magic = Buffer.from('GLSPELL1', 'latin1');
const bodyAt = magic.length + 32;

const Header = z.object({
  evidence: z.string(),
  trainedOn: z.string(),
  seed: z.int(),
  /** Digest over the training rows as they were read. */
  data: z.string(),
  /** Log-odds from which a candidate is a finding. */
  threshold: z.number(),
  bias: z.number(),
  sections: z.array(z.object({ name: z.string(), bytes: z.int().nonnegative() })),
});
type Header = z.infer<typeof Header>;

export interface SpellingModel extends Pick<Header, 'trainedOn' | 'seed' | 'data' | 'threshold'> {
  /** Changes with every byte of the file. */
  version: string;
  words: readonly string[];
  /** By word: 1 for names of persons. */
  isName: Uint8Array;
  wordModel: WordModelData;
  likeness: LikenessData;
  /** Wrong and right character, and how often that was written. */
  pairs: ReadonlyMap<string, number>;
  grams: Uint16Array;
  trees: Trees;
}

/** The file is missing, cut short, altered, or made for another program. The message is for the operator. */
export class SpellingUnavailable extends Error {
  override readonly name = 'SpellingUnavailable';
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const bytesOf = (array: Uint8Array | Uint16Array | Float32Array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);
const counts = (map: ReadonlyMap<string, number>) =>
  utf8([...map].map(([pair, count]) => `${pair}${count}`).join('\n'));

function readCounts(text: string): Map<string, number> {
  const lines = text === '' ? [] : text.split('\n');
  return new Map(lines.map((line) => [line.slice(0, 2), Number(line.slice(2))]));
}

function planes(numbers: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 2);
  numbers.forEach((number, i) => {
    bytes[i] = number & 0xff;
    bytes[numbers.length + i] = number >>> 8;
  });
  return bytes;
}

function fromPlanes(bytes: Uint8Array): Uint16Array {
  const length = bytes.length / 2;
  const numbers = new Uint16Array(length);
  for (let i = 0; i < length; i += 1)
    numbers[i] = (bytes[i] as number) | ((bytes[length + i] as number) << 8);
  return numbers;
}

/** Steps from one second word to the next: smaller numbers pack better. */
function toSteps({ heads, seconds }: WordModelData): { counts: Uint16Array; steps: Uint16Array } {
  const steps = new Uint16Array(seconds.length);
  const perHead = new Uint16Array(heads.length - 1);
  for (let head = 0; head + 1 < heads.length; head += 1) {
    let last = 0;
    perHead[head] = (heads[head + 1] as number) - (heads[head] as number);
    for (let i = heads[head] as number; i < (heads[head + 1] as number); i += 1) {
      steps[i] = (seconds[i] as number) - last;
      last = seconds[i] as number;
    }
  }
  return { counts: perHead, steps };
}

function fromSteps(perHead: Uint16Array, steps: Uint16Array): Pick<WordModelData, 'heads' | 'seconds'> {
  const heads = new Uint32Array(perHead.length + 1);
  const seconds = new Uint16Array(steps.length);
  perHead.forEach((count, head) => {
    const from = heads[head] as number;
    heads[head + 1] = from + count;
    let last = 0;
    for (let i = from; i < from + count; i += 1) {
      last += steps[i] as number;
      seconds[i] = last;
    }
  });
  return { heads, seconds };
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

export function packSpelling(model: Omit<SpellingModel, 'version'>): Buffer {
  const { counts: perHead, steps } = toSteps(model.wordModel);
  const readings = Object.entries(model.likeness.readings).map(([unit, list]) => `${unit}${list.join(' ')}`);
  const { trees } = model;
  const sections: [string, Buffer][] = [
    ['words', utf8(model.words.join('\n'))],
    ['names', bytesOf(model.isName)],
    ['costs', bytesOf(model.wordModel.costs)],
    ['back-offs', bytesOf(model.wordModel.backOffs)],
    ['heads', bytesOf(planes(perHead))],
    ['seconds', bytesOf(planes(steps))],
    ['pair-costs', bytesOf(model.wordModel.pairCosts)],
    ['readings', utf8(readings.join('\n'))],
    ['shapes', counts(model.likeness.shapes)],
    ['pairs', counts(model.pairs)],
    ['grams', bytesOf(model.grams)],
    ['roots', bytesOf(trees.roots)],
    ['asks', bytesOf(trees.asks)],
    ['limits', bytesOf(trees.limits)],
    ['lefts', bytesOf(trees.lefts)],
  ];
  const { trainedOn, seed, data, threshold } = model;
  const header: Header = {
    evidence: evidenceScheme,
    trainedOn,
    seed,
    data,
    threshold,
    bias: trees.bias,
    sections: sections.map(([name, { length: bytes }]) => ({ name, bytes })),
  };
  const head = utf8(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const body = brotliCompressSync(Buffer.concat([length, head, ...sections.map(([, bytes]) => bytes)]), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  return Buffer.concat([magic, digestOf(body), body]);
}

/** @throws SpellingUnavailable */
export function parseSpelling(bytes: Uint8Array, where: string): SpellingModel {
  const damaged = (what: string) => new SpellingUnavailable(`${where}: ${what}`);
  if (bytes.length <= bodyAt || magic.compare(bytes, 0, magic.length) !== 0)
    throw damaged('this is no spelling file');
  const packed = bytes.subarray(bodyAt);
  if (digestOf(packed).compare(bytes, magic.length, bodyAt) !== 0)
    throw damaged('the spelling file is damaged: its digest does not fit');
  const body = brotliDecompressSync(packed);
  const headerEnd = 4 + body.readUInt32LE(0);
  const header = Header.parse(JSON.parse(body.toString('utf8', 4, headerEnd)));
  if (header.evidence !== evidenceScheme) throw damaged('it was trained for another version of this program');
  const sections = new Map<string, Uint8Array>();
  let at = headerEnd;
  for (const { name, bytes: length } of header.sections) {
    // Copied, so that numbers of more than one byte stand where they may be read.
    sections.set(name, new Uint8Array(body.subarray(at, at + length)));
    at += length;
  }
  const raw = (name: string): Uint8Array => {
    const section = sections.get(name);
    if (section === undefined) throw damaged(`it has no ${name}`);
    return section;
  };
  const text = (name: string) => Buffer.from(raw(name)).toString('utf8');
  const readings = text('readings')
    .split('\n')
    .map((line) => [line.charAt(0), line.slice(1).split(' ')] as const);
  const { trainedOn, seed, data, threshold, bias } = header;
  return {
    version: digestOf(packed).toString('hex').slice(0, 12),
    trainedOn,
    seed,
    data,
    threshold,
    words: text('words').split('\n'),
    isName: raw('names'),
    wordModel: {
      costs: raw('costs'),
      backOffs: raw('back-offs'),
      ...fromSteps(fromPlanes(raw('heads')), fromPlanes(raw('seconds'))),
      pairCosts: raw('pair-costs'),
    },
    likeness: { readings: Object.fromEntries(readings), shapes: readCounts(text('shapes')) },
    pairs: readCounts(text('pairs')),
    grams: new Uint16Array(raw('grams').buffer),
    trees: {
      roots: new Uint16Array(raw('roots').buffer),
      asks: raw('asks'),
      limits: new Float32Array(raw('limits').buffer),
      lefts: new Uint16Array(raw('lefts').buffer),
      bias,
    },
  };
}
