import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { passwordOnly } from '../../config/sign-in.ts';
import { readTables } from '../../pipeline/extract/read-tables.ts';
import { encodeGbk } from '../../test/campus/gbk.ts';
import { type Office, openOffice } from '../../test/harness/office.ts';
import { buildSetupCommand, type SetupContext } from './setup.ts';

let office: Office;
let folder: string;
let printed: string[];
let said: string[];
beforeEach(async () => {
  office = await openOffice();
  folder = mkdtempSync(join(tmpdir(), 'guanlan-setup-'));
  printed = [];
  said = [];
});
afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
async function run(...args: string[]): Promise<void> {
  const context: SetupContext = { ...office.deps, config: { signIn: passwordOnly }, close: async () => {} };
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  await buildSetupCommand(async () => context, terminal).parseAsync(['node', 'setup', ...args]);
}

it('writes the template once, every cell of it text', async () => {
  await run('template', '--out', at('school.xlsx'));
  const { tables } = readTables(new Uint8Array(readFileSync(at('school.xlsx'))));
  expect(tables.map(({ name }) => name)).toEqual(['单位', '人员', '值班表', '审校链', '说明']);
  expect(tables[1]?.rows[1]?.cells[1]).toBe('001234');
  await expect(run('template', '--out', at('school.xlsx'))).rejects.toThrow('is there already');
});

it('checks a CSV in GBK, then brings it in with a file of passwords', async () => {
  writeFileSync(at('people.csv'), encodeGbk('姓名,账号,角色\r\n张伟,zhangwei,审核员\r\n'));
  await run('import', at('people.csv'), '--check');
  expect(printed).toEqual(['people\tadded\t张伟（zhangwei）\t单位：无；角色：舆情审核员；将生成初始密码']);
  expect(await office.stores.users.list()).toEqual([]);
  expect(said.at(-1)).toBe('No part of the file was written: leave out --check to import it.');
  printed = [];
  await expect(run('import', at('people.csv'))).rejects.toThrow('--passwords');
  expect(printed).toEqual([]);
  await run('import', at('people.csv'), '--passwords', at('first.csv'));
  expect(readFileSync(at('first.csv'), 'utf8')).toMatch(
    /^\ufeff账号,姓名,初始密码\r\nzhangwei,张伟,[a-z2-9-]{23}\r\n$/,
  );
  expect(statSync(at('first.csv')).mode & 0o777).toBe(0o600);
  expect(await office.stores.users.list()).toMatchObject([{ login: 'zhangwei', mustChangePassword: true }]);
  printed = [];
  await run('import', at('people.csv'), '--check');
  expect([printed, said.at(-1)]).toEqual([[], 'Nothing would change.']);
});

it('names each problem by sheet, row and column, and imports nothing', async () => {
  writeFileSync(at('people.csv'), '姓名,账号,角色\n张伟,zhangwei,班主任\n李华,,审核员\n');
  await expect(run('import', at('people.csv'), '--passwords', at('first.csv'))).rejects.toThrow('2 problems');
  expect(printed.map((line) => line.split('\t').slice(0, 4))).toEqual([
    ['problem', 'Sheet1', '2', '角色'],
    ['problem', 'Sheet1', '3', '账号'],
  ]);
  expect(existsSync(at('first.csv'))).toBe(false);
  expect(await office.stores.users.list()).toEqual([]);
  await expect(run('import', at('nowhere.xlsx'))).rejects.toThrow('ENOENT');
});
