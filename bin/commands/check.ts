import { Command, InvalidArgumentError } from 'commander';
import type { CheckKnowledge } from '../../pipeline/checks/check-knowledge.ts';
import type { CheckStage } from '../../pipeline/checks/check-stage.ts';
import { buildChecks } from '../../pipeline/checks/index.ts';
import { Genre } from '../../pipeline/domain/draft-content.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';
import { openFileReader } from '../../pipeline/extract/file-reader.ts';
import { parseDay } from '../day-option.ts';
import { checkFile } from './check-files.ts';
import { type CheckSetting, checkLines } from './check-lines.ts';

interface CheckOptions extends CheckSetting {
  jsonl?: boolean;
  text?: boolean;
  config?: string;
}

function parseGenre(value: string): Genre {
  const parsed = Genre.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`one of ${Genre.options.join(', ')}.`);
}

async function checkInput(stages: readonly CheckStage[], setting: CheckSetting): Promise<void> {
  const stop = new AbortController();
  let brokenPipe = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    brokenPipe = true;
    stop.abort();
    process.stdin.destroy();
  });
  const onInterrupt = (): void => {
    process.exitCode = 130;
    stop.abort();
    process.stdin.destroy();
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const streams = { input: process.stdin, output: process.stdout, signal: stop.signal };
  const failures = await checkLines(stages, setting, streams).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
    return 0;
  });
  if (failures === 0 || brokenPipe || stop.signal.aborted) return;
  process.stderr.write(`guanlan check: ${failures} line(s) could not be checked; see their "error"\n`);
  process.exitCode = 1;
}

async function checkFiles(
  files: readonly string[],
  stages: readonly CheckStage[],
  { setting, withText }: { setting: CheckSetting; withText: boolean },
): Promise<void> {
  const reader = openFileReader();
  let failures = 0;
  try {
    for (const file of files) {
      const { output, failed } = await checkFile(file, { stages, setting, reader, withText });
      if (failed) failures += 1;
      process.stdout.write(`${output}\n`);
    }
  } finally {
    await reader.close();
  }
  if (failures === 0) return;
  process.stderr.write(`guanlan check: ${failures} file(s) could not be checked; see their "error"\n`);
  process.exitCode = 1;
}

/** `guanlan check`: the checks of drafts on files, or on JSON lines. @param readKnowledge from the settings files of a folder, else of the deployment */
export function buildCheckCommand(readKnowledge: (configDir?: string) => CheckKnowledge): Command {
  return new Command('check')
    .description(
      "check the school's own texts before they are published: .txt .md .html .docx .xlsx .pdf, one JSON object a file",
    )
    .argument('[file...]', 'files to check')
    .option('--jsonl', 'check JSON lines on stdin ({"id","text"}), findings as JSON lines on stdout')
    .option('--day <day>', 'judge for this day of publication, if not today: 2026-11-23', parseDay)
    .option('--genre <genre>', Genre.options.join(' | '), parseGenre, 'news')
    .option('--config <folder>', "settings files to take the school's names and phrases from")
    .option('--text', 'with the text that the offsets refer to')
    .action(async (files: string[], options: CheckOptions, command: Command) => {
      const { jsonl = false, text: withText = false, config, genre } = options;
      if (jsonl && files.length > 0) command.error('error: give files or --jsonl, not both');
      if (!jsonl && files.length === 0) command.error('error: give files, or --jsonl for lines on stdin');
      const stages = buildChecks(readKnowledge(config));
      const setting = { genre, day: options.day ?? shanghaiDay(new Date().toISOString()) };
      if (jsonl) await checkInput(stages, setting);
      else await checkFiles(files, stages, { setting, withText });
    });
}
