import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { composeExtraction } from './compose.ts';
import {
  defaultExtractLimits,
  type Extraction,
  type ExtractLimits,
  type UnreadReason,
  unreadFile,
} from './extraction.ts';
import type { DocumentRead } from './read-document.ts';
import type { PictureRead } from './read-picture.ts';
import type { TablesRead } from './read-tables.ts';
import { type Found, type ReadReply, type ReadRequest, tooHungrySignal } from './reader-protocol.ts';

export interface FileReaderOptions {
  /** For one file, from handing it over to a process that is ready. */
  timeLimitMs?: number;
  /** The same for the text in one picture. */
  pictureLimitMs?: number;
  /** Of the heap; the whole process may have as much again and what its program takes. */
  heapMb?: number;
  /** After so many files the process is replaced, so that nothing one of them left behind grows. */
  filesPerProcess?: number;
  /** A process without work for so long is ended. */
  idleMs?: number;
}

export interface FileReader {
  /**
   * In the order asked, one at a time. What is wrong with a file is told in the answer: see `extractText`.
   * @throws what the signal was aborted with
   */
  read(bytes: Uint8Array, limits?: Partial<ExtractLimits>, signal?: AbortSignal): Promise<Extraction>;
  /** The cells of a workbook: see `readTables`. Otherwise as `read`. */
  readTables(bytes: Uint8Array, signal?: AbortSignal): Promise<TablesRead>;
  /** What a picture shows; null where that could not be told: see `readPicture`. Otherwise as `read`. */
  readPicture(bytes: Uint8Array, wants: { text: boolean }, signal?: AbortSignal): Promise<PictureRead | null>;
  /** A file, or what was pasted, as a draft's text: see `readDocument`. Otherwise as `read`. */
  readDocument(bytes: Uint8Array, as: 'file' | 'html', signal?: AbortSignal): Promise<DocumentRead>;
  /** Ends the process, whatever it is at; what was asked for counts as not read. Twice is harmless. */
  close(): Promise<void>;
}

const defaults = {
  timeLimitMs: 60_000,
  pictureLimitMs: 15_000,
  heapMb: 384,
  filesPerProcess: 25,
  idleMs: 20_000,
};
/** What the program itself takes, beside heap and file. */
const programMb = 256;

/** Loading the program; on a machine with much else to do. */
const startLimitMs = 120_000;

type Asked = Omit<ReadRequest, 'id'>;

interface ReaderProcess {
  child: ChildProcess;
  /** False where it could not start. */
  ready: Promise<boolean>;
  filesRead: number;
}

/** The compiled entry; in a checkout its source, with the loader that runs it. */
function findEntry(): { file: string; loader: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  const url = new URL(isSource ? './reader-process.ts' : './reader-process.js', import.meta.url);
  return { file: fileURLToPath(url), loader: isSource ? ['--import', import.meta.resolve('tsx')] : [] };
}

