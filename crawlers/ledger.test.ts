import { describe, expect, it } from 'vitest';
import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import { ledgerKey, nextArticleVisit, settleDone, settleFailed, settleLater } from './ledger.ts';

describe('ledgerKey', () => {
  it.each([
    ['http://a.example/info/1/2.htm#top', 'http://a.example/info/1/2.htm'],
    ['http://A.example:80/x', 'http://a.example/x'],
    ['http://a.example/x.jsp;jsessionid=AB12?id=3', 'http://a.example/x.jsp?id=3'],
    ['http://a.example/x?utm_source=w&id=3&utm_medium=q', 'http://a.example/x?id=3'],
    ['http://a.example/x?PHPSESSID=1', 'http://a.example/x'],
    ['http://a.example/x?b=2&a=1', 'http://a.example/x?b=2&a=1'],
    ['http://a.example/x?title=%B9%DB&sid=9', 'http://a.example/x?title=%B9%DB'],
    [
      'http://a.example/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1&wbnewsid=2',
      'http://a.example/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1&wbnewsid=2',
    ],
  ])('%s', (address, key) => {
    expect(ledgerKey(address)).toBe(key);
    expect(ledgerKey(key)).toBe(key);
  });
});

const at = '2026-11-22T04:00:00.000Z';
const dayMs = 86_400_000;
const url = 'http://a.example/info/1/2.htm';

describe('nextArticleVisit', () => {
  it.each([
    ['2026-11-22T00:00:00.000Z', 1],
    ['2026-11-16T00:00:00.000Z', 1],
    ['2026-11-10T00:00:00.000Z', 7],
    ['2026-06-01T00:00:00.000Z', 30],
    ['2019-06-01T00:00:00.000Z', 30],
  ])('an article of %s is seen again after about %i days', (since, days) => {
    const waitDays = (Date.parse(nextArticleVisit(url, since, at)) - Date.parse(at)) / dayMs;
    expect(waitDays).toBeGreaterThanOrEqual(days * 0.9);
    expect(waitDays).toBeLessThanOrEqual(days * 1.1);
  });
  it('spreads an archive over days', () => {
    const days = new Set(
      Array.from({ length: 200 }, (_, i) =>
        nextArticleVisit(`${url}?${i}`, '2019-06-01T00:00:00.000Z', at).slice(0, 10),
      ),
    );
    expect(days.size).toBeGreaterThan(4);
  });
});

describe('settling', () => {
  const page: LedgerPage = {
    channelId: 'main-site',
    url,
    role: 'article',
    state: 'due',
    dueAt: at,
    attempts: 0,
    fetchedAt: null,
    status: null,
    etag: '"a"',
    lastModified: null,
    contentHash: 'c',
    snapshotHash: 's',
    error: null,
    pageNumber: 0,
    postId: 'p',
    priority: 0,
    newestItemAt: null,
  };
  const visit = (attempts: number) => ({ page: { ...page, attempts }, at, response: null });

  it('a failure waits longer each time, and is called failed at the fifth', () => {
    const waits = [0, 1, 2, 3, 4, 9].map((attempts) => {
      const { dueAt, state } = settleFailed(visit(attempts), 'why');
      return [(Date.parse(dueAt) - Date.parse(at)) / 60_000, state];
    });
    expect(waits).toEqual([
      [5, 'due'],
      [15, 'due'],
      [60, 'due'],
      [240, 'due'],
      [1440, 'failed'],
      [1440, 'failed'],
    ]);
  });
  it('a failure forgets nothing of what was kept', () => {
    expect(settleFailed(visit(0), 'why')).toMatchObject({
      etag: '"a"',
      contentHash: 'c',
      snapshotHash: 's',
      postId: 'p',
    });
  });
  it('a host that asks for time costs no attempt and counts as no visit', () => {
    expect(settleLater(visit(2), 60_000, 'later')).toMatchObject({
      attempts: 2,
      fetchedAt: null,
      state: 'due',
      dueAt: '2026-11-22T04:01:00.000Z',
    });
  });
  it('success takes the new validators and clears the failure', () => {
    const response = { url, status: 200, headers: { etag: '"b"' }, body: new Uint8Array() };
    const done = settleDone({ page: { ...page, attempts: 3, error: 'x' }, at, response }, { dueAt: at });
    expect(done).toMatchObject({
      state: 'done',
      attempts: 0,
      error: null,
      etag: '"b"',
      status: 200,
      contentHash: 'c',
    });
  });
});
