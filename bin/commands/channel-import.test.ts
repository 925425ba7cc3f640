import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Channel, Governance } from '../../pipeline/domain/channel.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { card, cardList, comment, hotflow, ownAccount, status } from '../../test/builders/weibo-answers.ts';
import { CrawlFixture } from '../../test/harness/crawl-fixture.ts';
import { registerImport } from './channel-import.ts';

const a = '5270000000000001';
const b = '5270000000000002';
const c = '5270000000000003';
let fixture: CrawlFixture;
let folder: string;
let printed: string[];
let said: string[];

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  folder = mkdtempSync(path.join(tmpdir(), 'guanlan-import-'));
  [printed, said] = [[], []];
  const channel = {
    id: 'weibo',
    kind: 'weibo',
    name: '微博',
    unit: 'publicity',
    state: 'live',
    door: 'import',
    uid: ownAccount,
  };
  const { stores, clock } = fixture;
  await stores.settings.save('channels', [Channel.parse(channel)], {
    ...{ expectedVersion: 0, actorId: null, source: 'seed:test' },
    ...{ at: clock.now(), id: clock.newId() },
  });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await fixture.close();
});

async function govern() {
  const { stores, clock } = fixture;
  const governance = Governance.parse({
    ...{ school: '沧澜师范学院', controller: '沧澜师范学院', independentReviewer: '纪检监察室' },
    noticeUrl: 'https://www.canglan.example/notice.htm',
    impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
  });
  await stores.settings.save('governance', governance, {
    ...{ expectedVersion: await stores.settings.readVersion(), actorId: null, source: 'test' },
    ...{ at: clock.now(), id: clock.newId() },
  });
}

function save(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function run(...words: string[]): Promise<Record<string, number>> {
  const { stores, queue, clock } = fixture;
  const read = async () => ({ isObjector: () => false, problem: null });
  const objections = { read } as never;
  const context = { stores, queue, clock, objections, close: async () => {} };
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const command = new Command('channel').exitOverride();
  registerImport(command, async () => context, terminal);
  await command.parseAsync(['import', 'weibo', ...words], { from: 'user' });
  return JSON.parse(printed.at(-1) ?? '{}');
}

const find = (kind: string, id: string) => fixture.stores.posts.findPost(`weibo:${kind}:${id}`);

describe('guanlan channel import', () => {
  it('stores statuses and the comments under them, once', async () => {
    await govern();
    const files = [
      save('list.json', cardList([card(status(a))])),
      save('comments.json', { ...hotflow([comment(c)]), url: undefined }),
    ];
    const report = { statuses: 1, comments: 1, created: 2, edited: 0, unchanged: 0, refused: 0 };
    expect(await run(...files, '--status', a)).toMatchObject(report);
    expect(await find('comment', c)).toMatchObject({ rootId: a, parentId: a });
    expect(await run(...files, '--status', a)).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('takes comments under known statuses of the account only (R1)', async () => {
    await govern();
    await run(save('list.json', cardList([card(status(a))])));
    expect(await run(save('c.json', hotflow([comment(c)])), '--status', a)).toMatchObject({ comments: 1 });
    expect(await run(save('d.json', hotflow([comment(b)])), '--status', b)).toMatchObject({
      comments: 0,
      refused: 1,
    });
    expect(await run(save('e.json', hotflow([comment(b)])))).toMatchObject({ comments: 0, refused: 1 });
    expect(await find('comment', b)).toBeNull();
    expect(said.at(-1)).toMatch(/1 left out/);
  });

  it('stores no comment while nobody answers for it (R21), and says so', async () => {
    const report = await run(save('x.json', [status(a), comment(c)]), '--status', a);
    expect(report).toMatchObject({ statuses: 1, comments: 0, commentsOff: 1 });
    expect(said.at(-1)).toMatch(/comments are not gathered/);
    expect(await find('comment', c)).toBeNull();
  });

  it('stores nothing of all files when one is broken, and names it', async () => {
    const files = [
      save('good.json', cardList([card(status(a))])),
      save('bad.csv', '正文,发布时间,链接\n好,昨儿,x'),
    ];
    const running = run(...files);
    await expect(running).rejects.toThrow(InvalidInput);
    await expect(running).rejects.toThrow(/bad\.csv, row 2/);
    expect(await find('status', a)).toBeNull();
    await expect(run(path.join(folder, 'none.json'))).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });

  it.each([
    ['2026-03-05T12:00', '2026-03-05T03:55:00.000Z'],
    ['2026-03-05 12:00:30', '2026-03-05T03:55:30.000Z'],
    ['2026-03-05T12:00:00Z', '2026-03-05T11:55:00.000Z'],
  ])(
    'reads what is relative against %s, on a Shanghai clock unless it has a zone',
    async (savedAt, expected) => {
      const table = `微博id,用户id,正文,发布时间\n5270001,${ownAccount},热水已恢复,5分钟前`;
      await run(save('t.csv', table), '--saved-at', savedAt);
      expect(await find('status', '5270001')).toMatchObject({ publishedAt: expected });
    },
  );

  it('takes no other word for an instant', async () => {
    const file = save('list.json', cardList([card(status(a))]));
    for (const word of ['yesterday', '2026-13-45', '2026-02-30', '2026-03-05T12'])
      await expect(run(file, '--saved-at', word)).rejects.toThrow(/give a date and time/);
  });

  it('leaves a whole text alone when a list shows its beginning', async () => {
    await run(save('whole.json', status(a, { text: '开头和后来' })));
    const list = cardList([card(status(a, { text: '开头...<a href="/status/1">全文</a>' }))]);
    expect(await run(save('list.json', list))).toMatchObject({ statuses: 0, edited: 0 });
  });
});
