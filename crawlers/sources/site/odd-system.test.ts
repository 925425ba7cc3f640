import { describe, expect, it } from 'vitest';
import { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import { oddArticle, oddList, oddSelectors } from './fixtures/odd-system.ts';
import { parseSitePage } from './parse.ts';

const base = 'https://hq.canglan.example/app.do';
const read = (html: string, query: string, selectors: SiteSelectors = oddSelectors) =>
  parseSitePage({ url: `${base}?${query}`, html, fetchedAt: '2026-03-06T02:00:00.000Z', selectors });

describe('a system that nobody knows, by the selectors of its channel', () => {
  it('shows its rows, their dates and the next page', () => {
    const page = read(oddList, 'op=ls&c=4');
    expect([page.state, page.role, page.next]).toEqual(['ok', 'list', `${base}?op=ls&c=4&p=2`]);
    expect(page.items.map(({ title, url, publishedAt }) => [title, url, publishedAt])).toEqual([
      ['东区宿舍楼水箱清洗期间供水安排', `${base}?op=sh&k=ab12`, '2026-03-04T16:00:00.000Z'],
      ['一食堂清真窗口调整供应时间', `${base}?op=sh&k=ab11`, '2026-03-01T16:00:00.000Z'],
      ['校车新增图书馆站', `${base}?op=sh&k=ab09`, '2026-02-26T16:00:00.000Z'],
    ]);
  });

  it('shows an article, its files, and nothing of what is to be ignored', () => {
    const page = read(oddArticle, 'op=sh&k=ab12');
    const [item] = page.items;
    expect([page.state, page.role, item?.title]).toEqual(['ok', 'article', '东区宿舍楼水箱清洗期间供水安排']);
    expect(item?.text).toBe('东区宿舍楼水箱定于三月七日清洗，当日九时至十五时停水，请提前储水。');
    expect(item?.publishedAt).toBe('2026-03-05T00:40:00.000Z');
    expect(item?.attachments).toEqual([
      { name: '停水楼栋一览', url: `${base}?op=dl&k=8831` },
      { name: '应急供水点', url: `${base}?op=dl&k=8832` },
    ]);
    expect(item?.links).toEqual([]);
  });

  it('each of them does something: without it the reading is another one', () => {
    const whole = [read(oddList, 'op=ls&c=4'), read(oddArticle, 'op=sh&k=ab12')];
    for (const field of Object.keys(oddSelectors)) {
      const rest = Object.fromEntries(Object.entries(oddSelectors).filter(([name]) => name !== field));
      const fewer = SiteSelectors.parse(rest);
      const now = [read(oddList, 'op=ls&c=4', fewer), read(oddArticle, 'op=sh&k=ab12', fewer)];
      expect(now, field).not.toEqual(whole);
    }
  });

  it('that is no CSS, or would take the page away, changes nothing', () => {
    const plain = read(oddArticle, 'op=sh&k=ab12', {});
    expect(read(oddArticle, 'op=sh&k=ab12', { ignore: 'div[[' })).toEqual(plain);
    expect(read(oddArticle, 'op=sh&k=ab12', { ignore: 'body' })).toEqual(plain);
  });
});
