import { once } from 'node:events';
import { Command } from 'commander';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import { createJudge, type Judge } from '../../pipeline/stages/judge.ts';
import { judgeLine, maxLineBytes } from './judge-line.ts';
import { type ByteLine, LineSplitter } from './read-lines.ts';

const progressEveryMs = 500;
const flushUnits = 64 * 1024;

interface JudgeStreams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /** Called now and then; only there when somebody watches. */
  onProgress?: (lines: number) => void;
  signal: AbortSignal;
}

/** Collects lines and writes them in blocks, waiting whenever the reader is slower than we are. */
class BlockWriter {
  readonly #output: NodeJS.WritableStream;
  readonly #signal: AbortSignal;
  #block = '';

  constructor(output: NodeJS.WritableStream, signal: AbortSignal) {
    this.#output = output;
    this.#signal = signal;
  }

  async write(line: string): Promise<void> {
    this.#block += `${line}\n`;
    if (this.#block.length >= flushUnits) await this.flush();
  }

  async flush(): Promise<void> {
    const block = this.#block;
    this.#block = '';
    if (block === '' || this.#signal.aborted) return;
    if (!this.#output.write(block)) {
      await once(this.#output, 'drain', { signal: this.#signal }).catch(ignoreAbort);
    }
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

/**
 * Judges a stream of lines in the order read, holding one line and one block at a time.
 * @returns how many lines could not be judged
 */
export async function judgeStream(judge: Judge, streams: JudgeStreams): Promise<number> {
  const { input, output, signal, onProgress } = streams;
  const splitter = new LineSplitter(maxLineBytes);
  const writer = new BlockWriter(output, signal);
  let lineNumber = 0;
  let failures = 0;
  const judgeAll = async (lines: Iterable<ByteLine>): Promise<void> => {
    for (const line of lines) {
      if (signal.aborted) return;
      lineNumber += 1;
      const judged = judgeLine(judge, line, lineNumber);
      if (judged.failed) failures += 1;
      if (judged.output !== null) await writer.write(judged.output);
    }
    await writer.flush();
  };
  for await (const chunk of input) {
    await judgeAll(splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    onProgress?.(lineNumber);
    if (signal.aborted) return failures;
  }
  await judgeAll(splitter.flush());
  onProgress?.(lineNumber);
  return failures;
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

async function runJudge(rules: readonly LexiconRule[]): Promise<void> {
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
  const judge = createJudge({ rules, settingsVersion: 0 });
  const failures = await judgeStream(judge, {
    input: process.stdin,
    output: process.stdout,
    signal: stop.signal,
    ...(isWatched ? { onProgress: watchProgress() } : {}),
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
    return 0;
  });
  if (isWatched) process.stderr.write('\r\x1b[K');
  if (failures > 0 && !brokenPipe && !stop.signal.aborted) {
    process.stderr.write(`guanlan judge: ${failures} line(s) could not be judged; see their "error"\n`);
    process.exitCode = 1;
  }
}

/** `guanlan judge`: JSON lines in, JSON lines out. @param loadRules the rules that decide */
export function buildJudgeCommand(loadRules: () => Promise<LexiconRule[]>): Command {
  return new Command('judge')
    .description('judge posts: JSON lines on stdin ({"id","text",…}), verdicts as JSON lines on stdout')
    .action(async () => runJudge(await loadRules()));
}
