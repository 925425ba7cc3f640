import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Credentials, openCredentials } from '../pipeline/commands/credentials.ts';
import { Governance, WechatChannel } from '../pipeline/domain/channel.ts';
import { type Campus, startCampus } from '../test/campus/campus.ts';
import { answered, type Story, type StoryArticle, said } from '../test/campus/content/stories/story.ts';
import { CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { openMemoryKeys } from '../test/harness/memory-keys.ts';
import { openCrawler } from './main.ts';
import { findSnapshot } from './snapshot.ts';
import { addWechatAddresses } from './sources/wechat/add-addresses.ts';
import { commentsAddress, publishedAddress } from './sources/wechat/calls.ts';

const dayMs = 86_400_000;
const everyClass = ['open', 'victim', 'safety'] as const;

const published = (index: number): StoryArticle => ({
  key: `published-${index}`,
  when: 24 * (index + 2),
  title: `第${index}篇`,
  paragraphs: [`第${index}篇的第一段。`, '第二段“引号”与<尖括号>。'],
  ...(index === 0
    ? { remarks: [said(20, '几点开门'), said(19, '辛苦了', answered(18, '谢谢'))] }
    : { closed: true }),
});

const stories: readonly Story[] = [
  {
    name: 'account',
    articles: [
      ...Array.from({ length: 20 }, (_, index) => published(index)),
      {
        key: 'sent',
        when: 30,
        title: '群发的文章',
        template: '2018',
        paragraphs: ['群发的第一段。', '群发的第二段。'],
        massSent: true,
        remarks: [said(20, '什么时候放假'), said(19, '好的', answered(18, '祝好'))],
      },
      { key: 'sent-too', when: 31, title: '另一篇', paragraphs: ['另一段。'], massSent: true, closed: true },
      { ...published(1), key: 'short', when: 10, form: 'text', paragraphs: ['第一行', '第二行'] },
      { ...published(1), key: 'pictures', when: 11, title: '雪后的操场', form: 'image' },
      { ...published(1), key: 'gone', when: 60, goneAt: 2, title: '已撤下' },
    ],
  },
];

let campus: Campus;
let fixture: CrawlFixture;
let credentials: Credentials;
let channel: WechatChannel;

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  const { clock, stores } = fixture;
  campus = await startCampus({ today: new Date(clock.now()), now: () => new Date(clock.now()), stories });
  const { biz, appId, appSecret } = campus.wechat;
  channel = WechatChannel.parse({
    ...{
      kind: 'wechat',
      id: 'account',
      name: '公众号',
      unit: 'publicity',
      responsible: '林老师',
      state: 'live',
    },
    ...{ biz, appId, requestsPerMinute: 6000 },
  });
  credentials = openCredentials({ store: stores.credentials, keys: openMemoryKeys(), clock });
  await credentials.save(channel.id, 'wechat-app', { appSecret }, { expiresAt: null, actorId: null });
  const governance = Governance.parse({
    ...{
      school: '学校',
      controller: '学校',
      independentReviewer: '纪委',
      noticeUrl: 'https://www.example.edu.cn/n',
    },
    impactAssessment: { signedOn: '2026-01-01', expiresOn: '2027-12-31' },
  });
  await stores.settings.save('governance', governance, {
    ...{ expectedVersion: await stores.settings.readVersion(), actorId: null, source: 'test' },
    ...{ at: clock.now(), id: clock.newId() },
  });
});
afterEach(async () => {
  await campus.close();
  await fixture.close();
});

async function run() {
  const crawler = openCrawler({ ...fixture.deps, credentials, platforms: campus.platforms });
  try {
    return await crawler.run(channel);
  } finally {
    await crawler.close();
  }
}

const add = (...texts: string[]) =>
  addWechatAddresses({ ledger: fixture.stores.ledger, clock: fixture.clock }, channel, texts);

const of = (key: string) => {
  const article = campus.wechat.expected.articles.find((each) => each.key === key);
  if (article === undefined) throw new Error(`no ${key}`);
  return article;
};
const idOf = (key: string) => `account:article:${of(key).biz}:${of(key).mid}:${of(key).idx}`;
const textOf = (id: string) => fixture.stores.posts.findText(id, { accessClasses: everyClass });

