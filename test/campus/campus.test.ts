import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Campus, startCampus } from './campus.ts';
import { encodeGbk } from './gbk.ts';

const today = new Date('2026-11-22T04:00:00.000Z');
const bare = (text: string) => text.replace(/[\s\u3000]/g, '');

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads a column's list pages by the link to the next one; the links of all rows, in order. */
async function readList(start: string, nextSelector: string, rowSelector: string) {
  const pages: string[] = [];
  const links: { url: string; title: string; text: string }[] = [];
  for (let url: string | null = start; url !== null && pages.length < 20; ) {
    const page: string = url;
    pages.push(page);
    const $ = load(decode((await get(page)).bytes));
    for (const row of $(rowSelector)) {
      const href = $(row).attr('href') ?? '';
      links.push({ url: new URL(href, page).href, title: $(row).attr('title') ?? '', text: $(row).text() });
    }
    const next = $(nextSelector)
      .filter((_, link) => /下一?页/.test($(link).text()))
      .attr('href');
    url = next === undefined || next.startsWith('javascript') ? null : new URL(next, page).href;
  }
  return { pages, links };
}

const readVsb = (campus: Campus, column: string) =>
  readList(`${campus.vsb.url}/${column}.htm`, 'a.Next', 'li[id^="line_u9"] a');
const readWebplus = (campus: Campus, column: string) =>
  readList(`${campus.webplus.url}/${column}/list.htm`, '#wp_paging_w6 a.next', '#wp_news_w6 a');

describe('the campus as it stands', () => {
  let campus: Campus;
  beforeAll(async () => {
    campus = await startCampus({ today });
  });
  afterAll(() => campus.close());

  it('numbers the archive pages of the VSB site backwards', async () => {
    const { pages } = await readVsb(campus, 'tzgg');
    const paths = pages.map((page) => new URL(page).pathname);
    expect(paths).toEqual(['/tzgg.htm', '/tzgg/2.htm', '/tzgg/1.htm']);
    expect((await get(`${campus.vsb.url}/tzgg/3.htm`)).status).toBe(404);
  });

  it('leads by its pagers to every article in each of its columns', async () => {
    const found = new Set<string>();
    for (const column of ['xyxw', 'tzgg', 'gsgg', 'hqbz', 'aqxc', 'zsjy']) {
      for (const { url } of (await readVsb(campus, column)).links) found.add(url);
    }
    for (const column of ['jwtz', 'xxhgg', 'tsgdt']) {
      const { pages, links } = await readWebplus(campus, column);
      expect(pages.slice(1).every((page, index) => page.endsWith(`/list${index + 2}.htm`))).toBe(true);
      for (const { url } of links) found.add(url);
    }
    const missing = campus.expected.articles.flatMap(({ urls }) => urls.filter((url) => !found.has(url)));
    expect(missing).toEqual([]);
    expect(campus.expected.articles.length).toBeGreaterThanOrEqual(40);
    expect(campus.expected.articles.some(({ urls }) => urls.length > 1)).toBe(true);
    expect([...found].some((url) => url.includes('info/1031/2901.htm'))).toBe(false);
  });

  it('cuts long titles in the list and keeps them whole in the attribute', async () => {
    const { links } = await readVsb(campus, 'tzgg');
    const cut = links.filter(({ text }) => text.endsWith('…'));
    expect(cut.length).toBeGreaterThan(3);
    for (const { text, title } of cut) expect(title.startsWith(text.slice(0, -1))).toBe(true);
  });

  it('prints every article with its title, its text once and its files', async () => {
    for (const article of campus.expected.articles) {
      for (const url of article.urls) {
        const $ = load(decode((await get(url)).bytes));
        expect($('h1').first().text(), url).toBe(article.title);
        const body = bare($('.v_news_content, .wp_articlecontent').first().text());
        let from = 0;
        for (const piece of article.pieces) {
          const at = body.indexOf(bare(piece), from);
          expect(at, `${url}: ${piece}`).toBeGreaterThanOrEqual(from);
          from = at + bare(piece).length;
        }
        expect(body.split(bare(article.textStart)).length, url).toBe(2);
      }
      for (const file of article.attachments) expect((await get(file.url)).status, file.url).toBe(200);
    }
  });

  it('keeps one column in GBK, and one UTF-8 page under a wrong meta tag', async () => {
    const gbk = await get(`${campus.vsb.url}/zsjy.htm`);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(gbk.bytes)).toThrow();
    expect(new TextDecoder('gb18030').decode(gbk.bytes)).toContain('秋季大型校园双选会');
    expect(gbk.bytes.toString('latin1')).toContain('charset=gb2312');
    const wrong = campus.expected.articles.find(({ key }) => key === 'admission-guide');
    const page = (await get(wrong?.urls[0] ?? '')).bytes.toString('utf8');
    expect(page).toContain('charset=gb2312');
    expect(page).toContain('公费师范生');
  });

  it('has dead, broken and walled rows, and a path that robots.txt keeps closed', async () => {
    const open = async (site: 'vsb' | 'webplus', target: Parameters<Campus['oddUrl']>[1]) =>
      get(campus.oddUrl(site, target) ?? '');
    const text = async (...place: Parameters<typeof open>) => (await open(...place)).bytes.toString('utf8');
    expect((await open('vsb', 'dead-link')).status).toBe(404);
    expect((await open('webplus', 'dead-link')).status).toBe(404);
    expect(await text('vsb', 'half-page')).toContain('RenderException');
    expect(await text('vsb', 'half-page')).not.toContain('v_news_content');
    expect(await text('webplus', 'half-page')).not.toContain('wp_articlecontent');
    expect(await text('vsb', 'error-page')).toContain('不存在或已被删除');
    expect(await text('webplus', 'login-wall')).toContain('type="password"');
    expect((await open('webplus', 'pdf-file')).headers.get('content-type')).toBe('application/pdf');
    const away = await fetch(campus.oddUrl('vsb', 'redirect-away') ?? '', { redirect: 'manual' });
    expect([away.status, away.headers.get('location')]).toEqual([302, 'http://www.example.edu/open-day.htm']);
    const robots = (await get(`${campus.vsb.url}/robots.txt`)).bytes.toString();
    const closed = /Disallow: (\S+)/.exec(robots)?.[1] ?? '';
    expect(campus.oddUrl('vsb', 'disallowed')).toContain(closed);
  });

  it('has a public notice on the gathering of comments', async () => {
    expect((await get(`${campus.vsb.url}/notice.htm`)).bytes.toString()).toContain('不超过90天');
  });

  it('answers 304 to a known tag and to a known date, and logs what was asked', async () => {
    const url = campus.expected.articles[0]?.urls[0] ?? '';
    const first = await get(url);
    const etag = first.headers.get('etag') ?? '';
    const since = first.headers.get('last-modified') ?? '';
    expect((await get(url, { 'If-None-Match': etag })).status).toBe(304);
    expect((await get(url, { 'If-Modified-Since': since })).status).toBe(304);
    expect((await get(url, { 'If-None-Match': '"other"' })).status).toBe(200);
    const logged = campus.requests().filter(({ path }) => url.endsWith(path));
    expect(logged.slice(-3).map(({ status }) => status)).toEqual([304, 304, 200]);
  });

  it('dates everything within three months before today', () => {
    const dates = campus.expected.articles.flatMap(({ publishedAt }) => publishedAt ?? []);
    expect(dates.every((date) => date < today.toISOString() && date > '2026-08-31')).toBe(true);
  });
});

