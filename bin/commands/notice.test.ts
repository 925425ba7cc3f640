import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Office, openOffice } from '../../test/harness/office.ts';
import { buildNoticeCommand } from './notice.ts';

let office: Office;
let folder: string;
let printed: string[];
let said: string[];
beforeEach(async () => {
  office = await openOffice();
  folder = mkdtempSync(join(tmpdir(), 'guanlan-notice-'));
  printed = [];
  said = [];
});
afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<void> {
  const { stores, clock } = office;
  const terminal = {
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const command = buildNoticeCommand(async () => ({ stores, clock, close: async () => {} }), terminal);
  await command.parseAsync(['node', 'notice', ...args]);
}

it('says in a line that a file is where the folder should be', async () => {
  const path = join(folder, 'taken');
  writeFileSync(path, 'kept');
  const refusal = { field: 'out', message: `--out ${path}: a file is in the way; name a folder.` };
  await expect(run('--out', path)).rejects.toMatchObject(refusal);
  await expect(run('--out', join(path, 'below'))).rejects.toMatchObject({ field: 'out' });
  expect(printed).toEqual([]);
});

it.each(['99', '2027', '2019', 'last', '2026.5'])('refuses --year %s and writes nothing', async (year) => {
  const out = join(folder, 'pages');
  const refusal = { field: 'year', message: `--year ${year}: give a year from 2020 to 2026.` };
  await expect(run('--out', out, '--year', year)).rejects.toMatchObject(refusal);
  expect(existsSync(out)).toBe(false);
});

it('writes the pages and warns that they lead nowhere while no contact is filled in', async () => {
  await run('--out', join(folder, 'pages'), '--year', '2025');
  expect(printed).toHaveLength(4);
  expect(said).toEqual([expect.stringContaining('fill in contact (phone, email, post)')]);
});
