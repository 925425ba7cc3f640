import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OnceARun } from './once-a-run.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const weights = ['pipeline/models/weights.bin', 'pipeline/checks/spelling/spelling.bin'];

/** In the checkout, where packages and package.json are found. Removed when the run is over. */
export const builtProgram = new OnceARun({
  ...{ name: 'program', base: join(root, 'node_modules', '.cache'), patienceMs: 120_000 },
});

/** Types are checked elsewhere. */
function compile(outDir: string): void {
  const project = join(outDir, 'tsconfig.json');
  const { include, exclude } = {
    include: [
      'bin',
      'config',
      'crawlers',
      'pipeline',
      'review-api',
      'test/campus',
      'test/harness/*-process.ts',
    ],
    exclude: ['**/*.test.ts', '**/fixtures'],
  };
  const inRoot = (paths: readonly string[]) => paths.map((path) => join(root, path));
  const told = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: { rootDir: root, outDir, noCheck: true },
    include: inRoot(include),
    exclude: inRoot(exclude),
  };
  writeFileSync(project, JSON.stringify(told));
  try {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'pipe' });
  } finally {
    rmSync(project);
  }
  for (const file of weights) copyFileSync(join(root, file), join(outDir, file));
}

/**
 * The program and the processes that tests start, compiled: a process started from source spends seconds on reading it.
 * @returns the folder of the compiled files
 */
export const findBuiltProgram = (): string => builtProgram.find(compile);

/** @param name of a file of this folder, as `judge-process` @returns what Node is started with */
export const findBuiltProcess = (name: string): string =>
  join(findBuiltProgram(), 'test', 'harness', `${name}.js`);
