import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Governance, type SourceChannel, WeiboChannel } from '../pipeline/domain/channel.ts';
import type { ChannelWindow, Gap } from '../pipeline/domain/completeness.ts';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import { CredentialExpired, PageChanged, RetryLater } from '../pipeline/domain/errors.ts';
import type { GatheredPost } from '../pipeline/domain/post.ts';
import { laterBy } from '../pipeline/domain/time.ts';
import type { EgressResponse } from '../pipeline/ports/egress.ts';
import { CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';
import type { Access } from './access.ts';
import { runCrawl } from './run-crawl.ts';
import { findSnapshot } from './snapshot.ts';
import { type Source, type SourceReading, TokenStale } from './source.ts';

/** An invented platform: its answers are lines `kind id`, its addresses official ones that the test's server stands in for. */
const origin = 'https://platform.example';
const channel = WeiboChannel.parse({
  kind: 'weibo',
  id: 'account',
  name: '官方账号',
  unit: 'publicity',
  responsible: '林老师',
  state: 'live',
  uid: '1234567',
  door: 'mobile',
  requestsPerMinute: 6000,
});

function postOf(kind: GatheredPost['kind'], externalId: string): GatheredPost {
  return {
    ...{ channelId: channel.id, kind, externalId, url: `${origin}/${kind}/${externalId}`, title: '' },
    ...{
      text: `第${externalId}条`,
      parentId: null,
      rootId: null,
      publishedAt: null,
      publishedPrecision: null,
    },
    ...{ metrics: {}, links: [], attachments: [] },
  };
}

function readAnswer(page: LedgerPage, response: EgressResponse, now: string): SourceReading {
  const lines = Buffer.from(response.body).toString().split('\n');
  const reading: SourceReading = {
    ...{ state: 'ok', posts: [], pages: [], dueAt: laterBy(now, 3_600_000), reachedBack: null },
    ...{ newestItemAt: null, objected: 0, gone: [] },
  };
  for (const line of lines) {
    const [word = '', id = ''] = line.split(' ');
    if (word === 'status' || word === 'comment') reading.posts.push(postOf(word, id));
    else if (word === 'next')
      reading.pages.push({ url: `${origin}${id}`, role: 'list', pageNumber: 1, wake: true });
    else if (word === 'ask')
      reading.pages.push({
        url: `${origin}${id}`,
        role: id.startsWith('/comments') ? 'comments' : 'status',
        pageNumber: 0,
      });
    else if (word === 'end') reading.reachedBack = true;
    else if (word === 'cut') reading.reachedBack = false;
    else if (word === 'odd') reading.unreadable = (reading.unreadable ?? 0) + 1;
    else if (word === 'newest') reading.newestItemAt = id;
    else if (word === 'gone') reading.gone.push({ kind: 'status', externalId: id });
    else if (word === 'stale') throw new TokenStale();
    else if (word === 'expired') throw new CredentialExpired('林老师', 'the login has run out', '21327');
    else if (word === 'later') throw new RetryLater(3_600_000, 'the platform asks for an hour');
    else throw new PageChanged(page.url, 'not known');
  }
  return reading;
}

const source: Source<WeiboChannel> = {
  kind: 'weibo',
  needs: { credential: () => 'weibo-cookie' },
  limits: { pageBytes: 100_000 },
  robots: 'not-asked',
  redirects: 'return',
  pagesBack: true,
  allotments: ({ callsPerDay }, { role }) => [
    ...(role === 'comments'
      ? [{ name: 'details' as const, limit: 2, windowMs: 2 * 3_600_000, whenSpent: 'wait' as const }]
      : []),
    { name: 'day', limit: callsPerDay, windowMs: 24 * 3_600_000, whenSpent: 'end' },
  ],
  buildAllowance: ({ requestsPerMinute }) => ({
    hosts: [{ host: 'platform.example', paths: ['/'] }],
    privateAddress: false,
    requestsPerMinute,
  }),
  startPages: () => [{ url: `${origin}/list`, role: 'list', pageNumber: 0 }],
  buildCall: ({ url }, { secret }) => ({ url, headers: { cookie: secret ?? '' } }),
  read: (page, response, { now }) => readAnswer(page, response, now),
};

let site: SiteServer;
let fixture: CrawlFixture;
let tokens: string[];
let refusals: string[];

const access = (): Access => ({
  secret: async () => tokens[0] ?? Promise.reject(new CredentialExpired('林老师', 'nothing is stored')),
  renew: async () => {
    tokens.shift();
    return tokens[0] ?? 'none';
  },
  refused: async (reason) => {
    refusals.push(reason);
  },
  standing: async () => (tokens.length === 0 ? 'missing' : refusals.length > 0 ? 'refused' : 'ok'),
});

function run(change: Partial<WeiboChannel> = {}, by: Source<WeiboChannel> = source) {
  const platforms = new Map([[origin, site.url('')]]);
  const sourceOf = () => by as unknown as Source<SourceChannel>;
  const deps = { ...fixture.deps, platforms, sourceOf, openAccess: access };
  return runCrawl(deps, { ...channel, ...change });
}

const pageOf = (path: string) => fixture.page(channel, `${origin}${path}`);

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 300, totalMs: 600 } });
  site = await SiteServer.start({ '/list': { body: 'status 1\nstatus 2\nend' } });
  tokens = ['first'];
  refusals = [];
});
afterEach(async () => {
  await site.close();
  await fixture.close();
});

