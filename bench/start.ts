import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.ts';

const executable = join(import.meta.dirname, '../bin/guanlan.js');
const rounds = 5;
const giveUpMs = 60_000;

function run(...script: string[]) {
  return spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** From starting a process to its first line of output, and for the service on to a page that it has answered. */
async function untilFirstPage(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const before = performance.now();
  const child = run(executable, 'start', '--port', '0', '--data', folder);
  const impatient = setTimeout(() => child.kill('SIGKILL'), giveUpMs);
  try {
    for await (const chunk of child.stdout) {
      const url = /http:\/\/\S+/.exec(String(chunk))?.[0];
      if (url === undefined) continue;
      const response = await fetch(url);
      await response.text();
      if (!response.ok) throw new Error(`the first page answered ${response.status}`);
      return performance.now() - before;
    }
    throw new Error('the service ended before it was ready');
  } finally {
    clearTimeout(impatient);
    const ended = new Promise((settle) => child.once('exit', settle));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What must be paid in any case: a process that loads the segmenter. */
async function untilSegmenter(): Promise<number> {
  const before = performance.now();
  const child = run('-e', "require('nodejieba').cut('观澜'); console.log('ready')");
  await new Promise((settle) => child.once('exit', settle));
  return performance.now() - before;
}

/** Start to first page, against a bare process that only loads nodejieba. */
export async function benchStart() {
  const pages: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pages.push(await untilFirstPage());
    bare.push(await untilSegmenter());
  }
  return {
    name: 'start-to-first-page/nodejieba-alone',
    ratio: Math.round((median(pages) / median(bare)) * 1000) / 1000,
    startToFirstPageMs: Math.round(median(pages)),
    nodejiebaAloneMs: Math.round(median(bare)),
    rounds,
  };
}
