import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildOutcome, buildRun } from '../../test/builders/crawl.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openLedgerStore } from '../adapters/sqlite/ledger-store.ts';
import { openSettingsStore } from '../adapters/sqlite/settings-store.ts';
import { Channel, Governance } from '../domain/channel.ts';
import type { GapCause } from '../domain/completeness.ts';
import type { CrawlRun } from '../domain/crawl.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import { type CloseWindowsPorts, closeWindows } from './close-windows.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const base = { id: 'c', name: '渠道', unit: 'publicity', responsible: '李老师', state: 'live' };
const site = {
  ...base,
  kind: 'site',
  startUrls: ['https://www.canglan.example/'],
  allow: [{ host: 'www.canglan.example' }],
};
const weibo = { ...base, kind: 'weibo', uid: '1234567890', door: 'mobile' };
const feed = { ...base, kind: 'feed', feed: { from: 'own', url: 'https://www.canglan.example/rss.xml' } };

let db: SqliteDatabase;
let clock: FakeClock;
let ledger: LedgerStore;
let settings: SettingsStore;
let ports: CloseWindowsPorts;
beforeEach(() => {
  db = openDatabase(':memory:');
  clock = new FakeClock('2026-03-02T00:05:00.000Z');
  ledger = openLedgerStore(db);
  settings = openSettingsStore(db);
  ports = { stores: { ledger, settings }, clock };
});
afterEach(() => db.close());

async function register(channel: object) {
  const change = { actorId: null, source: 'test', at: clock.now() };
  const expectedVersion = await settings.readVersion();
  await settings.save('channels', [Channel.parse(channel)], {
    ...change,
    expectedVersion,
    id: clock.newId(),
  });
}
async function allowComments(isAllowed: boolean) {
  const governance = Governance.parse({
    ...{
      school: '沧澜大学',
      controller: '宣传部',
      independentReviewer: '纪检',
      noticeUrl: 'https://a.example/',
    },
    impactAssessment: isAllowed ? { signedOn: '2026-01-01', expiresOn: '2027-01-01' } : null,
  });
  const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await settings.save('governance', governance, { ...change, expectedVersion: await settings.readVersion() });
}

const good = { outcome: 'complete', reachedBack: true, parsed: 3, credential: 'ok' } as const;
const noCredential = {
  outcome: 'credential',
  reachedBack: false,
  credential: 'refused',
  note: 'the login has ended',
  nextStep: '李老师: log in',
} as const;

/** One run now, a minute long, and then the keeper of the house comes by. */
async function run(over: Partial<CrawlRun> = good) {
  const id = clock.newId();
  const startedAt = clock.now();
  const endedAt = clock.advance(minuteMs);
  await ledger.startRun(buildRun({ id, channelId: 'c', startedAt, endedAt, state: 'finished', ...over }));
  const news = await closeWindows(ports);
  return { id, ...news };
}
/** A run an hour, so many times. */
async function hours(count: number, over: Partial<CrawlRun> = good) {
  for (let hour = 0; hour < count; hour += 1) {
    await run(over);
    clock.advance(hourMs - minuteMs);
  }
  return closeWindows(ports);
}
const open = () => ledger.listGaps('c', 'open', 10);
const states = async () => (await ledger.listWindows('c', '', 1000)).map(({ state }) => state).reverse();

describe('a gap within one window', () => {
  it.each<[string, Partial<CrawlRun>, GapCause]>([
    ['a killed cookie', noCredential, 'credential'],
    ['432', { outcome: 'refused', reachedBack: false, failed: 1, nextStep: null }, 'refused'],
    ['an empty 200', { outcome: 'failed', reachedBack: false, unknown: 1, parsed: 0 }, 'page-changed'],
    ['a host that hangs', { outcome: 'failed', reachedBack: false, failed: 5 }, 'failed'],
    ['a changed template', { outcome: 'partial', reachedBack: true, unknown: 4, parsed: 2 }, 'page-changed'],
    ['a call limit in the middle', { outcome: 'partial', reachedBack: false, parsed: 40 }, 'not-read-back'],
    ['a process that is killed each time', { state: 'interrupted', outcome: null }, 'no-run'],
  ])('%s', async (_name, over, cause) => {
    await register(weibo);
    await allowComments(true);
    await hours(3);
    await run(over);
    const from = '2026-03-02T03:00:00.000Z';
    expect(await open()).toEqual([]);
    clock.advance(hourMs + 20 * minuteMs);
    expect((await closeWindows(ports)).opened).toMatchObject([{ cause, from }]);
    const [gap] = await open();
    expect(gap?.nextStep).toMatch(/^(李老师|operator|nobody yet): \w/);
    expect(await states()).toEqual(['quiet', 'quiet', 'quiet', 'gap']);
  });
});

