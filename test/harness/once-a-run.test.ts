import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtDashboards } from './built-dashboards.ts';
import { builtProgram } from './built-program.ts';
import { OnceARun } from './once-a-run.ts';
import { setup } from './run-setup.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'guanlan-once-'));
});
afterEach(() => rmSync(base, { recursive: true }));

const open = (patienceMs = 5_000) => new OnceARun({ name: 'thing', base, patienceMs });
let made = 0;
const make = (folder: string) => {
  made += 1;
  writeFileSync(join(folder, 'of'), String(made));
};
const read = (folder: string) => readFileSync(join(folder, 'of'), 'utf8');

it('is made by whoever comes first, and found by the others', async () => {
  const [before, once] = [made, open()];
  const slowly = async (folder: string) => {
    await setTimeout(50);
    make(folder);
  };
  const found = await Promise.all([1, 2, 3].map(() => once.findSlowly(slowly, 7)));
  expect([...found, once.find(make, 7)].map(read)).toEqual(Array(4).fill(String(before + 1)));
  expect(read(once.find(make, 8))).toBe(String(before + 2));
});

it('is not made anew over what another one finished between two looks', () => {
  class Overtaken extends OnceARun {
    private looks = 0;
    protected override isMade(folder: string): boolean {
      this.looks += 1;
      if (this.looks > 1) return super.isMade(folder);
      open().find(make, 7);
      return false;
    }
  }
  const before = made;
  const found = new Overtaken({ name: 'thing', base, patienceMs: 5_000 }).find(make, 7);
  expect([read(found), made]).toEqual([String(before + 1), before + 1]);
  expect(readdirSync(base)).toHaveLength(1);
});

it('where it cannot be made, the next one tries again; who waits in vain says so', async () => {
  const once = open(100);
  expect(() =>
    once.find(() => {
      throw new Error('no room');
    }, 7),
  ).toThrow('no room');
  expect(existsSync(once.find(make, 7))).toBe(true);
  mkdirSync(`${once.folderOf(9)}.making`);
  expect(() => once.find(make, 9)).toThrow('thing was not made within 100 ms');
  await expect(once.findSlowly(async (folder) => make(folder), 9)).rejects.toThrow('within 100 ms');
});

it('what a killed run of the same number left is gone before anything is looked for', () => {
  const left = [builtProgram, builtDashboards].flatMap((once) => [
    once.folderOf(process.pid),
    `${once.folderOf(process.pid)}.making`,
  ]);
  for (const folder of left) mkdirSync(folder, { recursive: true });
  setup();
  expect(left.filter((folder) => existsSync(folder))).toEqual([]);
});
