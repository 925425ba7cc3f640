import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../test/campus/gbk.ts';
import { parseFeedBytes } from './parse.ts';

const fetchedAt = '2026-11-20T04:00:00.000Z';
const parse = (written: string | Uint8Array, url: string | null = 'https://www.canglan.example/rss.xml') =>
  parseFeedBytes({
    bytes: typeof written === 'string' ? Buffer.from(written) : written,
    contentType: null,
    url,
    fetchedAt,
    kind: 'article',
  });

const rss = (items: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>沧澜师范学院</title><link>/</link><description>要闻</description>${items}</channel></rss>`;

describe('a feed', () => {
  it('gives text as a reader sees it, absolute links, files, and no author', () => {
    const { state, items, next } = parse(
      rss(`<item><title>食堂一楼 &amp;amp; 二楼调价的说明</title><link>/info/1031/204.htm</link>
        <guid isPermaLink="false">canglan-204</guid><author>wangxiaoyi@canglan.example (王晓一)</author>
        <dc:creator>王晓一</dc:creator><pubDate>Thu, 19 Nov 2026 09:30:00 +0800</pubDate>
        <description>摘要</description>
        <content:encoded><![CDATA[<p>自下周一起，<b>早餐</b>价格不变。</p><p>详见<a href="205.htm">公示</a>，请@后勤小助手 反馈。</p>]]></content:encoded>
        <enclosure url="/files/%E4%BB%B7%E7%9B%AE.pdf" length="10" type="application/pdf"/></item>`),
    );
    expect({ state, next }).toEqual({ state: 'ok', next: null });
    expect(items).toEqual([
      expect.objectContaining({
        id: 'canglan-204',
        url: 'https://www.canglan.example/info/1031/204.htm',
        title: '食堂一楼 & 二楼调价的说明',
        text: '自下周一起，早餐价格不变。\n详见公示，请@… 反馈。',
        publishedAt: '2026-11-19T01:30:00.000Z',
        publishedPrecision: 'second',
        links: ['https://www.canglan.example/info/1031/205.htm'],
        attachments: [{ name: '价目.pdf', url: 'https://www.canglan.example/files/%E4%BB%B7%E7%9B%AE.pdf' }],
      }),
    ]);
    expect(JSON.stringify(items)).not.toContain('王晓一');
    expect(JSON.stringify(items)).not.toContain('wangxiaoyi');
  });

  it('is read in the charset of its bytes', () => {
    const written = rss(
      '<item><title>图书馆闭馆通知</title><link>http://lib.canglan.example/1.html</link></item>',
      '\n<?xml version="1.0" encoding="gb2312"?><!-- made by hand -->',
    );
    expect(parse(encodeGbk(written)).items[0]?.title).toBe('图书馆闭馆通知');
    expect(parse(Buffer.from(`\ufeff${written}`, 'utf16le')).items[0]?.title).toBe('图书馆闭馆通知');
  });

  it('may be Atom, RDF or JSON', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>f</id><updated>2026-11-19T00:00:00Z</updated>
      <entry><id>tag:canglan.example,2026:9</id><title type="html">讲座&amp;lt;周五&amp;gt;</title><link rel="alternate" href="a/9.html"/>
      <updated>2026-11-19T08:00:00+08:00</updated><author><name>李某</name></author><summary>欢迎参加</summary></entry></feed>`;
    expect(parse(atom).items[0]).toMatchObject({
      id: 'tag:canglan.example,2026:9',
      url: 'https://www.canglan.example/a/9.html',
      text: '欢迎参加',
      publishedAt: '2026-11-19T00:00:00.000Z',
    });
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="http://x/"><title>t</title><link>http://x/</link><description>d</description></channel>
      <item rdf:about="http://news.canglan.example/7.htm"><title>停水通知</title><link>http://news.canglan.example/7.htm</link><dc:date>2026-11-18T20:05+08:00</dc:date><description>今晚停水</description></item></rdf:RDF>`;
    expect(parse(rdf).items[0]).toMatchObject({
      title: '停水通知',
      publishedAt: '2026-11-18T12:05:00.000Z',
      publishedPrecision: 'minute',
    });
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 't',
      items: [
        {
          id: '3',
          url: 'https://x.example/3',
          title: '招聘会',
          content_html: '<p>周六上午</p>',
          authors: [{ name: '赵某' }],
        },
      ],
    });
    expect(parse(json).items[0]).toMatchObject({ id: '3', title: '招聘会', text: '周六上午' });
  });

  it.each([
    ['2026-11-19 08:05', '2026-11-19T00:05:00.000Z'],
    ['2026-5-8 16:05:36', '2026-05-08T08:05:36.000Z'],
    ['2026年11月19日', '2026-11-18T16:00:00.000Z'],
    ['Thu, 19 Nov 2026 08:05:00', '2026-11-19T00:05:00.000Z'],
    ['Thu, 19 Nov 2026 08:05:00 CST', '2026-11-19T00:05:00.000Z'],
    ['19 Nov 26 00:05 GMT', '2026-11-19T00:05:00.000Z'],
    ['Fri, 20 Nov 2026 11:55:00 GMT', '2026-11-20T03:55:00.000Z'],
    ['2026-11-19T00:05:00Z', '2026-11-19T00:05:00.000Z'],
    ['昨天', null],
  ])('dated %s is of %s', (written, expected) => {
    const { items } = parse(rss(`<item><title>t</title><pubDate>${written}</pubDate></item>`));
    expect(items[0]?.publishedAt ?? null).toBe(expected);
  });

  it('knows an entry again without an id, and lists it once', () => {
    const one = '<item><title>同一条</title><description>正文</description></item>';
    const first = parse(rss(one + one));
    expect(first.items).toHaveLength(1);
    expect(parse(rss(one)).items[0]?.id).toBe(first.items[0]?.id);
    const linked = '<item><title>a</title><link>https://x.example/a?utm_source=rss#top</link></item>';
    const again = '<item><title>a</title><link>https://x.example/a</link></item>';
    expect(parse(rss(linked)).items[0]?.url).not.toBe('');
    expect(parse(rss(again)).items).toHaveLength(1);
  });

  it('survives what feeds are like', () => {
    const mended = parse(
      `\n  \u0008${rss('<item><title>A&B 楼\u0001停电</title><link>http://x.example/?a=1&b=2</link></item>', '')}`,
    );
    expect(mended.items[0]).toMatchObject({ title: 'A&B 楼停电', url: 'http://x.example/?a=1&b=2' });
    const twice = parse(
      rss(
        '<item><title>t</title><description>&amp;lt;p&amp;gt;两次&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;转义&amp;lt;/p&amp;gt;</description></item>',
      ),
    );
    expect(twice.items[0]?.text).toBe('两次\n转义');
  });

  it('with nothing in it is empty; anything else is no feed', () => {
    expect(parse(rss('')).state).toBe('empty');
    expect(parse('')).toMatchObject({ state: 'unknown-page', reason: 'an empty answer' });
    expect(parse('<!DOCTYPE html><html><body>RSSHub: error</body></html>')).toMatchObject({
      state: 'unknown-page',
      reason: 'a web page and no feed',
    });
    expect(parse('{"ok":false}').state).toBe('unknown-page');
  });

  it('never makes the parser fail', () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<![CDATA[',
      ']]>',
      '<link/>',
      '&',
      '&#0;',
      '<rss>',
      '<channel>',
      '正文',
      '\u0000',
      '<guid/>',
      '<pubDate>x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(['ok', 'empty', 'unknown-page']).toContain(parse(rss(pieces.join(''))).state);
      }),
      { numRuns: 300 },
    );
  });
});

const samples = new URL('../../../../shared/formats/samples/site/', import.meta.url);
describe.skipIf(!existsSync(samples))('recorded feeds', () => {
  it.each([
    ['gb2312_chardet_coverer.com.xml', 15],
    ['gb2312_chardet_w3cn.org.xml', 20],
  ])('%s', (file, count) => {
    const { state, items } = parse(readFileSync(new URL(file, samples)), null);
    expect(state).toBe('ok');
    expect(items).toHaveLength(count);
    for (const { title, url } of items) {
      expect(title).toMatch(/\p{Script=Han}|[A-Za-z]/u);
      expect(title).not.toContain('\ufffd');
      expect(url).toMatch(/^http/);
    }
  });
});
