import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodejieba from 'nodejieba';
import { isHan } from './han.ts';

const segmenterVersion = String(createRequire(import.meta.url)('nodejieba/package.json').version);

/** Longer texts are cut in pieces: nodejieba's working memory grows with the piece. */
const pieceUnits = 4096;
const lookBackUnits = 256;

export interface Segmenter {
  /** Stands for the segmenter and every word it was taught. */
  readonly version: string;
  /**
   * Words that join to a text of the same length (a lone surrogate becomes U+FFFD). A run of Latin letters and digits
   * is one word: a number is looked for as a whole.
   */
  cut(text: string): string[];
  /** As `cut`, with the shorter words inside long ones too: for a search index that forgives. */
  cutForSearch(text: string): string[];
}

export interface WordTagger {
  /** Parts of speech of a word or two, for those few words that it matters of: it costs more than twice what cutting does. */
  tag(words: string): { word: string; tag: string }[];
}

/** nodejieba keeps one dictionary a thread: a word taught once stays taught there. */
const taught = new Set<string>();
let isLoaded = false;

/** A list of one in place of the weights by which nodejieba picks key words: 20 MB a thread that nobody here asks for. */
function writeShortWeights(): string | null {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-words-'));
    writeFileSync(join(folder, 'idf.utf8'), '的 1\n');
    return folder;
  } catch {
    return null;
  }
}

function loadDictionary(): void {
  if (isLoaded) return;
  isLoaded = true;
  const folder = writeShortWeights();
  // Without a folder to write to, nodejieba loads its own with the first cut.
  if (folder === null) return;
  try {
    nodejieba.load({ idfDict: join(folder, 'idf.utf8') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const anySurrogate = /[\ud800-\udfff]/;

function wellFormed(text: string): string {
  return anySurrogate.test(text) ? text.replace(loneSurrogate, '\ufffd') : text;
}

/** The end of the piece that starts at `start`: after a character that is no Han, if one is near. */
function pieceEnd(text: string, start: number): number {
  const furthest = start + pieceUnits;
  if (furthest >= text.length) return text.length;
  for (let end = furthest; end > furthest - lookBackUnits; end -= 1) {
    const before = text.charCodeAt(end - 1);
    if (!isHan(before) && (before < 0xd800 || before > 0xdfff)) return end;
  }
  return (text.charCodeAt(furthest) & 0xfc00) === 0xdc00 ? furthest - 1 : furthest;
}

const letters = /[a-z0-9]/i;

function isLetterOrDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

function isRun(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (!isLetterOrDigit(word.charCodeAt(i))) return false;
  return true;
}

/** nodejieba takes an unknown run of letters and digits apart; this puts it together again, in place. */
function joinRuns(words: string[]): string[] {
  let kept = 0;
  let wasRun = false;
  for (const word of words) {
    const isPart = isLetterOrDigit(word.charCodeAt(0)) && isRun(word);
    if (isPart && wasRun) words[kept - 1] += word;
    else {
      words[kept] = word;
      kept += 1;
    }
    wasRun = isPart;
  }
  words.length = kept;
  return words;
}

function inPieces(text: string, cut: (piece: string) => string[]): string[] {
  const whole = wellFormed(text);
  const words = cutPieces(whole, cut);
  return letters.test(whole) ? joinRuns(words) : words;
}

function cutPieces(whole: string, cut: (piece: string) => string[]): string[] {
  if (whole.length <= pieceUnits) return cut(whole);
  const words: string[] = [];
  for (let start = 0; start < whole.length; ) {
    const end = pieceEnd(whole, start);
    for (const word of cut(whole.slice(start, end))) words.push(word);
    start = end;
  }
  return words;
}

/**
 * The dictionary is loaded with the first cut (about a second, once a thread).
 * @param dictionaryWords the school's own names, in normalised form
 */
export function openSegmenter(options: { dictionaryWords: readonly string[] }): Segmenter & WordTagger {
  const dictionaryWords = [...new Set(options.dictionaryWords)].filter((word) => word !== '').sort();
  const digest = createHash('sha256').update(JSON.stringify(dictionaryWords)).digest('hex').slice(0, 12);
  let ready = false;
  const teach = (): void => {
    ready = true;
    loadDictionary();
    for (const word of dictionaryWords) {
      if (taught.has(word)) continue;
      taught.add(word);
      nodejieba.insertWord(word);
    }
  };
  return {
    version: `nodejieba-${segmenterVersion}-runs+${digest}`,
    cut(text) {
      if (!ready) teach();
      return inPieces(text, (piece) => nodejieba.cut(piece));
    },
    cutForSearch(text) {
      if (!ready) teach();
      return inPieces(text, (piece) => nodejieba.cutForSearch(piece));
    },
    tag(words) {
      if (!ready) teach();
      return nodejieba.tag(wellFormed(words));
    },
  };
}

const letterOrDigit = /[\p{L}\p{N}]/u;
/** ASCII words are told apart without the expression: most are letters, digits or one punctuation mark. */
function isIndexed(word: string): boolean {
  const unit = word.charCodeAt(0);
  if (isHan(unit) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39)) return true;
  return (unit > 0x7f || word.length > 1) && letterOrDigit.test(word);
}

const longestTokenUnits = 64;

/** What a search index keeps of cut words: each once, no white space, no punctuation. */
export function indexTokens(words: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const word of words) {
    if (word.length <= longestTokenUnits && isIndexed(word)) tokens.add(word);
  }
  return Array.from(tokens);
}
