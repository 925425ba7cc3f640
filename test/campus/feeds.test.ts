import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseFeedBytes } from '../../crawlers/sources/feed/parse.ts';
import { type Campus, startCampus } from './campus.ts';

const opened = new Date('2026-11-22T04:00:00.000Z');
let campus: Campus;
let now: Date;
beforeEach(async () => {
  now = opened;
  campus = await startCampus({ today: opened, now: () => now });
});
afterEach(() => campus.close());

async function read(url: string) {
  const response = await fetch(url);
  return parseFeedBytes({
    bytes: new Uint8Array(await response.arrayBuffer()),
    contentType: response.headers.get('content-type'),
    url,
    fetchedAt: now.toISOString(),
    kind: 'article',
  });
}
const hubUrls = () => [
  `${campus.feeds.url}/bilibili/user/video/${campus.feeds.hub.videoAccount}`,
  `${campus.feeds.url}/weibo/user/${campus.feeds.hub.weiboUid}`,
];

it('is read by the feed parser in every form: title, address, date and text of every entry', async () => {
  for (const url of [...Object.values(campus.feeds.own), ...hubUrls()]) {
    const expected = campus.feeds.expected(new URL(url).pathname);
    expect(expected.length, url).toBeGreaterThan(2);
    const { items } = await read(url);
    expect(
      items.map((item) => item.url),
      url,
    ).toEqual(expected.map((entry) => entry.url));
    for (const [index, entry] of expected.entries()) {
      const item = items[index];
      if (!url.includes('/weibo/')) expect.soft(item?.title, url).toBe(entry.title);
      expect.soft(item?.publishedAt, url).toBe(entry.publishedAt);
      if (url.includes('/weibo/')) continue;
      for (const line of entry.words) expect.soft(item?.text, url).toContain(line.trim());
    }
  }
});

it('keeps the names that a status mentions out of what the parser hands over', async () => {
  const { items } = await read(hubUrls()[1] ?? '');
  const text = JSON.stringify(items);
  expect(campus.weibo.expected.neverStored.filter((value) => text.includes(value))).toEqual([]);
});

it('answers 304 to what is known, and anew when an entry has come', async () => {
  const url = hubUrls()[0] ?? '';
  const first = await fetch(url);
  const headers = { 'If-None-Match': first.headers.get('etag') ?? '' };
  expect((await fetch(url, { headers })).status).toBe(304);
  const since = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
  expect((await fetch(url, { headers: since })).status).toBe(304);
  now = new Date(opened.getTime() + 3_600_000);
  expect((await fetch(url, { headers })).status).toBe(200);
  expect((await fetch(url, { headers: since })).status).toBe(200);
});

it('fails as such servers fail', async () => {
  campus.feeds.control.fail('hub-error');
  expect((await fetch(hubUrls()[0] ?? '')).status).toBe(503);
  campus.feeds.control.fail('not-a-feed');
  expect((await read(campus.feeds.own.rss)).state).toBe('unknown-page');
  campus.feeds.control.fail(null);
  expect((await read(campus.feeds.own.rss)).state).toBe('ok');
});
