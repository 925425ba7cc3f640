import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OnceARun } from './once-a-run.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Removed when the run is over. */
export const builtDashboards = new OnceARun({ name: 'web', base: tmpdir(), patienceMs: 55_000 });

async function build(outDir: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, args, { cwd: root, env });
}

/** The pages, built as for production. @returns their folder */
export const findBuiltDashboards = (): Promise<string> => builtDashboards.findSlowly(build);
