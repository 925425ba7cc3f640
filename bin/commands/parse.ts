import { open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Command, InvalidArgumentError } from 'commander';
import { decodePage } from '../../crawlers/sources/site/decode.ts';
import { parseSitePage } from '../../crawlers/sources/site/parse.ts';

const sources = ['site', 'weibo', 'wechat', 'feed'] as const;
const supported: readonly string[] = ['site'];
const largestFileBytes = 64 * 1024 * 1024;
const inflate = promisify(gunzip);

interface ParseOptions {
  source: string;
  url?: string;
  base?: string;
}

/** `guanlan parse`: what the crawler takes from recorded responses; one JSON line a file on stdout, in the order given. */
export function buildParseCommand(): Command {
  return new Command('parse')
    .description('print what the crawler takes from recorded responses, one JSON line a file')
    .requiredOption('--source <source>', sources.join(' | '), parseSource)
    .option('--url <url>', 'the address the file was fetched from', parseAddress)
    .option('--base <url>', "a site's root: each file's relative path is joined to it", parseAddress)
    .argument('<file...>', 'HTML files, plain or .gz')
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
  let failed = 0;
  for (const file of files) {
    try {
      const { html } = decodePage(await readPage(file));
      const url = options.url ?? (options.base === undefined ? null : joined(options.base, file));
      const page = parseSitePage({ url, html, fetchedAt: new Date().toISOString() });
      const { state, role, items, next, reason } = page;
      await write(JSON.stringify({ file, state, role, items, next, reason }));
    } catch (error) {
      failed += 1;
      await write(JSON.stringify({ file, error: reasonOf(error) }));
    }
  }
  return failed;
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

function parseSource(value: string): string {
  if (supported.includes(value)) return value;
  throw new InvalidArgumentError(`parse reads ${supported.join(', ')} only for now.`);
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
