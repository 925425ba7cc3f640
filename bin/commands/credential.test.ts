import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { type Credentials, openCredentials } from '../../pipeline/commands/credentials.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { buildCredentialCommand } from './credential.ts';

const clock = new FakeClock('2026-11-20T01:00:00.000Z');
const canary = 'CANARY-8c1f';
let folder: string;
let stores: Stores;
let keys: ReturnType<typeof openMemoryKeys>;
let credentials: Credentials;
let typed = '';
let printed: string[] = [];
let said: string[] = [];

const account = { unit: 'publicity', state: 'live' };
const channels = [
  { ...account, id: 'weibo', kind: 'weibo', name: '微博', uid: '1234567890', door: 'mobile' },
  { ...account, id: 'wechat', kind: 'wechat', name: '公众号', biz: 'MzA3NDUxOTk2Nw==' },
  { ...account, id: 'screens', kind: 'manual', name: 'LED', platform: 'led' },
].map((channel) => Channel.parse(channel));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-credential-'));
  stores = openStores(folder, clock);
  keys = openMemoryKeys();
  credentials = openCredentials({ store: stores.credentials, keys, clock });
  [printed, said] = [[], []];
  await stores.settings.save('channels', channels, {
    ...{ expectedVersion: 0, actorId: null, source: 'seed:test' },
    ...{ at: clock.now(), id: clock.newId() },
  });
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

async function run(...words: string[]): Promise<void> {
  const openContext = async () => ({ stores, credentials, clock, close: async () => {} });
  const terminal = {
    readInput: async () => typed,
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  await buildCredentialCommand(openContext, terminal).exitOverride().parseAsync(words, { from: 'user' });
}
const output = () => [...printed, ...said].join('\n');

test('takes a secret from standard input and shows it nowhere', async () => {
  typed = `SUB=${canary.slice(0, 6)}; SUBP=2\n`;
  await run('set', 'weibo', '--kind', 'weibo-cookie', '--expires', '2026-12-20');
  expect(await credentials.find('weibo', 'weibo-cookie')).toMatchObject({
    secret: { cookie: 'SUB=CANARY; SUBP=2' },
    facts: { version: 1, state: 'ok', expiresAt: '2026-12-20T16:00:00.000Z' },
  });
  await run('list');
  expect(printed[1]).toBe('weibo\tweibo-cookie\t1\tok\t2026-12-20T16:00:00.000Z\t2026-11-20T01:00:00.000Z\t');
  expect(output()).not.toContain('CANARY');
});

test.each(['ALF=1797696000', 'ALF=02_1797696000'])(
  'reads the end of a login out of its cookie: %s',
  async (alf) => {
    typed = `SUB=1; ${alf}; SUBP=2`;
    await run('set', 'weibo', '--kind', 'weibo-cookie');
    expect((await credentials.find('weibo', 'weibo-cookie'))?.facts.expiresAt).toBe(
      '2026-12-19T16:00:00.000Z',
    );
    await run('set', 'weibo', '--kind', 'weibo-cookie', '--expires', '2026-11-30');
    expect((await credentials.find('weibo', 'weibo-cookie'))?.facts.expiresAt).toBe(
      '2026-11-30T16:00:00.000Z',
    );
  },
);

test('takes one of several fields as JSON, from a file too', async () => {
  const path = join(folder, 'secret.json');
  writeFileSync(path, JSON.stringify({ accessToken: canary, uid: '1234567890' }));
  await run('set', 'weibo', '--kind', 'weibo-oauth', '--file', path);
  expect((await credentials.find('weibo', 'weibo-oauth'))?.secret).toEqual({
    accessToken: canary,
    uid: '1234567890',
  });
  typed = 'app-secret-of-32-characters';
  await run('set', 'wechat', '--kind', 'wechat-app');
  expect((await credentials.find('wechat', 'wechat-app'))?.secret).toEqual({ appSecret: typed });
});

test.each([
  ['none', 'weibo-cookie', canary, /no channel "none"/],
  ['screens', 'weibo-cookie', canary, /no use for a credential/],
  ['wechat', 'weibo-cookie', canary, /no use for a credential/],
  ['wechat', 'wechat-token', canary, /no use for a credential/],
  ['weibo', 'nonsense', canary, /no use for a credential/],
  ['weibo', 'weibo-cookie', ' \n', /no credential of the kind/],
  ['weibo', 'weibo-cookie', `SUB=${canary}\r\nHost: evil`, /no credential of the kind/],
  ['weibo', 'weibo-cookie', JSON.stringify({ cookie: `${canary}\n` }), /no credential of the kind/],
  ['weibo', 'weibo-oauth', canary, /no credential of the kind/],
  ['weibo', 'weibo-oauth', `{"accessToken":"${canary}"`, /no credential of the kind/],
  ['weibo', 'weibo-cookie', 'SUB=CANARY金丝雀', /no credential of the kind/],
  ['weibo', 'weibo-app', JSON.stringify({ [canary]: canary }), /no credential of the kind/],
  ['weibo', 'weibo-oauth', JSON.stringify({ accessToken: canary, uid: '99999' }), /another account/],
])('%s refuses as %s what does not fit (%#), without quoting it', async (channel, kind, text, reason) => {
  typed = text;
  const setting = run('set', channel, '--kind', kind);
  await expect(setting).rejects.toThrow(reason);
  const error: unknown = await setting.catch((thrown: unknown) => thrown);
  const told = error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : String(error);
  expect(told).not.toContain('CANARY');
  expect(await stores.credentials.listFacts()).toEqual([]);
});

test('names a file that cannot be read, and a date that is none', async () => {
  await expect(run('set', 'weibo', '--kind', 'weibo-cookie', '--file', '/none')).rejects.toThrow(/ENOENT/);
  const wrong = run('set', 'weibo', '--kind', 'weibo-cookie', '--expires', '31.12.2026');
  await expect(wrong).rejects.toThrow(/is no date/);
  const past = run('set', 'weibo', '--kind', 'weibo-cookie', '--expires', '2025-12-31');
  await expect(past).rejects.toThrow(/2025-12-31 is past/);
});

test('removes, and says when there is nothing to remove', async () => {
  typed = 'SUB=1';
  await run('set', 'weibo', '--kind', 'weibo-cookie');
  await run('remove', 'weibo', '--kind', 'weibo-cookie');
  expect(await credentials.facts('weibo')).toEqual([]);
  await expect(run('remove', 'weibo', '--kind', 'weibo-cookie')).rejects.toThrow(/has no credential/);
});

test('rotates the key', async () => {
  typed = 'SUB=1';
  await run('set', 'weibo', '--kind', 'weibo-cookie');
  const older = keys.newest().kid;
  await run('rotate-key');
  expect(output()).toContain(`connector-${keys.newest().kid}.key`);
  keys.lose(older);
  expect((await credentials.find('weibo', 'weibo-cookie'))?.secret).toEqual({ cookie: 'SUB=1' });
});
