import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePage } from '../../crawlers/sources/site/decode.ts';
import { parseSitePage } from '../../crawlers/sources/site/parse.ts';
import { dashedDate, shanghaiDay } from './calendar.ts';
import { type Campus, startCampus } from './campus.ts';
import type { OddTarget, SiteName } from './content/article.ts';
import type { ExpectedArticle } from './expected.ts';

const today = new Date('2026-11-22T04:00:00.000Z');
const bare = (text: string) => text.replace(/\s/g, '');

/** What a text holds beside what was written: the names of files linked in it, and what was planted, are taken out. */
function remainder(text: string, expected: ExpectedArticle): string {
  let rest = bare(text);
  for (const piece of expected.pieces) {
    const at = rest.indexOf(bare(piece));
    if (at < 0) return `missing: ${piece}`;
    rest = rest.slice(0, at) + rest.slice(at + bare(piece).length);
  }
  for (const word of expected.planted) rest = rest.replace(bare(word), '');
  for (const file of expected.attachments) rest = rest.replace(file.name, '');
  return rest.replace('附件【】已下载次', '');
}

function shanghaiDate(instant: string | null): string | null {
  return instant === null ? null : dashedDate(shanghaiDay(new Date(instant)));
}

async function parse(url: string) {
  const response = await fetch(url);
  const { html } = decodePage(
    new Uint8Array(await response.arrayBuffer()),
    response.headers.get('content-type'),
  );
  return parseSitePage({ url, html, fetchedAt: today.toISOString(), status: response.status });
}

describe('what the site parser takes from the campus', () => {
  let campus: Campus;
  beforeAll(async () => {
    campus = await startCampus({ today });
  });
  afterAll(() => campus.close());

  it('reads every article at each of its addresses: title, date, text once, files', async () => {
    for (const expected of campus.expected.articles) {
      for (const url of expected.urls) {
        const parsed = await parse(url);
        const item = parsed.items[0];
        expect.soft([parsed.state, parsed.role], url).toEqual(['ok', 'article']);
        expect.soft(item?.title, url).toBe(expected.title);
        expect
          .soft([item?.publishedAt, item?.publishedPrecision], url)
          .toEqual([expected.publishedAt, expected.precision]);
        expect.soft(remainder(item?.text ?? '', expected), url).toBe('');
        expect.soft(item?.attachments, url).toEqual(expected.attachments);
      }
    }
  });

  it('gives one article the same id in each of its columns', async () => {
    for (const { urls } of campus.expected.articles.filter((each) => each.urls.length > 1)) {
      const ids = await Promise.all(urls.map(async (url) => (await parse(url)).items[0]?.id));
      expect(new Set(ids).size, urls.join(' ')).toBe(1);
    }
  });

  it('comes to every article from the start addresses by what the lists offer', async () => {
    const seen = new Map<string, { title: string; day: string | null }>();
    const lists = [...campus.vsb.startUrls, ...campus.webplus.startUrls];
    const read = new Set<string>();
    for (let url = lists.pop(); url !== undefined; url = lists.pop()) {
      if (read.has(url)) continue;
      read.add(url);
      const parsed = await parse(url);
      for (const item of parsed.items) {
        seen.set(item.url, { title: item.title, day: shanghaiDate(item.publishedAt) });
      }
      for (const page of parsed.pages) if (page.role !== 'article') lists.push(page.url);
    }
    for (const { urls, title, listedOn } of campus.expected.articles) {
      for (const url of urls) expect.soft(seen.get(url), url).toEqual({ title, day: listedOn });
    }
    expect(read.size).toBeLessThan(40);
  });

  const stateOf = async (site: SiteName, target: OddTarget) => {
    const parsed = await parse(campus.oddUrl(site, target) ?? '');
    return [parsed.state, parsed.items.length];
  };

  it('takes no article from walled and missing pages', async () => {
    expect(await stateOf('vsb', 'error-page')).toEqual(['deleted', 0]);
    expect(await stateOf('vsb', 'login-wall')).toEqual(['login-required', 0]);
    expect(await stateOf('vsb', 'dead-link')).toEqual(['deleted', 0]);
    expect(await stateOf('webplus', 'login-wall')).toEqual(['login-required', 0]);
    expect(await stateOf('webplus', 'dead-link')).toEqual(['deleted', 0]);
  });

  it('knows a page whose template failed for an unknown page', async () => {
    expect(await stateOf('vsb', 'half-page')).toEqual(['unknown-page', 0]);
    expect(await stateOf('webplus', 'half-page')).toEqual(['unknown-page', 0]);
  });
});
