import { describe, expect, it } from 'vitest';
import { parseSitePage } from './parse.ts';

const url = 'http://www.canglan.example/';
const fetchedAt = '2026-11-22T00:00:00.000Z';
const pagesOf = (html: string) => parseSitePage({ url, html, fetchedAt }).pages;

describe('a page that only sends one on', () => {
  it.each([
    ['<meta http-equiv="refresh" content="0;url=main.htm">', `${url}main.htm`],
    ["<META HTTP-EQUIV=refresh CONTENT='3; URL=/index/a.jsp?x=1&amp;y=2'>", `${url}index/a.jsp?x=1&y=2`],
    ['<title>学校</title><script>window.location.href="/cms/main.htm";</script>', `${url}cms/main.htm`],
    ['<script>top.location.replace("main.psp")</script>', `${url}main.psp`],
    ['<script>location = "http://news.canglan.example/"</script>', 'http://news.canglan.example/'],
    [`<script>setTimeout("window.location.href='main.htm'", 100)</script>`, `${url}main.htm`],
  ])('%s', (html, target) => expect(pagesOf(html)).toEqual([{ url: target, role: 'home' }]));

  it.each([
    ['<p>没有别的去处</p>'],
    ['<script>location.reload()</script>'],
    ['<meta http-equiv="refresh" content="300">'],
    ['<script>document.cookie="a=1";location.href="/x"</script>'],
    [`<p>${'正文'.repeat(150)}</p><script>location.href="/x"</script>`],
    ['<script>location.href="/"</script>'],
  ])('is none: %s', (html) => expect(pagesOf(html)).toEqual([]));
});

it('a start page that leads to one column only is one', () => {
  const html =
    '<div class="nav"><a href="/">首页</a></div><div>通知公告 <a href="xwzx/tzgg.htm">更多</a></div>';
  const page = parseSitePage({ url: `${url}index.htm`, html, fetchedAt });
  expect(page).toMatchObject({ state: 'ok', role: 'home' });
  expect(page.pages).toEqual([{ url: `${url}xwzx/tzgg.htm`, role: 'list' }]);
});