it('one gap grows while its cause lasts, and is filled by the first run that reads back to it', async () => {
  await register(weibo);
  await allowComments(true);
  await hours(2);
  await hours(5, noCredential);
  expect(await open()).toMatchObject([
    {
      cause: 'credential',
      from: '2026-03-02T02:00:00.000Z',
      to: '2026-03-02T07:00:00.000Z',
      nextStep: '李老师: log in',
    },
  ]);
  expect(await ledger.findOldestGap('c')).toMatchObject({ from: '2026-03-02T02:00:00.000Z' });
  await run({ ...good, reachedBack: false, outcome: 'partial' });
  expect(await open()).toHaveLength(1);
  const { id, filled } = await run({ ...good, created: 9 });
  expect(filled).toMatchObject([{ filledByRun: id, filledAt: clock.now() }]);
  expect(await open()).toEqual([]);
  expect(await states()).toEqual(['quiet', 'quiet', ...Array(5).fill('filled')]);
});

it('three days without any process are a gap, then back-filled', async () => {
  await register(site);
  await hours(2);
  clock.advance(72 * hourMs);
  const { opened } = await closeWindows(ports);
  expect(opened).toMatchObject([{ cause: 'no-run', from: '2026-03-02T02:00:00.000Z' }]);
  expect(await open()).toMatchObject([{ to: '2026-03-05T01:00:00.000Z' }]);
  await run();
  expect(await open()).toEqual([]);
  const all = await states();
  expect([all.length, all[0], all.at(-1)]).toEqual([74, 'quiet', 'quiet']);
  expect(all.filter((state) => state === 'filled')).toHaveLength(71);
});

it('the run that comes first after three days does not hide that nobody ran', async () => {
  await register(site);
  await hours(2);
  clock.advance(72 * hourMs);
  const { id, opened, filled } = await run({ ...good, created: 30 });
  expect(opened).toMatchObject([{ cause: 'no-run' }]);
  expect(filled).toMatchObject([{ from: '2026-03-02T02:00:00.000Z', filledByRun: id }]);
});

const overrun: Partial<CrawlRun> = {
  ...{ ...good, outcome: 'partial', reachedBack: false, created: 20 },
  newestItemAt: '2026-03-02T02:00:00.000Z',
};

it('a feed that shows its newest entries only does not read back: what is lost stays a gap for a person', async () => {
  await register(feed);
  await hours(2);
  clock.advance(72 * hourMs);
  await closeWindows(ports);
  await run(overrun);
  const lost = { inReachSince: null, nextStep: expect.stringContaining('import by hand') };
  expect(await open()).toMatchObject([
    { cause: 'not-read-back', ...lost },
    { cause: 'no-run', ...lost },
  ]);
  expect(await ledger.findOldestGap('c')).toBeNull();
  await hours(3);
  expect((await open()).map(({ cause }) => cause)).toEqual(['not-read-back', 'no-run']);
});

it.each([
  ['a feed', feed],
  ['the Open Platform, which shows an ordinary app the newest few', { ...weibo, door: 'open-platform' }],
])('what ran over between two runs in time stays a gap for a person: %s', async (_name, channel) => {
  await register(channel);
  await allowComments(true);
  await hours(2);
  // Twice in that hour: the second run meets the first, and not what was lost before it.
  await run(overrun);
  clock.advance(25 * minuteMs);
  await run();
  clock.advance(34 * minuteMs);
  await hours(3);
  expect(await open()).toMatchObject([
    { cause: 'not-read-back', inReachSince: null, nextStep: expect.stringContaining('import by hand') },
  ]);
});

it('the Open Platform’s list that was not seen is made good by the first run that sees it, comments or not', async () => {
  await register({ ...weibo, door: 'open-platform' });
  await allowComments(true);
  await hours(2);
  const commentsOnly = { ...good, outcome: 'partial', reachedBack: false, failed: 1 } as const;
  await hours(2, commentsOnly);
  expect(await open()).toMatchObject([{ inReachSince: expect.any(String) }]);
  await run({ ...overrun, retryAt: '2026-03-02T10:00:00.000Z', newestItemAt: null });
  expect(await open()).toMatchObject([{ inReachSince: expect.any(String) }]);
  clock.advance(hourMs);
  await run();
  expect(await open()).toEqual([]);
});

it('a feed that still shows all since then is whole', async () => {
  await register(feed);
  await hours(2);
  clock.advance(5 * hourMs);
  await closeWindows(ports);
  expect(await open()).toHaveLength(1);
  await run();
  expect(await open()).toEqual([]);
});

