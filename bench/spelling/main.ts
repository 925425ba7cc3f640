import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { GramSet } from '../../pipeline/checks/spelling/gram-set.ts';
import { readSpellingModel, spellingFile } from '../../pipeline/checks/spelling/read-spelling.ts';
import { buildKnowledge } from '../../pipeline/checks/spelling/reader.ts';
import { packSpelling, type SpellingModel } from '../../pipeline/checks/spelling/spelling-file.ts';
import { BadData, DataFolder } from '../train/data-folder.ts';
import { readLikeness } from './characters.ts';
import { crossValidate } from './cross-validate.ts';
import { buildLanguage } from './language.ts';
import { Counted, decisionOf, gatherSamples, growTrees } from './learn.ts';
import { readOpenGram } from './open-gram.ts';
import { readSpellingRows, type SpellingRow } from './rows.ts';

interface Options {
  data: string;
  seed: number;
  date: string;
  openGram?: string;
  out: string;
  folds: number;
}

function whole(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number)) throw new InvalidArgumentError('give a whole number');
  return number;
}

const started = performance.now();

function progress(step: string): void {
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${step}\n`);
}

/** Room for so many pairs of words; open-gram has about two and a half million. */
const pairRoom = 2_500_000;
/** Characters rarer than this (-10 ln P) are taken for no other by their shape. */
const commonUpTo = 130;
const gramBuckets = 260_000;

type Language = Pick<SpellingModel, 'words' | 'isName' | 'wordModel' | 'likeness'>;

/** Words and characters: read anew where open-gram is at hand, else those that are in the program. */
async function readLanguage({ openGram, data }: Options): Promise<Language> {
  if (openGram === undefined) return readSpellingModel();
  const language = buildLanguage(await readOpenGram(openGram), join(data, 'lexicons'), pairRoom);
  const { words, wordModel } = language;
  const characters = words.filter((word) => /^[\u4e00-\u9fa5]$/u.test(word));
  const common = words.filter(
    (word, id) => /^[\u4e00-\u9fa5]$/u.test(word) && (wordModel.costs[id] ?? 255) < commonUpTo,
  );
  return { ...language, likeness: readLikeness(openGram, characters, common) };
}

interface Rows {
  spelling: SpellingRow[];
  headlines: SpellingRow[];
}

function readRows(data: DataFolder): Rows {
  const headlines = data
    .rows('thucnews_title10')
    .map(({ text }) => ({ set: 'thucnews', text, target: text }));
  return { spelling: readSpellingRows(data), headlines };
}

/** Learners' errors and headlines are many: one in so many is enough. */
function thin({ spelling, headlines }: Rows, one: { learners: number; headlines: number }): SpellingRow[] {
  return [
    ...spelling.filter(({ set }, i) => !set.startsWith('sighan') || i % one.learners === 0),
    ...headlines.filter((_, i) => i % one.headlines === 0),
  ];
}

function count(language: Language, { spelling, headlines }: Rows, more?: readonly string[]): Counted {
  const base = buildKnowledge({ ...language, pairs: new Map(), grams: new Uint16Array(4) }, more);
  return new Counted(
    base,
    spelling,
    headlines.map(({ text }) => text),
  );
}

async function train(options: Options): Promise<void> {
  const data = new DataFolder(options.data);
  const language = await readLanguage(options);
  progress(`${language.words.length} words, ${language.wordModel.seconds.length} pairs`);
  const rows = readRows(data);
  const counted = count(language, rows, []);
  const samples = gatherSamples(counted, thin(rows, { learners: 2, headlines: 3 }));
  progress(`${samples.length} candidates to learn from`);
  const trees = growTrees(samples, options.seed);
  progress('trees grown');
  const bytes = packSpelling({
    ...language,
    pairs: counted.pairs,
    grams: GramSet.of(counted.grams.keys(), gramBuckets).marks,
    ...decisionOf(trees),
    trainedOn: options.date,
    seed: options.seed,
    data: data.digest(),
  });
  writeFileSync(options.out, bytes);
  progress(`${options.out}: ${bytes.length} bytes; ${counted.grams.size} runs of characters`);
}

async function evaluate(options: Options): Promise<void> {
  const data = new DataFolder(options.data);
  const rows = readRows(data);
  const counted = count(await readLanguage(options), rows);
  process.stdout.write(
    crossValidate(counted, thin(rows, { learners: 6, headlines: 6 }), { ...options, progress }),
  );
}

const program = new Command('spelling').description('Trains and measures the spelling check.');

function addCommand(name: string, about: string, run: (options: Options) => Promise<void>): Command {
  return program
    .command(name)
    .description(about)
    .requiredOption('--data <folder>', 'folder of the labelled data')
    .option('--seed <number>', 'what chance starts from', whole, 20261123)
    .option('--open-gram <folder>', 'holds pydict_sc.bin, lm_sc.txt and stroke.dict.yaml')
    .option('--folds <number>', 'parts that are held out in turn', whole, 3)
    .option('--date <YYYY-MM-DD>', 'date of the training', new Date().toISOString().slice(0, 10))
    .option('--out <file>', 'where the file goes', spellingFile)
    .action(run);
}

addCommand('train', 'writes the spelling file; the same seed gives the same bytes', train);
addCommand('eval', 'cross-validates, and prints a table by set', evaluate);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof BadData)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
