import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { weightsFile } from '../../pipeline/models/read-models.ts';
import { packModels } from '../../pipeline/models/weights-file.ts';
import { BadData, DataFolder } from './data-folder.ts';
import { headPlans } from './heads/index.ts';
import { type Learned, learnAgain, learnHead } from './learn.ts';
import { drawSlots, packHeads } from './pack.ts';

interface Options {
  data: string;
  seed: number;
  folds: number;
  only?: string;
  crossValidate?: true;
  date: string;
  out: string;
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

function printFigures({ plan, rows, figures, settings }: Learned): void {
  progress(`${plan.name}: ${rows} rows; held-out figures follow`);
  const short = (value: string | number) =>
    typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value);
  const lines = figures.map((figure) =>
    Object.entries(figure)
      .map(([name, value]) => (name === 'source' ? short(value).padEnd(26) : `${name} ${short(value)}`))
      .join('  '),
  );
  process.stderr.write(`${lines.join('\n')}\n`);
  process.stdout.write(`${JSON.stringify({ head: plan.name, rows, figures, settings })}\n`);
}

function run(options: Options): void {
  const { data: path, seed, folds, only, date, out } = options;
  const plans = headPlans.filter(({ name }) => only === undefined || name === only);
  if (plans.length === 0)
    throw new BadData(
      `no model is called ${only}; there are ${headPlans.map(({ name }) => name).join(', ')}`,
    );
  const data = new DataFolder(path);
  const figuresOnly = options.crossValidate === true || only !== undefined;
  const learned = plans.map((plan) => {
    const one = learnHead(plan, data, { seed, folds, progress, figuresOnly });
    printFigures(one);
    return one;
  });
  if (figuresOnly) return;
  const { places, dropped } = drawSlots(learned);
  progress(`room for ${places.size} n-grams, ${dropped} are left out`);
  const again = learned.map((one) => learnAgain(one, (hash) => places.has(hash), { seed, progress }));
  const bytes = packModels(packHeads(again, places, { trainedOn: date, seed, data: data.digest() }));
  writeFileSync(out, bytes);
  progress(`${out}: ${bytes.length} bytes`);
}

const command = new Command('train')
  .description(
    'Trains the models from labelled data and writes the weights file. The same seed gives the same bytes.',
  )
  .requiredOption('--data <folder>', 'folder of the labelled data')
  .option('--seed <number>', 'what chance starts from', whole, 20261122)
  .option('--folds <number>', 'parts that are held out in turn', whole, 5)
  .option('--only <head>', 'one model; prints its held-out figures and writes nothing')
  .option('--cross-validate', 'print held-out figures and write nothing')
  .option(
    '--date <YYYY-MM-DD>',
    'date of the training, written into the file',
    new Date().toISOString().slice(0, 10),
  )
  .option('--out <file>', 'where the weights go', fileURLToPath(weightsFile));

try {
  run(command.parse().opts<Options>());
} catch (error) {
  if (!(error instanceof BadData)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
