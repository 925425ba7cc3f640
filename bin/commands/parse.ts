import { open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Command, InvalidArgumentError } from 'commander';
import { isRealDay } from '../day-option.ts';
import { isParsedSource, loadReader, parsedSources, type RecordedFrom } from './parse-sources.ts';

const largestFileBytes = 64 * 1024 * 1024;
const inflate = promisify(gunzip);

interface ParseOptions {
  source: Parameters<typeof loadReader>[0];
  url?: string;
  base?: string;
  fetchedAt?: string;
  own?: string;
}

/** `guanlan parse`: what the crawler takes from recorded responses; one JSON line a file on stdout, in the order given. */
export function buildParseCommand(): Command {
  return new Command('parse')
    .description('print what the crawler takes from recorded responses, one JSON line a file')
    .requiredOption('--source <source>', parsedSources.join(' | '), parseSource)
    .option('--url <url>', 'the address the file was fetched from', parseAddress)
    .option('--base <url>', "a site's root: each file's relative path is joined to it", parseAddress)
    .option(
      '--fetched-at <instant>',
      'when it was fetched, if not now: 2019-06-15T12:00:00+08:00',
      parseInstant,
    )
    .option('--own <number>', "the number of the school's own Weibo account: others are left out")
    .argument('<file...>', 'what was answered: HTML, JSON or XML, plain or .gz')
    .action(async (files: string[], options: ParseOptions, command: Command) => {
      if (options.url !== undefined && options.base !== undefined)
        command.error('error: give --url or --base, not both');
      process.stdout.on('error', quietWhenClosed);
      const failed = await parseFiles(files, options, (line) => writeLine(`${line}\n`));
      if (failed > 0) process.exitCode = 1;
    });
}

/** Reads the files one after the other, so that memory does not grow with their number. Returns how many could not be read. */
async function parseFiles(
  files: readonly string[],
  options: ParseOptions,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const read = await loadReader(options.source);
  let failed = 0;
  for (const file of files) {
    try {
      const { state, role, items, next, reason } = read(await readPage(file), recordedFrom(file, options));
      await write(JSON.stringify({ file, state, role, items, next, reason }));
    } catch (error) {
      failed += 1;
      await write(JSON.stringify({ file, error: reasonOf(error) }));
    }
  }
  return failed;
}

function recordedFrom(file: string, { url, base, fetchedAt, own }: ParseOptions): RecordedFrom {
  return {
    url: url ?? (base === undefined ? null : joined(base, file)),
    fetchedAt: fetchedAt ?? new Date().toISOString(),
    ownAccount: own ?? null,
  };
}

async function readPage(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > largestFileBytes)
      throw new Error(`the file is larger than ${largestFileBytes / 1024 / 1024} MB`);
    const bytes = await handle.readFile();
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return packed ? await inflate(bytes, { maxOutputLength: largestFileBytes }) : bytes;
  } finally {
    await handle.close();
  }
}

/** The address a mirrored file had: its path below the site's root. */
function joined(base: string, file: string): string {
  const relative = path.isAbsolute(file) ? path.relative(process.cwd(), file) : path.normalize(file);
  const steps = relative.split(path.sep).filter((step) => step !== '..' && step !== '.' && step !== '');
  const root = base.endsWith('/') ? base : `${base}/`;
  return new URL(steps.map(encodeStep).join('/').replace(/\.gz$/, ''), root).href;
}

/** Mirrors keep the query in the file's name. */
function encodeStep(step: string): string {
  return step.replace(/[#%\s]/g, (sign) => encodeURIComponent(sign));
}

function reasonOf(error: unknown): { code: string; message: string } {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
  const messages: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'the file may not be read',
    EISDIR: 'this is a folder, not a file',
    ERR_BUFFER_TOO_LARGE: 'the file is too large when unpacked',
  };
  return {
    code,
    message: messages[code] ?? (error instanceof Error ? error.message : 'the file could not be read'),
  };
}

function parseSource(value: string): ParseOptions['source'] {
  if (isParsedSource(value)) return value;
  throw new InvalidArgumentError(`parse reads ${parsedSources.join(', ')}.`);
}

function parseInstant(value: string): string {
  const at = isRealDay(value.slice(0, 10)) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError('give a date and time, such as 2019-06-15T12:00:00+08:00.');
}

function parseAddress(value: string): string {
  if (URL.canParse(value) && /^(?:https?|file):/.test(value)) return value;
  throw new InvalidArgumentError('give a full address, such as https://www.example.edu.cn/.');
}

function quietWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

function writeLine(line: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(line)) resolve();
    else process.stdout.once('drain', resolve);
  });
}