describe('the own account’s interface', () => {
  it('gives everything that it lists, in one run, under one token', async () => {
    const ended = await run();
    expect(ended).toMatchObject({ outcome: 'complete', reachedBack: true, credential: 'ok', unknown: 0 });
    for (const article of campus.wechat.expected.articles.filter(({ massSent }) => !massSent)) {
      const text = await textOf(idOf(article.key));
      for (const words of article.words) expect(text?.text).toContain(words);
    }
    expect(await textOf(idOf('sent'))).toBeNull();
    expect(campus.wechat.tokensGiven()).toBe(1);
    expect(ended.newestItemAt).not.toBeNull();
  });

  it('gives comments with our replies below them', async () => {
    await run();
    const article = idOf('published-0').replace('account:article:', '');
    for (const { id, official, words } of of('published-0').remarks) {
      const comment = `account:comment:${article}:${id}${official ? ':reply' : ''}`;
      const post = await fixture.stores.posts.findPost(comment);
      expect(post).toMatchObject({ rootId: article, parentId: official ? `${article}:${id}` : article });
      for (const word of words) expect((await textOf(comment))?.text).toContain(word);
    }
  });

  it('is asked for its first page only while nothing was published', async () => {
    await run();
    fixture.clock.advance(3_600_000);
    const asked = campus.requests().length;
    const again = await run();
    expect(again).toMatchObject({ outcome: 'complete', created: 0, edited: 0 });
    const paths = campus
      .requests()
      .slice(asked)
      .map(({ path }) => path.replace(/\?.*/, ''));
    expect(paths.filter((path) => path === '/cgi-bin/freepublish/batchget')).toHaveLength(1);
    fixture.clock.advance(3_600_000);
    campus.wechat.control.publishArticle({ key: 'new', title: '新的一篇', paragraphs: ['新的一段。'] });
    const before = campus.requests().length;
    expect(await run()).toMatchObject({ created: 1 });
    const later = campus
      .requests()
      .slice(before)
      .filter(({ path }) => path.startsWith('/cgi-bin/freepublish'));
    expect(later).toHaveLength(2);
  });

  it('tells what was taken down', async () => {
    await run();
    const id = idOf('published-3');
    campus.wechat.control.deleteArticle('published-3');
    fixture.clock.advance(8 * dayMs);
    expect(await run()).toMatchObject({ gone: 1 });
    expect((await fixture.stores.posts.findPost(id))?.marks).toContain('source-deleted');
  });

  it('whose token ends in the middle of a run goes on with a new one', async () => {
    campus.wechat.control.expireTokenAfter(1);
    await run();
    fixture.clock.advance(3_600_000);
    campus.wechat.control.expireTokenAfter(1);
    expect(await run()).toMatchObject({ outcome: 'complete', credential: 'ok' });
    expect(campus.wechat.tokensGiven()).toBeGreaterThan(1);
  });

  it.each([
    [40_164, 'credential', '203.0.113.7'],
    [48_001, 'credential', '微信认证'],
    [40_125, 'credential', 'AppSecret'],
    [45_009, 'refused', '45009'],
  ])('refused with %i: the run ends, and says why', async (code, outcome, words) => {
    campus.wechat.control.failWith(code);
    const ended = await run();
    expect(ended).toMatchObject({ outcome, created: 0, reachedBack: false });
    expect(`${ended.note} ${ended.nextStep}`).toContain(words);
    if (outcome === 'credential') expect(ended.nextStep).toContain('林老师');
    expect(JSON.stringify(ended)).not.toMatch(/canarywechat|rid:/);
    campus.wechat.control.failWith(null);
    fixture.clock.advance(dayMs);
    if (code !== 40_125) expect(await run()).toMatchObject({ outcome: 'complete' });
  });

  it('keeps token and secret out of the ledger', async () => {
    await run();
    const pages = await fixture.stores.ledger.listPages(channel.id, ['done', 'due', 'failed', 'gone'], 1000);
    expect(pages.length).toBeGreaterThan(2);
    expect(JSON.stringify(pages)).not.toMatch(/canarywechat|access_token/);
    expect(pages.map(({ url }) => url)).toContain(publishedAddress(0, null));
  });
});

