import { describe, expect, it } from 'vitest';
import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import { explainSitePage } from './explain.ts';
import { oddArticle, oddList, oddSelectors } from './fixtures/odd-system.ts';

const url = 'https://hq.canglan.example/app.do';
const explain = (html: string, selectors: SiteSelectors = {}, status = 200) =>
  explainSitePage({ url, html, fetchedAt: '2026-03-06T02:00:00.000Z', selectors, status });

describe('explainSitePage', () => {
  it('says which selector gave what', () => {
    const article = explain(oddArticle, oddSelectors);
    expect(article.places).toEqual({
      title: { by: 'selector', place: '.hh' },
      body: { by: 'selector', place: '.bb' },
    });
    expect([article.unmatched, article.hints]).toEqual([[], []]);
    expect(explain(oddList, oddSelectors).places).toEqual({ rows: { by: 'selector', place: '.q2 > .r' } });
  });

  it('or where in the page it was found, as a selector that finds it again', () => {
    const { places, parsed } = explain(
      '<title>关于考试安排的通知</title><div id="main"><h1 class="tt">关于考试安排的通知</h1><p>发布时间：2026-03-05</p><div class="txt"><p>期末考试定于六月二十日开始，请同学们按时参加，带好学生证和文具。</p></div></div>',
    );
    expect(parsed.role).toBe('article');
    expect(places.title).toEqual({ by: 'structure', place: '#main > h1.tt' });
    expect(places.body?.place).toBe('#main > div.txt');
  });

  it('names selectors that match nothing, those of the page’s own kind only', () => {
    expect(explain(oddArticle, { ...oddSelectors, title: '.gone' }).hints).toEqual([
      'selectors.title matches nothing on this page',
    ]);
    expect(explain(oddList, { ...oddSelectors, listDate: 'time' }).unmatched).toEqual(['listDate']);
  });

  it.each([
    ['<div id="app"></div><script src="/app.js"></script>', 200, /fetchedBy: browser/],
    ['<p>欢迎</p>', 200, /nothing was recognised: name the rows .* selectors\.listItem/],
    [
      '<title>统一身份认证</title><form action="/cas/login"><input name=username><input type=password name=password></form>',
      200,
      /asks for a login/,
    ],
    [`<p>${'<b>'.repeat(600)}</p>`, 200, /the page was not read: elements nested/],
  ])('%.40s has a hint', (html, status, hint) => {
    expect(explain(html, {}, status).hints.join()).toMatch(hint);
  });

  it('tells of rows without dates, and of a long list without a next page', () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `<li><a href="/info/1042/${i + 1}.htm">关于第${i + 1}教学楼教室使用安排的通知</a></li>`,
    ).join('');
    const { parsed, hints } = explain(`<title>通知</title><ul class="news_list">${rows}</ul>`);
    expect(parsed.role).toBe('list');
    expect(hints).toEqual([
      expect.stringMatching(/12 of 12 rows show no date.*selectors\.listDate/),
      expect.stringMatching(/no next page was found.*selectors\.nextPage/),
    ]);
  });
});
