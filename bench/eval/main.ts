import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readModels } from '../../pipeline/models/read-models.ts';
import { ModelsUnavailable } from '../../pipeline/models/weights-file.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import { BadRow } from './read-rows.ts';
import { type EvalReport, runEval } from './run-eval.ts';
import { isSetName, knownSets } from './sets.ts';
import { houseTable, setTable } from './table.ts';

const usage = 'npm run eval -- --data DIR [--only SET] [--json FILE] [--weights FILE]';
const honesty =
  'The shipped weights were trained on the rows of the public sets: on those very rows the figures flatter. ' +
  'Held-out figures: npm run train -- --data DIR --cross-validate, or rows that training never saw.';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** One line, overwritten on a screen; in a file, nothing but the finished sets. */
function tellProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
  else if (/: 0 of /.test(line)) process.stderr.write(`${line}\n`);
}

interface Arguments {
  data: string;
  only: string | null;
  json: string | null;
  /** Weights other than the shipped ones. */
  weights: string | null;
}

function readArguments(): Arguments | string {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        only: { type: 'string' },
        json: { type: 'string' },
        weights: { type: 'string' },
      },
    });
    if (values.data === undefined) return 'which folder? --data DIR is missing';
    return {
      data: values.data,
      only: values.only ?? null,
      json: values.json ?? null,
      weights: values.weights ?? null,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function show(report: EvalReport): void {
  if (report.sets.length > 0) say(`\n${setTable(report.sets)}`);
  say(`\n${houseTable(report.figures)}`);
  for (const [set, alarms] of Object.entries(report.alarms)) {
    if (alarms.length > 0 && /smp2020|thucnews|weibo/.test(set))
      say(
        `above low in ${set}: ${alarms
          .slice(0, 6)
          .map(({ id, rows }) => `${id} ${rows}`)
          .join(', ')}`,
      );
  }
  if (report.missing.length > 0) say(`\nnot in the folder: ${report.missing.join(', ')}`);
  for (const { file, why } of report.skipped) say(`left aside: ${file} (${why})`);
  say(`\njudged by rules ${report.versions.rules}, models ${report.versions.models}`);
  if (report.interrupted) say('interrupted: only what was finished is shown');
  say(honesty);
}

/** @returns the exit code: 2 for a wrong call or an unreadable row, 1 when nothing was there to measure, 130 interrupted */
async function main(): Promise<number> {
  const given = readArguments();
  if (typeof given === 'string') {
    process.stderr.write(`${given}\n${usage}\n`);
    return 2;
  }
  const { only } = given;
  if (only !== null && !isSetName(only)) {
    process.stderr.write(`no such set: ${only}; known are ${Object.keys(knownSets).join(', ')}\n`);
    return 2;
  }
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const judge = createJudge({
    rules: readSeedRules(),
    settingsVersion: 1,
    ...(given.weights === null ? {} : { models: readModels(given.weights) }),
  });
  const report = await runEval({
    dir: given.data,
    only,
    judge,
    progress: tellProgress,
    signal: interruption.signal,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  show(report);
  if (given.json !== null) writeFileSync(given.json, `${JSON.stringify(report, null, 2)}\n`);
  if (report.interrupted) return 130;
  return report.sets.length === 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isFile = error instanceof Error && 'code' in error;
  if (!(error instanceof BadRow) && !(error instanceof ModelsUnavailable) && !isFile) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