async function answerForComments(): Promise<void> {
  const answers = {
    ...{ school: '沧澜师范学院', controller: '沧澜师范学院', independentReviewer: '纪检监察室' },
    ...{ noticeUrl: 'https://www.canglan.example/notice.htm' },
    impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
  };
  const change = { expectedVersion: 0, actorId: null, source: 'test', at: fixture.clock.now(), id: 'g1' };
  await fixture.stores.settings.save('governance', Governance.parse(answers), change);
}

const everyClass = ['open', 'victim', 'safety'] as const;
const hourMs = 3_600_000;

describe('a run over a platform', () => {
  it('stores what it reads under official addresses, with the credential in the call only', async () => {
    const ended = await run();
    expect(ended).toMatchObject({
      created: 2,
      outcome: 'complete',
      reachedBack: true,
      credential: 'ok',
      note: expect.stringMatching(/^comments are not gathered/),
    });
    expect(site.requests[0]?.headers.cookie).toBe('first');
    expect(await pageOf('/list')).toMatchObject({ state: 'done', error: null });
    const post = await fixture.stores.posts.findPost('account:status:1');
    expect(post?.url).toBe(`${origin}/status/1`);
    expect(JSON.stringify([ended, await pageOf('/list')])).not.toContain('first');
  });

  it('follows lists until one says that it has reached back', async () => {
    site.set('/list', { body: 'status 1\ncut\nnext /list?2' });
    site.set('/list?2', { body: 'status 2\nend' });
    expect(await run()).toMatchObject({ fetched: 2, outcome: 'complete', reachedBack: true });
    fixture.clock.advance(hourMs);
    site.set('/list?2', { body: 'status 3\ncut' });
    expect(await run()).toMatchObject({ fetched: 2, outcome: 'partial', reachedBack: false, created: 1 });
  });

  it('reads a list anew that is the same on its first page, for what stands behind it', async () => {
    site.set('/list', ({ headers }) =>
      headers['if-none-match'] === '"a"'
        ? { status: 304 }
        : { body: 'status 1\ncut\nnext /list?2', headers: { etag: '"a"' } },
    );
    site.set('/list?2', { body: 'status 2\nend' });
    expect(await run()).toMatchObject({ fetched: 2, outcome: 'complete' });
    fixture.clock.advance(hourMs / 2);
    site.set('/list?2', { body: 'status 2\nstatus 3\nend' });
    expect(await run()).toMatchObject({ fetched: 2, created: 1, outcome: 'complete' });
  });

  it('has a hole where an entry could not be read, on whichever page of a list', async () => {
    site.set('/list', { body: 'status 1\nodd\ncut\nnext /list?2' });
    site.set('/list?2', { body: 'status 2\nend' });
    const ended = await run({ comments: false });
    expect(ended).toMatchObject({ created: 2, failed: 1, outcome: 'partial', reachedBack: false });
    expect(ended.note).toContain('1 of its entries could not be read');
  });

  it('is as new as its own newest item, not as the newest comment', async () => {
    await answerForComments();
    site.set('/list', { body: 'status 1\nnewest 2026-11-01T00:00:00.000Z\nask /comments/a\nend' });
    site.set('/comments/a', { body: 'comment 7\nnewest 2026-11-21T00:00:00.000Z' });
    expect(await run()).toMatchObject({ created: 2, newestItemAt: '2026-11-01T00:00:00.000Z' });
    expect(await pageOf('/comments/a')).toMatchObject({ newestItemAt: '2026-11-21T00:00:00.000Z' });
  });

  it('reads back to the oldest gap', async () => {
    await run();
    const read: string[] = [];
    const listening = {
      ...source,
      read: (...asked: Parameters<typeof source.read>) => {
        read.push(asked[2].since);
        return source.read(...asked);
      },
    };
    fixture.clock.advance(5 * hourMs);
    await run({}, listening);
    expect(read).toEqual(['2026-11-22T03:00:00.000Z']);
    const { ledger } = fixture.stores;
    const [from, to] = ['2026-11-20T00:00:00.000Z', '2026-11-20T01:00:00.000Z'];
    const window: ChannelWindow = {
      ...{
        channelId: channel.id,
        from,
        to,
        state: 'gap',
        expected: null,
        runs: 0,
        fetched: 0,
        parsed: 0,
        created: 0,
      },
      ...{ failed: 0, refused: 0, objected: 0, credential: 'ok', outcome: null, gapId: 'g', closedAt: to },
    };
    const gap: Gap = {
      ...{
        id: 'g',
        channelId: channel.id,
        from,
        to,
        cause: 'no-run',
        reason: 'no run',
        nextStep: 'operator: look',
      },
      ...{ inReachSince: to, openedAt: to, filledAt: null, filledByRun: null },
    };
    await ledger.closeWindow(window, gap);
    fixture.clock.advance(hourMs);
    await run({}, listening);
    expect(read.at(-1)).toBe('2026-11-19T23:00:00.000Z');
  });

  it('renews a stale token once', async () => {
    tokens = ['first', 'second'];
    site.set('/list', ({ headers }) => ({ body: headers.cookie === 'first' ? 'stale' : 'status 1\nend' }));
    expect(await run()).toMatchObject({ outcome: 'complete', created: 1 });
    fixture.clock.advance(hourMs);
    site.set('/list', { body: 'stale' });
    expect(await run()).toMatchObject({ outcome: 'credential', reachedBack: false });
  });

  it('ends when the platform refuses the account, and says who must do what', async () => {
    site.set('/list', { body: 'status 1\nend\nask /one' });
    site.set('/one', { body: 'expired' });
    const ended = await run();
    expect(ended).toMatchObject({ outcome: 'credential', credential: 'refused', refused: 1 });
    expect(ended.nextStep).toBe('林老师: the login has run out');
    expect(refusals).toEqual(['21327']);
    expect(await pageOf('/one')).toMatchObject({ state: 'due', attempts: 0 });
  });

  it('asks nothing without a credential', async () => {
    tokens = [];
    const ended = await run();
    expect(ended).toMatchObject({
      fetched: 0,
      outcome: 'credential',
      credential: 'missing',
      reachedBack: false,
    });
    expect(site.requests).toHaveLength(0);
  });

  it('leaves the platform alone for as long as it asks', async () => {
    site.set('/list', { body: 'later' });
    const ended = await run();
    expect(ended).toMatchObject({ outcome: 'refused', fetched: 1, refused: 1 });
    expect((await pageOf('/list')).dueAt).toBe('2026-11-22T05:00:00.000Z');
  });

  it('asks no more than the platform grants a day', async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `ask /one/${i}`);
    site.set('/list', { body: `${lines.join('\n')}\nend` });
    site.set('*', { body: 'status 1' });
    const ended = await run({ callsPerDay: 10 });
    expect(ended).toMatchObject({ fetched: 10, outcome: 'partial', failed: 0 });
    expect(ended.note).toContain('10 calls a day are spent');
    expect(site.requests).toHaveLength(10);
  });

  it('spreads calls for details over the day, the highest priority first', async () => {
    await answerForComments();
    site.set('/list', { body: 'status 1\nask /comments/a\nask /comments/b\nask /comments/c\nend' });
    site.set('*', { body: 'comment 7' });
    const ended = await run();
    expect(ended).toMatchObject({ fetched: 3, outcome: 'complete', failed: 0 });
    expect(await pageOf('/comments/c')).toMatchObject({ state: 'due', attempts: 0, error: null });
    fixture.clock.advance(2 * hourMs + 1000);
    await run();
    expect(site.count('/comments/c')).toBe(1);
  });

  it('does not go through all that waits, once the details’ part of the day is spent', async () => {
    await answerForComments();
    const lines = Array.from({ length: 300 }, (_, i) => `ask /comments/${i}`);
    site.set('/list', { body: `${lines.join('\n')}\nend` });
    site.set('*', { body: 'comment 7' });
    const charge = vi.spyOn(fixture.stores.rates, 'charge');
    expect(await run()).toMatchObject({ fetched: 3, outcome: 'complete' });
    expect(charge.mock.calls.length).toBeLessThan(10);
  });

  it('keeps of an unknown answer what it is made of, not what it says', async () => {
    site.set('/list', {
      body: JSON.stringify({ 王晓一: [{ screen_name: 'CANARY' }, { screen_name: 'CANARY2' }] }),
    });
    const ended = await run();
    expect(ended).toMatchObject({ unknown: 1, outcome: 'failed', reachedBack: false });
    const { snapshotHash, state } = await pageOf('/list');
    expect(state).toBe('unknown-page');
    const kept = Buffer.from((await findSnapshot(fixture.deps.blobs, 'raw-page', snapshotHash ?? '')) ?? []);
    expect(JSON.parse(kept.toString())).toEqual({
      'key 0': { length: 2, of: [{ screen_name: 'string of 6' }, { screen_name: 'string of 7' }] },
    });
  });

  it('marks what the platform says is gone', async () => {
    await run();
    fixture.clock.advance(hourMs);
    site.set('/list', { body: 'status 1\ngone 2\nend' });
    expect(await run()).toMatchObject({ gone: 1, outcome: 'complete' });
    expect((await fixture.stores.posts.findPost('account:status:2'))?.marks).toEqual(['source-deleted']);
    fixture.clock.advance(hourMs);
    expect(await run()).toMatchObject({ gone: 0 });
  });

  it('gathers no comment while nobody answers for it (R21)', async () => {
    site.set('/list', { body: 'status 1\ncomment 7\nask /comments\nend' });
    site.set('/comments', { body: 'comment 8' });
    const ended = await run();
    expect(ended).toMatchObject({ created: 1, fetched: 1 });
    expect(site.count('/comments')).toBe(0);
    expect((await pageOf('/comments')).error).toContain('comments are not gathered');
    const text = await fixture.stores.posts.findText('account:comment:7', { accessClasses: everyClass });
    expect(text).toBeNull();
  });

  it.each([
    ['hangs', { hang: 'silent' as const }],
    ['fails', { status: 502, body: 'bad gateway' }],
  ])('is not quiet when the platform %s', async (_, answer) => {
    site.set('/list', answer);
    expect(await run()).toMatchObject({ outcome: 'failed', failed: 1, reachedBack: false });
  });
});
