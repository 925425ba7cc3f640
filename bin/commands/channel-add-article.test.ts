import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { registerAddArticle } from './channel-add-article.ts';

const clock = new FakeClock('2026-11-20T01:00:00.000Z');
const biz = 'MzA3NDUxOTk2Nw==';
const short = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOp';
const long = `https://mp.weixin.qq.com/s?__biz=${biz}&mid=265&idx=1&sn=abc`;
let folder: string;
let stores: Stores;
let printed: string[];
let said: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-channel-'));
  stores = openStores(folder, clock);
  [printed, said] = [[], []];
  const account = { unit: 'publicity', state: 'live' };
  const channels = [
    { ...account, id: 'wechat', kind: 'wechat', name: '公众号', biz },
    { ...account, id: 'screens', kind: 'manual', name: 'LED', platform: 'led' },
  ].map((channel) => Channel.parse(channel));
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
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const openContext = async () => ({ stores, clock, close: async () => {} });
  const command = new Command('channel').exitOverride();
  registerAddArticle(command, openContext, terminal);
  await command.parseAsync(words, { from: 'user' });
}

test('puts articles and albums into the ledger, without what tells who copied them', async () => {
  const album = `https://mp.weixin.qq.com/mp/appmsgalbum?__biz=${biz}&action=getalbum&album_id=1645521656368381958&uin=CANARY`;
  await run('add-article', 'wechat', `${short}?key=CANARY`, `${long}&key=CANARY#rd`, album);
  expect(printed.map((line) => line.split('\t').slice(0, 3))).toEqual([
    ['1', 'added', 'article'],
    ['2', 'added', 'article'],
    ['3', 'added', 'album'],
  ]);
  const due = await stores.ledger.listDue('wechat', clock.now(), 10);
  expect(due.map(({ role }) => role)).toEqual(['list', 'article', 'article']);
  expect(JSON.stringify([due, printed])).not.toContain('CANARY');
});

test('asks again for one that is known', async () => {
  await run('add-article', 'wechat', short);
  const page = await stores.ledger.findPage('wechat', short);
  if (page === null) throw new Error('not in the ledger');
  const { channelId: _, url: __, role: ___, pageNumber: ____, ...rest } = page;
  await stores.ledger.settle('wechat', short, {
    ...rest,
    state: 'failed',
    dueAt: '2026-12-01T00:00:00.000Z',
  });
  await run('add-article', 'wechat', short);
  expect(printed.at(-1)).toContain('asked-again');
  expect((await stores.ledger.findPage('wechat', short))?.dueAt).toBe(clock.now());
});

test('refuses another account, other hosts and temporary addresses, and takes the rest', async () => {
  const other = long.replace(biz, 'MzA5OTk5OTk5OQ==');
  const wrong = [
    other,
    'https://example.com/s/AbCdEfGhIjKlMnOp',
    'https://mp.weixin.qq.com/s?src=1&signature=x',
  ];
  await expect(run('add-article', 'wechat', ...wrong, short)).rejects.toThrow(InvalidInput);
  expect(printed.map((line) => line.split('\t')[1])).toEqual(['refused', 'refused', 'refused', 'added']);
  expect(await stores.ledger.listDue('wechat', clock.now(), 10)).toHaveLength(1);
});

test('is for WeChat channels only', async () => {
  await expect(run('add-article', 'screens', short)).rejects.toThrow(InvalidInput);
  await expect(run('add-article', 'none', short)).rejects.toThrow(NotFound);
});
