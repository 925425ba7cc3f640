import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { findBuiltDashboards } from '../harness/built-dashboards.ts';

/** What a phone on a campus network waits for before the first queue stands there. */
const limitKiB = 250;

/** Every script that is fetched before somebody opens another page: the entry, and what its start waits for. */
function findFirstScripts(folder: string): Set<string> {
  const found = new Set<string>();
  function follow(path: string) {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(folder, path), 'utf8');
    const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)];
    // `main.ts` awaits its own; anywhere else a late import is a page that is opened later.
    const awaited = path === entry ? [...text.matchAll(/\bimport\(\s*["'`](\.[^"'`]+\.js)["'`]\s*\)/g)] : [];
    for (const [, one = ''] of [...imports, ...awaited]) follow(join(dirname(path), one));
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const entry = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(page)?.[1] ?? '';
  follow(entry);
  return found;
}

it(`signing in and the workbench load at most ${limitKiB} KiB of script, as sent`, async () => {
  const folder = await findBuiltDashboards();
  const sizes = [...findFirstScripts(folder)].map((path) => ({
    path,
    kiB: gzipSync(readFileSync(join(folder, path))).length / 1024,
  }));
  const total = sizes.reduce((sum, { kiB }) => sum + kiB, 0);
  expect(sizes.length).toBeGreaterThan(1);
  // Both would mean that the scripts were not found.
  expect(total).toBeGreaterThan(100);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(limitKiB);
}, 120_000);
