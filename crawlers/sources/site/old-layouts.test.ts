import { describe, expect, it } from 'vitest';
import { parseSitePage } from './parse.ts';

const fetchedAt = '2026-03-20T04:00:00.000Z';
const sentence = '定于五月十日至二十日在校医院组织全体教职工体检，请各单位按时间表安排好本单位人员参加。';
const read = (title: string, body: string) => {
  const html = `<html><head><title>${title}</title></head><body>${body}</body></html>`;
  const { role, items } = parseSitePage({ url: null, html, fetchedAt });
  return { role, items: items.map((item) => [item.title, item.publishedAt, item.url]), text: items[0]?.text };
};
const day = (date: string) => new Date(`${date}T00:00:00+08:00`).toISOString();

describe('a layout of tables', () => {
  const aside = (count: number) =>
    `<td width=200><table><tr><td>最新文章</td></tr>${Array.from({ length: count }, (_, id) => `<tr><td><a href="shownews.asp?id=${id}">学院举行第${id}次升旗</a></td></tr>`).join('')}</table></td>`;
  const article = `<td><table width=100%><tr><td align=center><font size=5><b>关于教职工体检的通知</b></font></td></tr><tr><td align=center>发布人：校医院　发布日期：2012-5-8　点击数：123</td></tr><tr><td>　　${sentence}<br>　　体检前请勿进食。<br>二〇一二年五月八日</td></tr></table></td>`;
  for (const count of [1, 2, 6]) {
    it(`with ${count} links beside a text is an article, titled by its own large line`, () => {
      const body = `<table width=980><tr><td><a href=index.asp>首页</a> | <a href=news.asp>新闻</a></td></tr><tr>${aside(count)}${article}</tr></table>`;
      expect(read('沧澜师范学院', body)).toEqual({
        role: 'article',
        items: [['关于教职工体检的通知', day('2012-05-08'), '']],
        text: `${sentence}\n体检前请勿进食。\n二〇一二年五月八日`,
      });
    });
  }

  it('with the rows of a list, each in a table of its own, is a list', () => {
    const rows = [1, 2, 3].map(
      (id) =>
        `<table><tr><td>·</td><td><a href="show.asp?id=${id}">学院召开第${id}次会议</a></td><td>2010-5-${id}</td></tr></table>`,
    );
    const { role, items } = read(
      '沧澜师范学院',
      `<table><tr><td>公告</td><td>${rows.join('')}</td></tr></table>`,
    );
    expect(role).toBe('list');
    expect(items).toEqual(
      [1, 2, 3].map((id) => [`学院召开第${id}次会议`, day(`2010-05-0${id}`), `show.asp?id=${id}`]),
    );
  });
});

describe('the date of a row', () => {
  const list = (row: (id: number) => string) =>
    read('讲座', `<ul>${[1, 2, 3, 4].map(row).join('')}</ul>`).items;

  it('is its own in figures, not that of the event it announces', () => {
    const rows = list(
      (id) =>
        `<li><div><p>1${id}</p><span>2025-09</span></div><div><a href="/info/1/${id}.htm">学术讲座第${id}期</a><p>时间：2022年1月1日下午三点，地点：报告厅</p></div></li>`,
    );
    expect(rows.map((row) => row[1])).toEqual([1, 2, 3, 4].map((id) => day(`2025-09-1${id}`)));
  });

  it('is none where only an event has one', () => {
    const rows = list(
      (id) =>
        `<li><a href="/info/1/${id}.htm">学术讲座第${id}期</a><p>时间：2026年4月${id}日 地点：报告厅</p></li>`,
    );
    expect(rows.map((row) => row[1])).toEqual([null, null, null, null]);
  });

  it('has its year from the heading over it', () => {
    const year = (number: number) =>
      `<h3>${number}年</h3><ul>${[1, 2, 3].map((id) => `<li><a href="/info/1/${number}${id}.htm">学院召开第${id}次会议</a><span>09-1${id}</span></li>`).join('')}</ul>`;
    const { items } = read('大事记', `<div>${year(2023)}${year(2022)}</div>`);
    expect(items.map((row) => row[1])).toEqual(
      ['2023', '2022'].flatMap((number) => [1, 2, 3].map((id) => day(`${number}-09-1${id}`))),
    );
  });

  it('belongs to names of one character too; links that sort a directory are no rows', () => {
    expect(
      list((id) => `<li><a href="/info/1/${id}.htm">忙</a><span>2024-01-0${id}</span></li>`),
    ).toHaveLength(4);
    const files =
      '<pre><a href="?C=N;O=D">Name</a> <a href="a.pdf">a.pdf</a> 2023-01-01 10:00 <a href="b.pdf">b.pdf</a> 2023-01-02 10:00</pre>';
    expect(read('Index of /files', files).items.map((row) => row[0])).toEqual(['a.pdf', 'b.pdf']);
  });
});

it('rows that only a script makes links are a list', () => {
  const rows = [1, 2, 3, 4, 5].map(
    (id) =>
      `<li onclick="location.href='/info/1/${id}.htm'"><span>关于事项的通知第${id}号</span><i>2013-04-0${id}</i></li>`,
  );
  const { role, items } = read('通知', `<ul>${rows.join('')}</ul>`);
  expect(role).toBe('list');
  expect(items[0]).toEqual(['关于事项的通知第1号', day('2013-04-01'), '/info/1/1.htm']);
});

it('a date in numerals is a date', () => {
  const at = (date: string) =>
    read(
      '放假安排-院办',
      `<h1>放假安排</h1><div>发布时间：${date}</div><div class="v_news_content"><p>${sentence}</p></div>`,
    ).items[0]?.[1];
  expect(at('二〇二四年六月一日')).toBe(day('2024-06-01'));
  expect(at('二○二四年十二月三十一日')).toBe(day('2024-12-31'));
  expect(at('二〇二五年十月二十日')).toBe(day('2025-10-20'));
});

it('an arrow that says rel="next" leads to the following page, whatever stands around it', () => {
  const rows = [1, 2, 3].map(
    (id) =>
      `<section><a href="/n/${id}"><h4>学院召开第${id}次全体会议</h4><time>2026.03.0${id}</time></a></section>`,
  );
  const next = (foot: string) =>
    parseSitePage({
      url: 'https://www.canglan.example/news',
      html: `<html><body><main>${rows.join('')}${foot}</main></body></html>`,
      fetchedAt,
    }).next;
  expect(next('<nav><a rel="next" href="?p=2">›</a></nav>')).toBe('https://www.canglan.example/news?p=2');
  expect(next('<nav><a href="/next-event">›</a></nav>')).toBeNull();
});