it('comments that may not be gathered are a gap, filled by a run after they may', async () => {
  await register(weibo);
  await allowComments(false);
  await hours(3, { ...good, created: 2 });
  expect(await open()).toMatchObject([{ cause: 'comments-gate', inReachSince: null }]);
  expect((await open())[0]?.nextStep).toContain('governance.yaml');
  expect(await ledger.findOldestGap('c')).toBeNull();
  await run();
  await allowComments(true);
  await closeWindows(ports);
  expect(await open()).toMatchObject([{ inReachSince: clock.now() }]);
  expect(await ledger.findOldestGap('c')).not.toBeNull();
  await run();
  expect(await open()).toEqual([]);
});

it('a changed template stays a gap until its pages are known, whatever goes through meanwhile', async () => {
  await register(site);
  await hours(1);
  const url = 'https://www.canglan.example/info/9.htm';
  await ledger.discover('c', [{ url, role: 'article', pageNumber: 0 }], clock.now());
  const unknown = buildOutcome({ state: 'unknown-page', fetchedAt: clock.now(), error: 'unknown' });
  await ledger.settle('c', url, unknown);
  await hours(1, { ...good, outcome: 'partial', unknown: 1 });
  await hours(3);
  expect(await open()).toMatchObject([{ cause: 'page-changed' }]);
  await ledger.settle('c', url, buildOutcome({ fetchedAt: clock.now() }));
  await run({ ...good, created: 1 });
  expect(await open()).toEqual([]);
});

it('far fewer than usual is a gap once there is enough history, and until as many come again', async () => {
  await register(site);
  for (let week = 0; week < 5; week += 1) {
    for (let hour = 0; hour < 168; hour += 1) {
      const from = new Date(Date.parse(clock.now()) - 5 * minuteMs).toISOString();
      const to = new Date(Date.parse(from) + hourMs).toISOString();
      const counts = {
        runs: 1,
        fetched: 1,
        parsed: 1,
        created: 20 + (hour % 3),
        failed: 0,
        refused: 0,
        objected: 0,
      };
      const told = {
        expected: null,
        credential: 'ok',
        outcome: 'complete',
        gapId: null,
        closedAt: to,
      } as const;
      await ledger.closeWindow({ channelId: 'c', from, to, state: 'complete', ...counts, ...told }, null);
      clock.advance(hourMs);
    }
  }
  await hours(1, { ...good, created: 19 });
  expect(await open()).toEqual([]);
  await hours(1, { ...good, created: 2 });
  expect(await open()).toMatchObject([
    { cause: 'fewer-than-usual', reason: expect.stringContaining('2 new items, where about 21') },
  ]);
  await hours(1, { ...good, created: 3 });
  expect(await open()).toHaveLength(1);
  await hours(1, { ...good, created: 21 });
  expect(await open()).toEqual([]);
});

it('closes a window once, however many come by', async () => {
  await register(site);
  await hours(2);
  await run({ outcome: 'failed', reachedBack: false });
  clock.advance(2 * hourMs);
  const news = await Promise.all([closeWindows(ports), closeWindows(ports), closeWindows(ports)]);
  expect(news.flatMap(({ opened }) => opened)).toHaveLength(1);
  expect(await open()).toHaveLength(1);
});

it('begins with the first run that says how it went: those of an older version are no gap', async () => {
  await register(site);
  await hours(5, { ...good, outcome: null, reachedBack: null });
  expect(await states()).toEqual([]);
  await hours(2);
  expect(await states()).toEqual(['quiet', 'quiet']);
  expect(await open()).toEqual([]);
});

it('leaves alone what is not crawled, or tells not what there is', async () => {
  await register({ ...site, state: 'paused' });
  expect(await hours(2)).toEqual({ opened: [], filled: [] });
  await register({ ...base, kind: 'wechat', biz: 'MzA4MDU0NzcyMQ==' });
  expect(await hours(2)).toEqual({ opened: [], filled: [] });
  expect(await states()).toEqual([]);
});

it('goes on with the other channels when the records of one cannot be read', async () => {
  const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  const channels = [{ ...site, id: 'torn' }, site].map((one) => Channel.parse(one));
  await settings.save('channels', channels, {
    ...change,
    expectedVersion: await settings.readVersion(),
  });
  const torn: LedgerStore = {
    ...ledger,
    listWindows: async (channelId, ...rest) =>
      channelId === 'torn' ? Promise.reject(new Error('torn')) : ledger.listWindows(channelId, ...rest),
  };
  const failed: string[] = [];
  ports = { stores: { ledger: torn, settings }, clock, onFailure: (id) => void failed.push(id) };
  await hours(2);
  expect(await states()).toEqual(['quiet', 'quiet']);
  expect(new Set(failed)).toEqual(new Set(['torn']));
});
