import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commentsAddress } from '../../crawlers/sources/wechat/calls.ts';
import { biz, canaries, ids, newPage, noticePage, sn } from '../../crawlers/sources/wechat/fixtures/pages.ts';
import { Channel } from '../../pipeline/domain/channel.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { CrawlFixture } from '../../test/harness/crawl-fixture.ts';
import { registerImport } from './channel-import.ts';

const everyClass = ['open', 'victim', 'safety'] as const;
const id = `wechat:article:${biz}:2650001234:2`;
let fixture: CrawlFixture;
let folder: string;
let printed: string[];

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  folder = mkdtempSync(path.join(tmpdir(), 'guanlan-pages-'));
  printed = [];
  const account = { kind: 'wechat', name: '公众号', unit: 'publicity', state: 'live' };
  const channels = [
    { ...account, id: 'wechat', biz, appId: 'wx0123456789abcdef' },
    { ...account, id: 'other', biz: 'MzA5OTk5OTk5OQ==' },
  ].map((channel) => Channel.parse(channel));
  const { stores, clock } = fixture;
  await stores.settings.save('channels', channels, {
    ...{ expectedVersion: 0, actorId: null, source: 'seed:test' },
    ...{ at: clock.now(), id: clock.newId() },
  });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await fixture.close();
});

function save(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function run(...words: string[]): Promise<void> {
  const { stores, queue, clock } = fixture;
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: () => {},
  };
  const { objections } = fixture.deps;
  const context = {
    stores,
    queue,
    clock,
    close: async () => {},
    ...(objections === undefined ? {} : { objections }),
  };
  const channel = new Command('channel');
  registerImport(channel, async () => context as never, terminal);
  await channel.exitOverride().parseAsync(['import', ...words], { from: 'user' });
}

const findText = () => fixture.stores.posts.findText(id, { accessClasses: everyClass });

test('brings in saved pages of the own account, and asks for their comments', async () => {
  const page = newPage({ body: '<p>群发的文章</p>' });
  await run('wechat', save('a.html', page), save('a.html.gz', gzipSync(page)));
  expect(JSON.parse(printed[0] ?? '')).toEqual({ created: 1, edited: 0, unchanged: 1 });
  expect((await findText())?.text).toBe('群发的文章');
  const due = await fixture.stores.ledger.listDue('wechat', fixture.clock.now(), 10);
  expect(due.map(({ url, role }) => [url, role])).toEqual([
    [commentsAddress(ids, { sn, publishedAt: '2024-03-14' }, 0), 'comments'],
  ]);
});

test.each([
  ['of another account', 'other', newPage({ body: '<p>字</p>' })],
  ['that holds a notice', 'wechat', noticePage('该内容已被发布者删除')],
  ['without its number', 'wechat', '<html><div id="js_content"><p>CANARY-AUTHOR</p></div></html>'],
  ['that is packed badly', 'wechat', Buffer.from([0x1f, 0x8b, 1, 2, 3])],
])('takes nothing when one file is a page %s', async (_, channel, content) => {
  const good = save('good.html', newPage({ body: '<p>字</p>' }));
  const failure = await run(channel, good, save('bad.html', content)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(InvalidInput);
  for (const canary of canaries) expect(String(failure)).not.toContain(canary);
  expect(await findText()).toBeNull();
});
