import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { findBuiltProgram } from './built-program.ts';

/** As a checkout has it, which runs from source. */
export const checkoutProgram = join(import.meta.dirname, '../../bin/guanlan.js');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The real program in a process of its own. Named for what it runs, ended by whoever started it. */
export class GuanlanProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  private stdout = '';
  private stderr = '';

  /** @param program what Node runs; the compiled program unless told */
  constructor(args: readonly string[], env: Record<string, string>, { input = '', program = '' } = {}) {
    const executable = program === '' ? join(findBuiltProgram(), 'bin', 'main.js') : program;
    this.child = spawn(process.execPath, [executable, ...args], { env: { ...process.env, ...env } });
    this.child.stdin?.end(input);
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.ended = new Promise((settle) =>
      this.child.once('close', (code, signal) =>
        settle({ code, signal, stdout: this.stdout, stderr: this.stderr }),
      ),
    );
  }

  /** The first address it prints on stdout. @throws when it ends without one */
  url(): Promise<string> {
    return this.find(/(http:\/\/[^\s]+)/, () => this.stdout);
  }

  /** The first group of a pattern in what it writes. @throws when it ends without it */
  find(pattern: RegExp, where = () => this.stdout + this.stderr): Promise<string> {
    return new Promise((settle, fail) => {
      const look = () => {
        const found = pattern.exec(where())?.[1];
        if (found !== undefined) settle(found);
      };
      this.child.stdout?.on('data', look);
      this.child.stderr?.on('data', look);
      look();
      void this.ended.then(({ stderr }) => fail(new Error(`guanlan ended without ${pattern}: ${stderr}`)));
    });
  }

  end(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** Runs a command to its end. */
export function runGuanlan(args: readonly string[], env: Record<string, string>, input = ''): Promise<Ended> {
  return new GuanlanProcess(args, env, { input }).ended;
}
