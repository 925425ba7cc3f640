import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findBuiltProcess } from './built-program.ts';
import type { WorkerOrder, WorkerProcessInput } from './scaled-worker-process.ts';

const warnLevel = 40;

/** Without what the test run was told, such as the addresses of shared servers. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

/** A real worker in a process of its own, which can be killed, and whose clock can be put wrong. */
export class ScaledWorker {
  /** What its relay has handed on: `topic subject`, once for every time. */
  readonly told: string[] = [];
  /** What it logged as a warning or worse. */
  readonly complaints: string[] = [];
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  constructor(input: WorkerProcessInput) {
    this.child = spawn(process.execPath, [findBuiltProcess('scaled-worker-process'), JSON.stringify(input)], {
      env: ownEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.closed = once(this.child, 'close');
    if (this.child.stderr !== null) {
      createInterface({ input: this.child.stderr }).on('line', (line) => this.hear(line));
    }
    const ended = this.closed.then(() => {
      throw new Error(`worker ${input.name} ended before it was ready: ${this.complaints.join('\n')}`);
    });
    this.ready = Promise.race([once(this.child, 'message').then(() => undefined), ended]);
    this.ready.catch(() => undefined);
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** As `kill -9`: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }

  shiftClock(offsetMs: number): void {
    this.order({ kind: 'shift-clock', offsetMs });
  }

  /** Orderly. @throws when it does not end with code 0 */
  async stop(): Promise<void> {
    if (!this.alive) return;
    this.order({ kind: 'stop' });
    await this.closed;
    const { exitCode, signalCode } = this.child;
    if (exitCode !== 0) {
      throw new Error(`a worker ended with ${exitCode ?? signalCode}: ${this.complaints.join('\n')}`);
    }
  }

  private order(order: WorkerOrder): void {
    this.child.send(order);
  }

  private hear(line: string): void {
    if (!line.startsWith('{"level"')) {
      this.complaints.push(line);
      return;
    }
    const { level, msg, topic, subject } = JSON.parse(line) as Record<string, unknown>;
    if (msg === 'outbox') this.told.push(`${String(topic)} ${String(subject)}`);
    else if (Number(level) >= warnLevel) this.complaints.push(line);
  }
}
