import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CrawlRun, ledgerErrorLength } from '../../pipeline/domain/crawl.ts';
import { NotFound } from '../../pipeline/domain/errors.ts';
import type { DiscoveredPage, LedgerStore, PageOutcome } from '../../pipeline/ports/ledger-store.ts';
import { buildOutcome, buildRun } from '../builders/crawl.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedLedger {
  ledger: LedgerStore;
  reopen(): Promise<LedgerStore>;
  close(): Promise<void>;
}

const channel = 'main-site';
const site = 'http://www.canglan.example';
const pageOf = (path: string, role: DiscoveredPage['role'] = 'article', pageNumber = 0): DiscoveredPage => ({
  url: `${site}${path}`,
  role,
  pageNumber,
});

export function ledgerStoreContract(open: () => Promise<OpenedLedger>): void {
  let opened: OpenedLedger;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  describe('pages', () =>
    pageCases(
      () => opened,
      () => clock,
    ));
  describe('runs', () =>
    runCases(
      () => opened.ledger,
      () => clock,
    ));
}

function pageCases(opened: () => OpenedLedger, clock: () => FakeClock): void {
  const ledger = () => opened().ledger;
  const outcome = (over: Partial<PageOutcome> = {}): PageOutcome =>
    buildOutcome({ dueAt: '2026-03-03T00:00:00.000Z', fetchedAt: clock().now(), ...over });
  const listUrls = async (limit = 100) =>
    (await ledger().listDue(channel, clock().now(), limit)).map((page) => page.url.slice(site.length));

  it('adds what it does not know, due at once', async () => {
    const pages = [pageOf('/', 'home'), pageOf('/xwzx/食堂.htm?a=😀')];
    expect(await ledger().discover(channel, [...pages, pageOf('/')], clock().now())).toBe(2);
    expect(await (await opened().reopen()).findPage(channel, `${site}/xwzx/食堂.htm?a=😀`)).toEqual({
      ...outcome({ state: 'due', dueAt: clock().now(), fetchedAt: null, status: null }),
      ...pageOf('/xwzx/食堂.htm?a=😀'),
      channelId: channel,
    });
    expect(await ledger().findPage('other-site', `${site}/`)).toBeNull();
  });

  it('keeps role, page number and state of a known page', async () => {
    await ledger().discover(channel, [pageOf('/info/1.htm', 'article')], clock().now());
    await ledger().settle(channel, `${site}/info/1.htm`, outcome());
    clock().advance(1000);
    expect(await ledger().discover(channel, [pageOf('/info/1.htm', 'list', 7)], clock().now())).toBe(0);
    expect(await ledger().findPage(channel, `${site}/info/1.htm`)).toMatchObject({
      role: 'article',
      pageNumber: 0,
      state: 'done',
      dueAt: '2026-03-03T00:00:00.000Z',
    });
  });

  it('counts a page once when many discover it at a time', async () => {
    const other = await opened().reopen();
    const pages = Array.from({ length: 20 }, (_, i) => pageOf(`/${i}.htm`));
    const added = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        (i % 2 === 0 ? ledger() : other).discover(channel, pages, clock().now()),
      ),
    );
    expect(added.reduce((sum, n) => sum + n, 0)).toBe(20);
  });

  it('lists homes, then lists, then articles, each by due time, then by address', async () => {
    await ledger().discover(channel, [pageOf('/a2'), pageOf('/a1'), pageOf('/l2', 'list', 3)], clock().now());
    clock().advance(1000);
    await ledger().discover(
      channel,
      [pageOf('/l1', 'list'), pageOf('/', 'home'), pageOf('/a0')],
      clock().now(),
    );
    await ledger().discover('other-site', [pageOf('/x', 'home')], clock().now());
    expect(await listUrls()).toEqual(['/', '/l2', '/l1', '/a1', '/a2', '/a0']);
    expect(await listUrls(4)).toEqual(['/', '/l2', '/l1', '/a1']);
    expect(await listUrls(1)).toEqual(['/']);
  });

  it('within a rank lists those of higher priority first, whatever their role; zero is the lowest', async () => {
    const found = [
      { ...pageOf('/plain'), role: 'comments' as const },
      { ...pageOf('/high', 'status'), priority: 7 },
      { ...pageOf('/low', 'attachment'), priority: 1 },
      { ...pageOf('/list', 'list'), priority: 0 },
      { ...pageOf('/high-too'), priority: 7 },
      { ...pageOf('/highest', 'comments'), priority: 9 },
    ];
    await ledger().discover(channel, found, clock().now());
    expect(await listUrls()).toEqual(['/list', '/highest', '/high', '/high-too', '/low', '/plain']);
    expect(await ledger().findPage(channel, `${site}/high`)).toMatchObject({ role: 'status', priority: 7 });

    const risen = outcome({ state: 'due', dueAt: clock().now(), priority: 8 });
    await ledger().settle(channel, `${site}/plain`, risen);
    await ledger().settle(channel, `${site}/highest`, { ...risen, priority: 0 });
    await ledger().settle(channel, `${site}/high`, outcome({ priority: 9 }));
    expect(await listUrls()).toEqual(['/list', '/plain', '/high-too', '/low', '/highest']);
    expect(await listUrls(3)).toEqual(['/list', '/plain', '/high-too']);
    await expect(
      ledger().discover(channel, [{ ...pageOf('/x'), priority: 10 }], clock().now()),
    ).rejects.toThrow();
  });

  it('lists by due time alone, whatever the state', async () => {
    const paths = ['/done', '/failed', '/gone', '/later'];
    await ledger().discover(
      channel,
      paths.map((path) => pageOf(path)),
      clock().now(),
    );
    const due = new Date(Date.parse(clock().now()) + 1000).toISOString();
    await ledger().settle(channel, `${site}/done`, outcome({ dueAt: due }));
    await ledger().settle(channel, `${site}/failed`, outcome({ state: 'failed', dueAt: due, attempts: 2 }));
    await ledger().settle(channel, `${site}/gone`, outcome({ state: 'gone', dueAt: due, status: 404 }));
    await ledger().settle(
      channel,
      `${site}/later`,
      outcome({ state: 'due', dueAt: '2026-03-05T00:00:00.000Z' }),
    );
    clock().advance(999);
    expect(await listUrls()).toEqual([]);
    clock().advance(1);
    expect(await listUrls()).toEqual(['/done', '/failed', '/gone']);
  });

  it('keeps what came of a fetch, whole; a repeated call changes nothing', async () => {
    await ledger().discover(channel, [pageOf('/1')], clock().now());
    const settled = outcome({
      state: 'unknown-page',
      attempts: 3,
      etag: 'W/"5f-甲"',
      lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT',
      contentHash: 'a'.repeat(64),
      snapshotHash: 'b'.repeat(64),
      error: '页面结构无法识别：没有找到正文',
      postId: `${channel}:article:1`,
      priority: 3,
      newestItemAt: '2026-03-01T16:00:00.000Z',
    });
    await ledger().settle(channel, `${site}/1`, settled);
    await ledger().settle(channel, `${site}/1`, settled);
    const expected = { ...settled, ...pageOf('/1'), channelId: channel };
    expect(await ledger().findPage(channel, `${site}/1`)).toEqual(expected);
    expect(await ledger().listPages(channel, ['unknown-page'], 10)).toEqual([expected]);
  });

  it('cuts an error that is long enough to hold a page', async () => {
    await ledger().discover(channel, [pageOf('/1')], clock().now());
    await ledger().settle(channel, `${site}/1`, outcome({ error: '长'.repeat(ledgerErrorLength + 1) }));
    const page = await ledger().findPage(channel, `${site}/1`);
    expect(page?.error).toBe('长'.repeat(ledgerErrorLength));
  });

  it('refuses to settle what it does not know', async () => {
    await ledger().discover(channel, [pageOf('/1')], clock().now());
    await expect(ledger().settle(channel, `${site}/2`, outcome())).rejects.toThrow(NotFound);
    await expect(ledger().settle('other-site', `${site}/1`, outcome())).rejects.toThrow(NotFound);
  });

  it('lists pages of some states, newest fetch first, never fetched last', async () => {
    const paths = ['/a', '/b', '/c', '/d', '/e'];
    await ledger().discover(
      channel,
      paths.map((path) => pageOf(path)),
      clock().now(),
    );
    for (const path of ['/c', '/a']) {
      clock().advance(1000);
      await ledger().settle(channel, `${site}${path}`, outcome({ state: 'failed', error: 'timeout' }));
    }
    await ledger().settle(channel, `${site}/b`, outcome({ state: 'failed', error: 'timeout' }));
    await ledger().settle(channel, `${site}/d`, outcome());
    const urls = async (states: PageOutcome['state'][], limit = 10) =>
      (await ledger().listPages(channel, states, limit)).map((page) => page.url.slice(site.length));
    expect(await urls(['failed', 'due'])).toEqual(['/a', '/b', '/c', '/e']);
    expect(await urls(['failed', 'due'], 2)).toEqual(['/a', '/b']);
    expect(await urls(['done'])).toEqual(['/d']);
    expect(await urls([])).toEqual([]);
  });

  it('lists first pages of lists on which nothing new was seen, the oldest first', async () => {
    const newest: Record<string, string | null> = {
      '/old': '2025-01-01T00:00:00.000Z',
      '/older': '2024-01-01T00:00:00.000Z',
      '/fresh': '2026-02-20T00:00:00.000Z',
      '/unknown': null,
    };
    const lists = Object.keys(newest).map((path) => ({
      ...pageOf(path),
      role: 'list' as const,
      pageNumber: 0,
    }));
    const second = { ...pageOf('/old2'), role: 'list' as const, pageNumber: 1 };
    const article = { ...pageOf('/a'), role: 'article' as const, pageNumber: 0 };
    await ledger().discover(channel, [...lists, second, article], clock().now());
    for (const [path, newestItemAt] of [
      ...Object.entries(newest),
      ['/old2', newest['/old']],
      ['/a', newest['/old']],
    ]) {
      await ledger().settle(channel, `${site}${path}`, outcome({ newestItemAt: newestItemAt ?? null }));
    }
    const stale = async (limit: number) =>
      (await ledger().listStaleLists(channel, '2025-09-01T00:00:00.000Z', limit)).map(({ url }) => url);
    expect(await stale(10)).toEqual([`${site}/older`, `${site}/old`]);
    expect(await stale(1)).toEqual([`${site}/older`]);
  });
}

