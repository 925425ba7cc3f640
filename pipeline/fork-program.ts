import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts a program of this folder in a process of its own, compiled, or in a checkout as its source. A thread keeps what nodejieba's
 * dictionary took when it ends (240 MB); of a process nothing stays. It ends when whoever started it has gone.
 * @param name without ending, as `rule-process`
 */
export function forkProgram(name: string): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(isSource ? `./${name}.ts` : `./${name}.js`, import.meta.url));
  const child = fork(file, {
    execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  // What could not be sent is told by the end; an error that nobody hears would end the program.
  child.on('error', () => {});
  return child;
}

/** When the process has ended, or could not start. */
export function untilEnded(child: ChildProcess): Promise<void> {
  return new Promise((settle) => {
    child.once('exit', () => settle());
    child.once('error', () => settle());
  });
}

/** For a program's first line: it ends with whoever started it, and by nothing else that a terminal tells both. */
export function followParent(): void {
  process.on('disconnect', () => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
}
