import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatheredPost } from '../../../pipeline/domain/post.ts';
import { articlePages } from './fixtures/article-pages.ts';
import { listPages } from './fixtures/list-pages.ts';
import { parseSitePage } from './parse.ts';
import { toGatheredPost } from './site-item.ts';

const fetchedAt = '2026-03-20T04:00:00.000Z';
const all = [...articlePages, ...listPages];
const timed = (html: string) => {
  const start = performance.now();
  parseSitePage({ url: 'https://www.canglan.example/a/list.htm', html, fetchedAt });
  return performance.now() - start;
};

describe('parsing', () => {
  it('gives what the store takes', () => {
    for (const page of all) {
      for (const item of parseSitePage({ url: page.url ?? null, html: page.html, fetchedAt }).items) {
        expect(GatheredPost.safeParse(toGatheredPost(item, 'main-site')).error).toBeUndefined();
      }
    }
  });

  it('knows one article under two columns, in two forms of address, as one', () => {
    const html = articlePages[0]?.html ?? '';
    const ids = [
      'info/1021/2345.htm',
      'info/1099/2345.htm',
      'content.jsp?urltype=news.NewsContentUrl&wbtreeid=1&wbnewsid=2345',
    ].map(
      (path) => parseSitePage({ url: `https://www.canglan.example/${path}`, html, fetchedAt }).items[0]?.id,
    );
    expect(new Set(ids).size).toBe(1);
    const elsewhere = parseSitePage({
      url: 'https://lib.canglan.example/info/1021/2345.htm',
      html,
      fetchedAt,
    });
    expect(elsewhere.items[0]?.id).not.toBe(ids[0]);
  });

  it('leads the crawler on to articles and the next page of its own host only', () => {
    const list = listPages.find((page) => page.name.startsWith('webplus: titles'));
    const { pages } = parseSitePage({ url: list?.url ?? null, html: list?.html ?? '', fetchedAt });
    expect(pages).toEqual([
      { url: 'https://www.canglan.example/tzgg/list2.htm', role: 'list' },
      { url: 'https://www.canglan.example/2026/0318/c21a501/page.htm', role: 'article' },
      { url: 'https://www.canglan.example/2025/1230/c21a504/page.htm', role: 'article' },
    ]);
  });

  it('follows a start page that only leads elsewhere', () => {
    const read = (html: string) =>
      parseSitePage({ url: 'https://www.canglan.example/', html, fetchedAt }).pages;
    expect(read('<meta http-equiv="refresh" content="0; url=main.htm">')).toEqual([
      { url: 'https://www.canglan.example/main.htm', role: 'home' },
    ]);
    expect(read('<script>window.location.href="/cn/index.htm"</script>')).toEqual([
      { url: 'https://www.canglan.example/cn/index.htm', role: 'home' },
    ]);
    expect(read('<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">')).toEqual([
      { url: 'https://elsewhere.example/', role: 'home' },
    ]);
  });

  it('takes no address that leads nowhere', () => {
    const body = [
      'javascript:void(0)',
      'mailto:a@b.example',
      'file:///C:/a.doc',
      'C:\\a.doc',
      '#top',
      'http://[',
      'news/1.htm#x',
      '//lib.canglan.example/a',
    ].map((href) => `<a href="${href}">链接</a>`);
    const { items } = parseSitePage({
      url: 'https://www.canglan.example/info/1/2.htm',
      html: `<div id="vsb_content">${body.join('，')}</div>`,
      fetchedAt,
    });
    expect(items[0]?.links).toEqual([
      'https://www.canglan.example/info/1/news/1.htm',
      'https://lib.canglan.example/a',
    ]);
    expect(items[0]?.attachments).toEqual([]);
  });

  it('takes the places a keeper names', () => {
    const html =
      '<html><body><div id="t">标题甲乙丙</div><div id="d">12/03/2026 于 2026-03-12</div><div class="x"><p>短文。</p></div></body></html>';
    const { items } = parseSitePage({
      url: null,
      html,
      fetchedAt,
      selectors: { title: '#t', date: '#d', body: '.x' },
    });
    expect(items[0]).toMatchObject({
      title: '标题甲乙丙',
      text: '短文。',
      publishedAt: '2026-03-11T16:00:00.000Z',
    });
    const rows =
      '<div class="r"><a href="/1">甲</a><i>2026-03-12</i></div><div class="r"><a href="/2">乙</a><i>2026-03-11</i></div><span class="go"><a href="/p2">→</a></span>';
    const list = parseSitePage({
      url: 'https://x.example/',
      html: rows,
      fetchedAt,
      selectors: { listItem: '.r', listDate: 'i', nextPage: '.go' },
    });
    expect(list.items.map((item) => [item.title, item.publishedAt])).toEqual([
      ['甲', '2026-03-11T16:00:00.000Z'],
      ['乙', '2026-03-10T16:00:00.000Z'],
    ]);
    expect(list.next).toBe('https://x.example/p2');
    expect(
      parseSitePage({ url: null, html, fetchedAt, selectors: { title: '((', body: '[' } }).state,
    ).toBeDefined();
  });

  it('never throws: pages cut anywhere, pieces in any order, lone surrogates', () => {
    const tags = [
      '<p>',
      '</p>',
      '<table>',
      '<tr>',
      '<td>',
      '</table>',
      '<a href="x">',
      '<a href="javascript:;">',
      '</a>',
      '<li>',
      '<ul>',
      '<form name="_newscontent_fromname">',
      '<div id="vsb_content">',
      '<div class="v_news_content">',
      '</div>',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      '<title>',
      '</title>',
      '2026-03-12',
      '通知公告的标题',
      '\ud800',
      '下页',
      '<base href="::">',
      '<a href="http://[">',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...tags), fc.string({ unit: 'binary' })), { maxLength: 40 }),
        fc.option(fc.webUrl()),
        (pieces, url) => {
          const { items } = parseSitePage({ url, html: pieces.join(''), fetchedAt });
          for (const item of items) expect(/\p{Surrogate}/u.test(item.title + item.text)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.double({ min: 0, max: 1, noNaN: true }), (page, share) => {
        parseSitePage({
          url: page.url ?? null,
          html: page.html.slice(0, page.html.length * share),
          fetchedAt,
        });
      }),
      { numRuns: 100 },
    );
  });

  it('reads large and hostile pages in time that grows with their size', { timeout: 120_000 }, () => {
    const paragraph = '<p>学院定于三月下旬组织春季学期教学检查，请各系按要求做好准备。</p>';
    const row = (place: number) =>
      `<li><a href="/info/1/${place}.htm">关于清明节放假安排的通知</a><span>2026-03-12</span></li>`;
    const shapes: ((size: number) => string)[] = [
      (size) =>
        `<form name="_newscontent_fromname"><div class="v_news_content">${paragraph.repeat(size)}</div></form>`,
      (size) => `<div class="x">${paragraph.repeat(size)}</div>`,
      (size) => `<ul>${row(7).repeat(size)}</ul>`,
      (size) => `<ul>${Array.from({ length: size }, (_, place) => row(place)).join('')}</ul>`,
      (size) =>
        `<div>${Array.from({ length: size }, (_, place) => `<table><tr><td>${row(place)}</td></tr></table>`).join('')}</div>`,
      (size) => `<p>${'1'.repeat(size * 20)}${' '.repeat(size * 20)}</p>`,
      (size) =>
        `<p>${'2026-'.repeat(size * 8)}</p><ul><li><a href="/1.htm">${'2026.'.repeat(size * 8)}</a></li></ul>`,
      (size) => '<a href="x">'.repeat(size),
      (size) => `<title>${'甲-'.repeat(size)}</title><h1>${'甲-'.repeat(90)}</h1>`,
      (size) => `<a href="/${'a-'.repeat(size)}.jsp">标题标题标题标题</a>`,
    ];
    for (const [place, shape] of shapes.entries()) {
      timed(shape(200));
      const small = Math.min(timed(shape(800)), timed(shape(800)));
      const large = Math.min(timed(shape(6400)), timed(shape(6400)));
      // Eight times the page; a quadratic reading would need sixty-four times as long. Other work shares the machine.
      expect(large, `shape ${place}: ${Math.round(small)} ms, then ${Math.round(large)} ms`).toBeLessThan(
        small * 24 + 1000,
      );
    }
  });
});
