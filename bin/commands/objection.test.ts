import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAuditLog } from '../../pipeline/adapters/sqlite/audit-log.ts';
import { openObjectionList } from '../../pipeline/adapters/sqlite/objection-list.ts';
import { type Objections, openObjections } from '../../pipeline/commands/objections.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { buildObjectionCommand } from './objection.ts';

const clock = new FakeClock('2026-11-20T17:00:00.000Z');
const account = '7700123456';
const reference = '沧宣异〔2026〕3号';
let file: SqliteFile;
let audit: AuditLog;
let objections: Objections;
let keys: ReturnType<typeof openMemoryKeys>;
let typed = '';
let printed: string[] = [];
let said: string[] = [];

beforeEach(() => {
  file = openSqliteFile();
  const db = file.connect();
  audit = openAuditLog(db);
  keys = openMemoryKeys('objection');
  objections = openObjections({ list: openObjectionList(db), keys, clock });
  [printed, said] = [[], []];
});
afterEach(() => file.close());

async function run(...words: string[]): Promise<void> {
  const terminal = {
    readInput: async () => typed,
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const openContext = async () => ({ objections, clock, close: async () => {} });
  await buildObjectionCommand(openContext, terminal).exitOverride().parseAsync(words, { from: 'user' });
}
const add = (platform = 'weibo', ...more: string[]) =>
  run('add', '--platform', platform, '--reference', reference, ...more);

test('adds an account and prints the entry alone', async () => {
  typed = `${account}\n`;
  await add();
  expect(printed).toHaveLength(1);
  const [id = ''] = printed;
  const { isObjector } = await objections.read();
  expect(isObjector('weibo', account)).toBe(true);
  expect(isObjector('weibo', '7700123457')).toBe(false);
  await run('list');
  // Half past midnight of the 21st in Shanghai.
  expect(printed[2]).toBe(`${id}\tweibo\t2026-11-21\t${reference}`);
  expect([...printed, ...said].join('\n')).not.toContain(account);
  expect(await audit.countUnlinked('audit')).toBe(1);
});

test.each([
  ['weibo', '张三', reference, /no account number/],
  ['weibo', '', reference, /no account number/],
  ['wechat', 'CANARYshort', reference, /no account number/],
  ['qq', account, reference, /no list for "qq"/],
  ['weibo', account, ' ', /field reference is not valid/],
  ['weibo', account, 'x'.repeat(61), /field reference is not valid/],
])('%s refuses %j (%#), without quoting it', async (platform, given, number, reason) => {
  typed = given;
  const adding = run('add', '--platform', platform, '--reference', number);
  await expect(adding).rejects.toThrow(reason);
  const error: unknown = await adding.catch((thrown: unknown) => thrown);
  if (given.length > 3) expect(String((error as Error).stack)).not.toContain(given);
  expect(await objections.list()).toEqual([]);
});

test('refuses a day that is none, and an account that is on the list', async () => {
  typed = account;
  await expect(add('weibo', '--received', '20.11.2026')).rejects.toThrow(/field receivedOn/);
  await add('weibo', '--received', '2026-11-01');
  await expect(add()).rejects.toThrow(/on the list already/);
  keys.add();
  await expect(add()).rejects.toThrow(/on the list already/);
});

test('removes with a reason', async () => {
  typed = account;
  await add();
  const [id = ''] = printed;
  await expect(run('remove', id, '--reason', ' ')).rejects.toThrow(/A reason has/);
  await run('remove', id, '--reason', '本人撤回');
  expect((await objections.read()).isObjector('weibo', account)).toBe(false);
  await expect(run('remove', id, '--reason', '本人撤回')).rejects.toThrow(/no objection/);
});

test('rotates the key; whom an older key knows is still known', async () => {
  typed = account;
  await add();
  await run('rotate-key');
  expect(said.at(-1)).toContain(keys.fileOf(keys.newest().kid));
  typed = '7700999999';
  await add();
  const { isObjector } = await objections.read();
  expect([account, typed].map((id) => isObjector('weibo', id))).toEqual([true, true]);
});