function runCases(ledger: () => LedgerStore, clock: () => FakeClock): void {
  const runOf = (over: Partial<CrawlRun> = {}): CrawlRun =>
    buildRun({ id: clock().newId(), channelId: channel, startedAt: clock().now(), ...over });

  it('keeps a run from start to end', async () => {
    const run = runOf();
    await ledger().startRun(run);
    expect(await ledger().listRuns(channel, 10)).toEqual([run]);
    const ended: CrawlRun = {
      ...run,
      state: 'stopped',
      endedAt: clock().advance(5000),
      fetched: 9,
      unchanged: 8,
      parsed: 7,
      created: 6,
      edited: 5,
      failed: 4,
      refused: 3,
      unknown: 2,
      gone: 1,
      note: '操作员停止😀',
      objected: 10,
      credential: 'expiring',
      outcome: 'partial',
      reachedBack: false,
      nextStep: '运维在“渠道”中换凭证',
      newestItemAt: clock().now(),
      retryAt: clock().now(),
    };
    await ledger().updateRun(ended);
    await ledger().updateRun(ended);
    await ledger().startRun(run);
    expect(await ledger().listRuns(channel, 10)).toEqual([ended]);
    const whole: CrawlRun = { ...ended, reachedBack: true };
    await ledger().updateRun(whole);
    expect(await ledger().listRuns(channel, 10)).toEqual([whole]);
    await expect(ledger().updateRun(runOf())).rejects.toThrow(NotFound);
  });

  it('lists the runs of a channel, newest first', async () => {
    const runs: CrawlRun[] = [];
    for (let i = 0; i < 5; i++) {
      if (i % 2 === 0) clock().advance(1000);
      const run = runOf({ state: 'finished', endedAt: clock().now() });
      runs.push(run);
      await ledger().startRun(run);
    }
    await ledger().startRun(runOf({ channelId: 'other-site' }));
    expect(await ledger().listRuns(channel, 3)).toEqual(runs.reverse().slice(0, 3));
  });

  it('closes what a killed process left running, of this channel only', async () => {
    await ledger().startRun(runOf());
    await ledger().startRun(runOf({ state: 'finished', endedAt: clock().now(), fetched: 3 }));
    await ledger().startRun(runOf({ channelId: 'other-site' }));
    const at = clock().advance(1000);
    expect(await ledger().closeInterruptedRuns(channel, at)).toBe(1);
    expect(await ledger().closeInterruptedRuns(channel, at)).toBe(0);
    const [finished, interrupted] = await ledger().listRuns(channel, 10);
    expect(interrupted).toMatchObject({ state: 'interrupted', endedAt: at });
    expect(finished).toMatchObject({ state: 'finished', fetched: 3 });
    expect((await ledger().listRuns('other-site', 1))[0]?.state).toBe('running');
  });
}