describe('articles by their addresses', () => {
  it('that were sent to all followers come from a pasted address or an album, with their comments', async () => {
    await add(of('sent').urls[0] ?? '', campus.wechat.albumUrl);
    expect(await run()).toMatchObject({ outcome: 'complete', unknown: 0 });
    for (const key of ['sent', 'sent-too']) {
      const text = await textOf(idOf(key));
      for (const words of of(key).words) expect(text?.text).toContain(words);
    }
    const article = idOf('sent').replace('account:article:', '');
    expect(
      await fixture.stores.posts.findPost(`account:comment:${article}:${of('sent').remarks[0]?.id}`),
    ).not.toBeNull();
  });

  it('are one post, whichever address and door they came by', async () => {
    const before = await run();
    await add(...of('published-2').urls, ...of('published-3').urls);
    fixture.clock.advance(3_600_000);
    expect(await run()).toMatchObject({ created: 0, edited: 0, unknown: 0 });
    expect(before.created).toBeGreaterThan(20);
  });

  it('of another account are refused before or after reading, and nothing is stored (R1)', async () => {
    const own = of('sent').urls[0] ?? '';
    await add(own);
    const foreign = { ...channel, biz: 'MzA5OTk5OTk5OQ==', appId: undefined };
    channel = WechatChannel.parse(foreign);
    const ended = await run();
    expect(ended).toMatchObject({ created: 0, failed: 1 });
    expect((await fixture.page(channel, own)).error).toContain('another account');
    expect(await fixture.deps.blobs.list('own-article')).toEqual([]);
    expect(await fixture.deps.blobs.list('raw-page')).toEqual([]);
    expect((await add(of('sent').urls[1] ?? ''))[0]).toMatchObject({ outcome: 'refused' });
  });

  it('show what became of them', async () => {
    const url = of('sent').urls[0] ?? '';
    channel = WechatChannel.parse({ ...channel, appId: undefined });
    await add(url);
    expect(await run()).toMatchObject({ created: 1, credential: 'none-needed' });
    const id = idOf('sent');
    const { control } = campus.wechat;
    for (const [notice, outcome] of [
      ['unavailable', 'failed'],
      ['login', 'failed'],
      ['violating', 'gone'],
    ] as const) {
      control.showInstead('sent', notice);
      fixture.clock.advance(9 * dayMs);
      await run();
      expect((await fixture.page(channel, url)).state).toBe(outcome);
      const marks = (await fixture.stores.posts.findPost(id))?.marks ?? [];
      expect(marks.includes('source-deleted')).toBe(outcome === 'gone');
    }
  });

  it('behind a verification page are left alone, and the run says so', async () => {
    await add(of('sent').urls[0] ?? '');
    campus.wechat.control.blockPages('captcha');
    const ended = await run();
    expect(ended).toMatchObject({ outcome: 'refused' });
    expect(ended.note).toContain('verification');
    expect(campus.requests().filter(({ path }) => path.startsWith('/s/'))).toHaveLength(1);
  });

  it('leave no trace of who wrote them, in text and in what is kept of the page (R2)', async () => {
    await add(of('sent').urls[0] ?? '', of('sent-too').urls[0] ?? '', of('short').urls[0] ?? '');
    await run();
    const hashes = [
      ...(await fixture.deps.blobs.list('own-article')),
      ...(await fixture.deps.blobs.list('raw-page')),
    ];
    expect(hashes.length).toBeGreaterThan(1);
    for (const hash of hashes) {
      const kept = Buffer.from(
        (await findSnapshot(fixture.deps.blobs, 'own-article', hash)) ?? [],
      ).toString();
      for (const value of campus.wechat.expected.neverStored) expect(kept).not.toContain(value);
    }
  });
});

describe('comments', () => {
  it('are not asked for while they may not be gathered', async () => {
    channel = { ...channel, comments: false };
    await run();
    expect(campus.requests().filter(({ path }) => path.startsWith('/cgi-bin/comment'))).toEqual([]);
    const { biz, mid, idx, publishedAt } = of('published-0');
    const sn = new URL(of('published-0').urls[1] ?? '').searchParams.get('sn') ?? '';
    expect(
      await fixture.page(channel, commentsAddress({ biz, mid, idx }, { sn, publishedAt }, 0)),
    ).toMatchObject({
      state: 'due',
    });
  });
});