describe('the hands of the keepers', () => {
  let campus: Campus;
  beforeAll(async () => {
    campus = await startCampus({ today });
  });
  afterAll(() => campus.close());
  const urlOf = (key: string) => campus.expected.articles.find((each) => each.key === key)?.urls[0] ?? '';

  it('changes a text, with another tag and date', async () => {
    const url = urlOf('food-safety-statement');
    const before = await get(url);
    campus.control.editArticle('food-safety-statement');
    const after = await get(url, { 'If-Modified-Since': before.headers.get('last-modified') ?? '' });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(decode(after.bytes)).toContain('学校为此向同学们和家长致歉');
  });

  it('takes an article down everywhere', async () => {
    const article = campus.expected.articles.find(({ key }) => key === 'fire-drill');
    campus.control.deleteArticle('fire-drill');
    for (const url of article?.urls ?? []) expect((await get(url)).status).toBe(404);
    const { links } = await readVsb(campus, 'tzgg');
    expect(links.some(({ url }) => article?.urls.includes(url))).toBe(false);
    expect(() => campus.control.editArticle('fire-drill')).toThrow('fire-drill');
  });

  it('publishes what was held back, at the top of its lists', async () => {
    const home = `${campus.vsb.url}/tzgg.htm`;
    const before = await get(home);
    expect(urlOf('burst-pipe')).toBe('');
    expect(campus.control.publish(2)).toEqual(['burst-pipe', 'academic-system-outage']);
    const after = await get(home, { 'If-None-Match': before.headers.get('etag') ?? '' });
    expect(after.status).toBe(200);
    const { links } = await readVsb(campus, 'tzgg');
    expect(links.findIndex(({ url }) => url === urlOf('burst-pipe'))).toBe(1); // below the pinned one
    expect((await readWebplus(campus, 'jwtz')).links[0]?.url).toBe(urlOf('academic-system-outage'));
    expect(campus.control.publish(9)).toHaveLength(2);
    expect(campus.control.publish(1)).toEqual([]);
  });

  it('breaks a page, and lets one hang until it is closed', async () => {
    campus.control.breakPage('job-fair');
    const broken = decode((await get(urlOf('job-fair'))).bytes);
    expect(broken).toContain('RenderException');
    expect(broken).not.toContain('体育馆');
    campus.control.hangPage('final-exams');
    await expect(fetch(urlOf('final-exams'), { signal: AbortSignal.timeout(300) })).rejects.toThrow();
    expect(campus.requests().at(-1)?.status).toBe(0);
  });
});

it('encodes GBK so that it decodes to itself, and names what GBK does not have', () => {
  const text = '沧澜师范学院：①“双选会”4×100米—8℃\r\n';
  expect(new TextDecoder('gbk').decode(encodeGbk(text))).toBe(text);
  expect(encodeGbk('中')).toEqual(Buffer.from([0xd6, 0xd0]));
  expect(() => encodeGbk('好👍')).toThrow('U+1F44D');
});
