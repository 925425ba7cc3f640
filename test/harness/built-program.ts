import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules', '.cache');
const patienceMs = 120_000;
const weights = ['pipeline/models/weights.bin', 'pipeline/checks/spelling/spelling.bin'];

/** Of one run of the tests: its worker processes have one parent. In the checkout, where packages and package.json are found. */
const folderOf = (runPid: number) => join(cache, `guanlan-of-${runPid}`);

/** Types are checked elsewhere. */
function compile(outDir: string): void {
  const project = `${outDir}.json`;
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
 * The program and the processes that tests start, compiled once a run by whoever needs it first, while the others wait: a process
 * started from source spends seconds on reading it.
 * @returns the folder of the compiled files, which is removed when the run is over (`removeBuiltProgram`)
 */
export function findBuiltProgram(runPid = process.ppid): string {
  const folder = folderOf(runPid);
  const making = `${folder}.making`;
  const endMs = performance.now() + patienceMs;
  mkdirSync(cache, { recursive: true });
  while (!existsSync(folder)) {
    if (mkdirSync(making, { recursive: true }) === undefined) {
      if (performance.now() > endMs) throw new Error(`the program was not compiled within ${patienceMs} ms`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      continue;
    }
    try {
      compile(making);
      renameSync(making, folder);
    } catch (error) {
      rmSync(making, { recursive: true, force: true });
      throw error;
    }
  }
  return folder;
}

/** @param name of a file of this folder, as `judge-process` @returns what Node is started with */
export const findBuiltProcess = (name: string): string =>
  join(findBuiltProgram(), 'test', 'harness', `${name}.js`);

export function removeBuiltProgram(runPid: number): void {
  const folder = folderOf(runPid);
  for (const one of [folder, `${folder}.making`, `${folder}.making.json`])
    rmSync(one, { recursive: true, force: true });
}
