import { once } from 'node:events';
import { Command } from 'commander';
import type { JudgedBlock, LineBlock } from '../../pipeline/commands/judge-block.ts';
import { maxLineBytes, refuseLongLine } from '../../pipeline/commands/judge-line.ts';
import type { JudgeOptions } from '../../pipeline/stages/judge.ts';
import { openThreadedJudge, type ThreadedJudge } from '../../pipeline/threaded-judge.ts';
import { checkModels } from './doctor-models.ts';
import { type ByteLine, LineSplitter } from './read-lines.ts';

const progressEveryMs = 500;
/** A few milliseconds of work. */
const blockBytes = 64 * 1024;
const lineEnd = Buffer.from('\n');

interface JudgeStreams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /** Called now and then; only there when somebody watches. */
  onProgress?: (lines: number) => void;
  signal: AbortSignal;
  /** With the whole trail of every finding. */
  explain?: boolean;
}

/** Waits whenever the reader is slower than we are. */
class BlockWriter {
  readonly #output: NodeJS.WritableStream;
  readonly #signal: AbortSignal;

  constructor(output: NodeJS.WritableStream, signal: AbortSignal) {
    this.#output = output;
    this.#signal = signal;
  }

  async write(block: Uint8Array): Promise<void> {
    if (block.length === 0 || this.#signal.aborted) return;
    if (!this.#output.write(block)) {
      await once(this.#output, 'drain', { signal: this.#signal }).catch(ignoreAbort);
    }
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

type BlockJudge = Pick<ThreadedJudge, 'judgeBlock' | 'blocksAtOnce'>;

/** Blocks are judged several at once and written in their order; `push` waits while enough are on their way. */
class OrderedBlocks {
  readonly #judge: BlockJudge;
  readonly #writer: BlockWriter;
  readonly #unwritten: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();
  failed = 0;

  constructor(judge: BlockJudge, writer: BlockWriter) {
    this.#judge = judge;
    this.#writer = writer;
  }

  async push(judging: Promise<JudgedBlock>): Promise<void> {
    const before = this.#last;
    // Awaited later, or not at all after another one has failed: whoever awaits the last one is told.
    judging.catch(() => {});
    const written = before.then(async () => {
      const { output, failed } = await judging;
      this.failed += failed;
      await this.#writer.write(output);
    });
    written.catch(() => {});
    this.#last = written;
    this.#unwritten.push(written);
    if (this.#unwritten.length >= this.#judge.blocksAtOnce) await this.#unwritten.shift();
  }

  async end(): Promise<void> {
    await this.#last;
  }
}

/** Joins lines to blocks; a line too long to be kept is a block by itself. */
function* joinLines(
  lines: Iterable<ByteLine>,
  firstLine: number,
): Generator<LineBlock | { tooLong: number }> {
  let lineNumber = firstLine;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  const take = (): LineBlock => {
    const block = { bytes: new Uint8Array(Buffer.concat(kept)), firstLine: lineNumber - kept.length / 2 };
    kept = [];
    keptBytes = 0;
    return block;
  };
  for (const line of lines) {
    if ('tooLong' in line) {
      if (kept.length > 0) yield take();
      yield { tooLong: lineNumber };
    } else {
      kept.push(line.bytes, lineEnd);
      keptBytes += line.bytes.length + 1;
    }
    lineNumber += 1;
    if (keptBytes >= blockBytes) yield take();
  }
  if (kept.length > 0) yield take();
}

/**
 * Judges a stream of lines in the order read, holding a few blocks at a time.
 * @returns how many lines could not be judged
 */
export async function judgeStream(judge: BlockJudge, streams: JudgeStreams): Promise<number> {
  const { input, output, signal, onProgress, explain = false } = streams;
  const splitter = new LineSplitter(maxLineBytes);
  const blocks = new OrderedBlocks(judge, new BlockWriter(output, signal));
  let lineNumber = 0;
  const count = function* (lines: Iterable<ByteLine>) {
    for (const line of lines) {
      lineNumber += 1;
      yield line;
    }
  };
  const judgeAll = async (lines: Iterable<ByteLine>): Promise<void> => {
    for (const block of joinLines(count(lines), lineNumber + 1)) {
      if (signal.aborted) return;
      await blocks.push('tooLong' in block ? refuse(block.tooLong) : judge.judgeBlock({ ...block, explain }));
    }
  };
  for await (const chunk of input) {
    await judgeAll(splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    onProgress?.(lineNumber);
    if (signal.aborted) return blocks.failed;
  }
  await judgeAll(splitter.flush());
  await blocks.end();
  onProgress?.(lineNumber);
  return blocks.failed;
}

async function refuse(lineNumber: number): Promise<JudgedBlock> {
  const { output } = refuseLongLine(lineNumber);
  return { output: Buffer.from(`${output}\n`), failed: 1 };
}

function watchProgress(): (lines: number) => void {
  let shownAt = 0;
  return (lines) => {
    const now = performance.now();
    if (now - shownAt < progressEveryMs) return;
    shownAt = now;
    process.stderr.write(`\rjudged ${lines} lines`);
  };
}

interface JudgeRun {
  threads: number;
  explain: boolean;
}

async function runJudge(options: JudgeOptions, { threads, explain }: JudgeRun): Promise<void> {
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
  const isWatched = process.stderr.isTTY === true;
  const models = checkModels();
  if (models.mark !== 'ok') process.stderr.write(`guanlan judge: ${models.says}\n`);
  const recipe = { key: 'files', options };
  const judge = openThreadedJudge(async () => recipe, { threads });
  const failures = await judgeStream(judge, {
    input: process.stdin,
    output: process.stdout,
    signal: stop.signal,
    explain,
    ...(isWatched ? { onProgress: watchProgress() } : {}),
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
    return 0;
  });
  await judge.close();
  if (isWatched) process.stderr.write('\r\x1b[K');
  if (failures > 0 && !brokenPipe && !stop.signal.aborted) {
    process.stderr.write(`guanlan judge: ${failures} line(s) could not be judged; see their "error"\n`);
    process.exitCode = 1;
  }
}

/** `guanlan judge`: JSON lines in, JSON lines out. @param loadOptions the rules that decide, and what they know of the school */
export function buildJudgeCommand(loadOptions: () => Promise<JudgeOptions>, threads: number): Command {
  return new Command('judge')
    .description('judge posts: JSON lines on stdin ({"id","text",…}), verdicts as JSON lines on stdout')
    .option(
      '--explain',
      'with every finding of a rule: what stood there, what it was read as, and the word of the rule',
    )
    .action(async ({ explain = false }: { explain?: boolean }) =>
      runJudge(await loadOptions(), { threads, explain }),
    );
}