function startProcess(heapMb: number): ReaderProcess {
  const { file, loader } = findEntry();
  const child = fork(file, [String(heapMb * 2 + programMb)], {
    execArgv: [...loader, `--max-old-space-size=${heapMb}`],
    // Whoever reads the files of strangers has no secrets to lose.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  return { child, ready: untilReady(child), filesRead: 0 };
}

function untilReady(child: ChildProcess): Promise<boolean> {
  return new Promise((settle) => {
    const timer = setTimeout(() => settle(false), startLimitMs);
    const finish = (isReady: boolean) => {
      clearTimeout(timer);
      settle(isReady);
    };
    child.once('message', () => finish(true));
    child.once('exit', () => finish(false));
    // Stays: one that comes later must not be unhandled.
    child.on('error', () => finish(false));
  });
}

function reasonOfEnd(code: number | null, signal: NodeJS.Signals | null): UnreadReason {
  // V8 aborts where its heap is at its limit.
  if (signal === tooHungrySignal || signal === 'SIGABRT' || code === 134) return 'too-hungry';
  return 'crashed';
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** One who was asked for the other kind has not answered. */
const reasonIn = (found: Found | UnreadReason): UnreadReason =>
  typeof found === 'string' ? found : 'crashed';

class ForkedReader implements FileReader {
  readonly #options: Required<FileReaderOptions>;
  #process: ReaderProcess | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;
  #nextId = 0;
  #isClosed = false;

  constructor(options: FileReaderOptions) {
    this.#options = { ...defaults, ...options };
  }

  async read(
    bytes: Uint8Array,
    limits: Partial<ExtractLimits> = {},
    signal = new AbortController().signal,
  ): Promise<Extraction> {
    const found = await this.#readInTurn({ bytes, want: 'text', limits }, signal);
    if (typeof found !== 'string' && 'parts' in found) return found;
    const { maxTextLength } = { ...defaultExtractLimits, ...limits };
    return composeExtraction(unreadFile('unknown', reasonIn(found)), maxTextLength);
  }

  async readTables(bytes: Uint8Array, signal = new AbortController().signal): Promise<TablesRead> {
    const found = await this.#readInTurn({ bytes, want: 'tables', limits: {} }, signal);
    if (typeof found !== 'string' && 'tables' in found) return found;
    return { tables: [], unread: reasonIn(found) };
  }

  async readPicture(
    bytes: Uint8Array,
    wants: { text: boolean },
    signal = new AbortController().signal,
  ): Promise<PictureRead | null> {
    const want = wants.text ? 'picture-text' : 'picture';
    const found = await this.#readInTurn({ bytes, want, limits: {} }, signal);
    return typeof found !== 'string' && 'codes' in found ? found : null;
  }

  async readDocument(
    bytes: Uint8Array,
    as: 'file' | 'html',
    signal = new AbortController().signal,
  ): Promise<DocumentRead> {
    const want = as === 'html' ? 'pasted' : 'document';
    const found = await this.#readInTurn({ bytes, want, limits: {} }, signal);
    if (typeof found !== 'string' && 'imported' in found) return found;
    return { imported: null, problem: reasonIn(found) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end();
    await this.#last;
    await this.#end();
  }

  #readInTurn(asked: Asked, signal: AbortSignal): Promise<Found | UnreadReason> {
    const reading = this.#last.then(() => this.#readUnlessAborted(asked, signal));
    this.#last = reading.catch(() => {});
    return reading;
  }

  async #readUnlessAborted(asked: Asked, signal: AbortSignal): Promise<Found | UnreadReason> {
    signal.throwIfAborted();
    const end = () => void this.#end();
    signal.addEventListener('abort', end, { once: true });
    try {
      const found = await this.#readNow(asked);
      signal.throwIfAborted();
      return found;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  async #readNow(asked: Asked): Promise<Found | UnreadReason> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const answer = this.#isClosed ? 'crashed' : await this.#ask(asked);
    const filesRead = this.#process?.filesRead ?? 0;
    if (typeof answer === 'string' || filesRead >= this.#options.filesPerProcess) await this.#end();
    else this.#rest();
    return answer;
  }

  /** The answer, or why there is none. */
  async #ask(asked: Asked): Promise<Found | UnreadReason> {
    // One that the system ended while it rested says nothing of the next file.
    if (this.#process !== null && hasEnded(this.#process.child)) this.#process = null;
    const running = this.#process ?? startProcess(this.#options.heapMb);
    this.#process = running;
    const { child } = running;
    child.ref();
    const id = this.#nextId;
    this.#nextId += 1;
    running.filesRead += 1;
    if (!(await running.ready)) return 'crashed';
    return new Promise((settle) => {
      const { timeLimitMs, pictureLimitMs } = this.#options;
      const limitMs = asked.want === 'picture-text' ? pictureLimitMs : timeLimitMs;
      const timer = setTimeout(() => finish('too-slow'), limitMs);
      const onMessage = (reply: ReadReply) => {
        if (reply !== 'ready' && reply.id === id) finish(reply.found);
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
        finish(reasonOfEnd(code, signal));
      const finish = (answer: Found | UnreadReason) => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        settle(answer);
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      const request: ReadRequest = { id, ...asked };
      child.send(request, (error) => {
        if (error !== null) finish('crashed');
      });
    });
  }

  /** Kept for the next file; it keeps nobody waiting who wants to end. */
  #rest(): void {
    const running = this.#process;
    if (running === null) return;
    running.child.unref();
    running.child.channel?.unref();
    this.#idle = setTimeout(() => void this.#end(), this.#options.idleMs);
    this.#idle.unref();
  }

  async #end(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const { child } = running;
    if (hasEnded(child)) return;
    child.ref();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/**
 * Reads files in a process apart: with a limit of memory and time, without environment. A file that ends the process, or takes too
 * long, has not been read, and the next file gets a new process. The process starts with the first file.
 */
export function openFileReader(options: FileReaderOptions = {}): FileReader {
  return new ForkedReader(options);
}
