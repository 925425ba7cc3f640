import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const patienceMs = 55_000;

/** Of one run of the tests: its worker processes have one parent. */
const folderOf = (runPid: number) => join(tmpdir(), `guanlan-web-of-${runPid}`);

async function build(outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, args, { cwd: root, env });
}

/**
 * The pages, built as for production, once a run: by whoever needs them first, while the others wait.
 * @returns their folder, which is removed when the run is over (`removeBuiltDashboards`)
 */
export async function findBuiltDashboards(runPid = process.ppid): Promise<string> {
  const folder = folderOf(runPid);
  const endMs = performance.now() + patienceMs;
  while (!existsSync(folder)) {
    const making = `${folder}.making`;
    if (mkdirSync(making, { recursive: true }) === undefined) {
      if (performance.now() > endMs) throw new Error(`the dashboards were not built within ${patienceMs} ms`);
      await setTimeout(100);
      continue;
    }
    try {
      await build(making);
      renameSync(making, folder);
    } catch (error) {
      rmSync(making, { recursive: true, force: true });
      throw error;
    }
  }
  return folder;
}

export function removeBuiltDashboards(runPid: number): void {
  for (const folder of [folderOf(runPid), `${folderOf(runPid)}.making`]) {
    rmSync(folder, { recursive: true, force: true });
  }
}
