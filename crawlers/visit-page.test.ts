import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SiteChannel } from '../pipeline/domain/channel.ts';
import { buildArticleHtml, buildListHtml, buildLoginHtml, buildRows } from '../test/builders/site-pages.ts';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';
import { settleParsing } from './ledger.ts';
import { findSnapshot } from './snapshot.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const text =
  '各单位：本周六上午对教学楼设备进行检修，请提前保存好资料，检修期间教室暂停使用。\n联系人见值班表。';
const article = (number: number, body = text) => ({
  body: buildArticleHtml({ title: `关于做好第${number}号教室设备检修工作的通知`, text: body }),
});

let site: SiteServer;
let fixture: CrawlFixture;
let channel: SiteChannel;

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 300, totalMs: 600 } });
  site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, 4)) } });
  for (let number = 1; number <= 12; number++) site.set(`/info/1031/${number}.htm`, article(number));
  channel = buildSiteChannel([site.host], { startUrls: [site.url('/tzgg.htm')] });
});
afterEach(async () => {
  await site.close();
  await fixture.close();
});

const pageOf = (path: string) => fixture.page(channel, site.url(path));
const stateOf = async (path: string) => {
  const { state, attempts, error } = await pageOf(path);
  return { state, attempts, error };
};

describe('what goes wrong with one page', () => {
  it.each([
    ['403', { status: 403 }, /^status 403: the server refuses us/],
    ['500', { status: 500 }, /^status 500: the server could not answer/],
    ['a silent host', { hang: 'silent' as const }, /no (complete )?answer within/],
    ['a reset', { body: '<p>half', reset: true }, /connection closed/],
    ['a login wall', { body: buildLoginHtml() }, /asks for a login/],
  ])(
    '%s is its own affair, tried again with growing pauses and kept as failed',
    async (_name, answer, why) => {
      site.set('/info/1031/2.htm', answer);
      expect(await fixture.run(channel)).toMatchObject({
        state: 'finished',
        created: 3,
        failed: 1,
        note: null,
      });
      expect(await stateOf('/info/1031/2.htm')).toMatchObject({
        state: 'due',
        attempts: 1,
        error: expect.stringMatching(why),
      });
      for (let i = 0; i < 4; i++) {
        fixture.clock.advance(5 * hourMs);
        await fixture.run(channel);
      }
      expect(await stateOf('/info/1031/2.htm')).toMatchObject({ state: 'failed', attempts: 5 });
      site.set('/info/1031/2.htm', article(2));
      fixture.clock.advance(dayMs);
      expect(await fixture.run(channel)).toMatchObject({ created: 1 });
      expect(await stateOf('/info/1031/2.htm')).toEqual({ state: 'done', attempts: 0, error: null });
    },
  );

  it('a page of 50 MB is refused with its limit, nothing kept', async () => {
    site.set('/info/1031/2.htm', { body: '<p>', fillBytes: 50 * 1_048_576 });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, failed: 1 });
    expect(await stateOf('/info/1031/2.htm')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('larger than 10 MiB'),
    });
  });

  it.each([
    ['http://evil.example/x', /host evil\.example is not on the channel/],
    ['http://169.254.169.254/latest', /169\.254\.169\.254/],
  ])('a redirect to %s is refused by name', async (location, why) => {
    site.set('/info/1031/2.htm', { status: 302, headers: { location } });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, refused: 1 });
    expect(await stateOf('/info/1031/2.htm')).toMatchObject({
      state: 'refused',
      error: expect.stringMatching(why),
    });
  });

  it('a file under a page’s address is left alone', async () => {
    site.set('/info/1031/2.htm', { body: '%PDF-1.7', headers: { 'content-type': 'application/pdf' } });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, failed: 0, unknown: 0 });
    expect(await stateOf('/info/1031/2.htm')).toMatchObject({
      state: 'done',
      error: 'a file (application/pdf) and no page',
    });
    expect(await fixture.deps.blobs.list('raw-page')).toEqual([]);
  });

  it('an article that is a film and nothing else stays one', async () => {
    const film = '<p><script name="_videourl" vurl="/a.mp4">showVsbVideo("/a.mp4")</script></p>';
    site.set('/info/1031/2.htm', { body: article(2, '@').body.replace('<p>@</p>', film) });
    expect(await fixture.run(channel)).toMatchObject({ created: 4, unknown: 0 });
    fixture.clock.advance(2 * dayMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 0, edited: 0, unknown: 0, unchanged: 4 });
  });

  it('robots.txt is obeyed', async () => {
    site.set('/robots.txt', { body: 'User-agent: *\nDisallow: /info/1031/2' });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, refused: 1 });
    expect(site.count('/info/1031/2.htm')).toBe(0);
  });

  it('an unknown page is kept for its keeper, its text in no message', async () => {
    site.set('/info/1031/2.htm', { body: '<html><body><div>CANARY-7</div></body></html>' });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, unknown: 1 });
    const page = await pageOf('/info/1031/2.htm');
    expect(page.state).toBe('unknown-page');
    expect(page.error).not.toContain('CANARY');
    const kept = await findSnapshot(fixture.deps.blobs, 'raw-page', page.snapshotHash ?? '');
    expect(Buffer.from(kept ?? []).toString()).toContain('CANARY-7');
  });

  it('a page that ended the process three times is kept unread, and read again a day later', async () => {
    const at = fixture.clock.now();
    const url = site.url('/info/1031/2.htm');
    const { ledger } = fixture.stores;
    await ledger.discover(channel.id, [{ url, role: 'article', pageNumber: 0 }], at);
    for (let deaths = 1; deaths <= 3; deaths++) {
      const outcome = settleParsing({ page: await pageOf('/info/1031/2.htm'), at, response: null });
      expect(outcome).toMatchObject({ state: 'due', attempts: deaths });
      if (outcome !== null) await ledger.settle(channel.id, url, outcome);
    }
    expect(await fixture.run(channel)).toMatchObject({ state: 'finished', created: 3, unknown: 1 });
    expect(await stateOf('/info/1031/2.htm')).toMatchObject({
      state: 'unknown-page',
      error: expect.stringContaining('has ended the process three times'),
    });
    fixture.clock.advance(25 * hourMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 1, unknown: 0 });
  });

  it('a page too complex to read is kept with the limit it passed', async () => {
    site.set('/info/1031/2.htm', { body: '<div>'.repeat(60_000) });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, unknown: 1 });
    expect((await pageOf('/info/1031/2.htm')).error).toMatch(/^elements nested more than 512 deep/);
  });

  it('a list under an article’s address is kept, its rows not followed', async () => {
    site.set('/info/1031/2.htm', { body: buildListHtml(buildRows(5, 12)) });
    expect(await fixture.run(channel)).toMatchObject({ created: 3, unknown: 1 });
    expect((await pageOf('/info/1031/2.htm')).error).toContain('an article’s address without an article');
    expect(site.count('/info/1031/9.htm')).toBe(0);
  });

  it.each([
    ['a login wall', { body: buildLoginHtml() }],
    ['a refusal', { status: 403 }],
    [
      'a program’s error',
      {
        body: buildArticleHtml({
          title: 'x',
          text: 'java.lang.IllegalStateException: no\nat a.b.C.d(C.java:3)',
        }),
      },
    ],
    ['an empty body', { body: '' }],
  ])('%s in its place changes nothing about a stored article', async (_name, answer) => {
    await fixture.run(channel);
    site.set('/info/1031/2.htm', answer);
    for (let i = 0; i < 3; i++) {
      fixture.clock.advance(2 * dayMs);
      await fixture.run(channel);
    }
    const posts = (await fixture.articles(channel)).map(({ post }) => [post.textVersion, post.marks]);
    expect(posts).toEqual(Array.from({ length: 4 }, () => [1, []]));
  });

  it('410 is believed at once, 404 at the second run', async () => {
    await fixture.run(channel);
    site.set('/info/1031/1.htm', { status: 410 });
    site.set('/info/1031/2.htm', { status: 404 });
    fixture.clock.advance(2 * dayMs);
    expect(await fixture.run(channel)).toMatchObject({ gone: 1, failed: 1 });
    fixture.clock.advance(2 * hourMs);
    expect(await fixture.run(channel)).toMatchObject({ gone: 1, failed: 0 });
    const marks = (await fixture.articles(channel)).map(({ post }) => post.marks.length);
    expect(marks.sort()).toEqual([0, 0, 1, 1]);
  });
});

describe('a host that does not answer', () => {
  it('ends the run with a sentence that says why', async () => {
    await site.close();
    const run = await fixture.run(channel);
    expect(run).toMatchObject({ state: 'finished', fetched: 0, failed: 1 });
    expect(run.note).toMatch(
      /^robots\.txt of 127\.0\.0\.1:\d+ could not be read: connection refused.*Its pages stay due/,
    );
    expect(await stateOf('/tzgg.htm')).toMatchObject({ state: 'due', attempts: 0 });
  });

  it('after five failures in a row, and the other host is still read', async () => {
    const other = await SiteServer.start({
      '/tzgg.htm': { body: buildListHtml(buildRows(1, 30)) },
      '*': { hang: 'silent' },
      '/robots.txt': { status: 404 },
    });
    channel = buildSiteChannel([site.host, other.host], {
      startUrls: [other.url('/tzgg.htm'), site.url('/tzgg.htm')],
    });
    try {
      const run = await fixture.run(channel);
      expect(run.created).toBe(4);
      expect(run.note).toContain('several times in a row');
      expect(other.requests.length).toBeLessThan(13);
    } finally {
      await other.close();
    }
  });
});
