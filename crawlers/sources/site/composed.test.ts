import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSitePage } from './parse.ts';

/** Pages put together from the parts that templates are made of: any heading with any date line, any list with any pager. */
const fetchedAt = '2026-03-30T04:00:00.000Z';
const site = 'https://www.canglan.example';
const any = fc.constantFrom;

const navigation = any(
  '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk.htm">学院概况</a></li></ul></div>',
  '<table width="100%"><tr><td><a href="/">首页</a></td><td><a href="/xxgk.htm">学院概况</a></td></tr></table>',
  '<header><div id="logo"><h1>沧澜师范学院</h1></div><ul id="menu"><li><a href="/a/1.htm">学院简介</a></li></ul></header>',
  '',
);
const foot = any(
  '<div class="footer"><p>版权所有 沧澜师范学院 地址：沧澜市学府路1号 邮编：061001</p></div>',
  '<div class="bq"><a href="http://a.example/">国家教育主管部门网站</a>Copyright © 沧澜师范学院</div>',
  '',
);
const side = any(
  '',
  '<div class="left"><h2>新闻中心</h2><ul><li><a href="xyxw.htm">学院新闻</a></li><li><a href="tzgg.htm">通知公告</a></li></ul></div>',
  '<div class="sidebar"><h3>热点</h3><ul><li><a href="../info/1020/901.htm">学院举行升旗仪式活动</a><span>2026-03-01</span></li><li><a href="../info/1020/902.htm">学院开展植树节活动</a><span>2026-03-02</span></li></ul></div>',
);
const crumbs = any(
  '',
  '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/tzgg.htm">通知公告</a></div>',
);
const frame = any(
  (inner: string, beside: string) => `<div class="main">${beside}<div class="right">${inner}</div></div>`,
  (inner: string, beside: string) => `<table><tr><td>${beside}</td><td>${inner}</td></tr></table>`,
  (inner: string, beside: string) =>
    `<div class="wrap"><div class="content_box">${inner}</div>${beside}</div>`,
);
const around = fc.record({ navigation, foot, side, crumbs, frame });
type Around = {
  navigation: string;
  foot: string;
  side: string;
  crumbs: string;
  frame: (inner: string, beside: string) => string;
};
const page = (title: string, inner: string, parts: Around) =>
  `<html><head><title>${title}</title></head><body>${parts.navigation}${parts.frame(parts.crumbs + inner, parts.side)}${parts.foot}</body></html>`;

const heading = any(
  (title: string) => `<h1>${title}</h1>`,
  (title: string) => `<h3 class="t">${title}</h3>`,
  (title: string) => `<div class="conth1">${title}</div>`,
  (title: string) => `<p class="bt">${title}</p>`,
  (title: string) => `<table><tr><td align="center" class="titlestyle10">${title}</td></tr></table>`,
  (title: string) => `<div align="center"><strong><font size="4">${title}</font></strong></div>`,
);
const dateLine = any(
  (date: string) => `<p>发布时间：${date}</p>`,
  (date: string) =>
    `<div class="info"><span>作者：</span><span>发布日期：${date}</span><span>点击数：<script>x()</script></span></div>`,
  (date: string) => `<div align="center">时间：${date}&nbsp;&nbsp;点击：<span>123</span>次</div>`,
  (date: string) =>
    `<div class="sj"><span>来源：宣传部</span> <span>${date}</span> <span>浏览次数：55</span></div>`,
);
const dates = any(
  ['2026-03-12', '2026-03-11T16:00:00.000Z'],
  ['2026/3/12', '2026-03-11T16:00:00.000Z'],
  ['2026年03月12日', '2026-03-11T16:00:00.000Z'],
  ['[2026.03.12]', '2026-03-11T16:00:00.000Z'],
  ['2026-03-12 10:20:30', '2026-03-12T02:20:30.000Z'],
);
const place = any(
  (text: string) =>
    `<form name="_newscontent_fromname"><div id="vsb_content"><div class="v_news_content">${text}</div></div></form>`,
  (text: string) => `<div id="vsb_content_501">${text}</div>`,
  (text: string) =>
    `<div class="entry"><div class="read"><div class='wp_articlecontent'>${text}</div></div></div>`,
  (text: string) => `<div class="content">${text}</div>`,
  (text: string) => `<div class="wenzhang">${text}</div>`,
);
const sentence = any(
  '学院定于三月下旬组织教学检查，请各系按要求做好准备。',
  '2025年9月1日，新校区正式启用，师生反响热烈。',
  '请于2026-04-01前将材料报送至行政楼305室，逾期不予受理。',
  '会议由副院长主持，各部门负责人参加了会议。',
);
const neighbours = any(
  '',
  '<p>上一条：<a href="1.htm">关于某事的通知</a></p><p>下一条：<a href="2.htm">关于另一件事的通知</a> 2026-03-20</p>',
);
const title = any(
  '关于开展2026年春季学期教学检查的通知',
  '学院召开安全工作会议',
  '2025-2026学年第二学期校历',
  '【喜报】数学系获评先进集体',
);
const suffix = any('-沧澜师范学院', '-教务处', '', '_沧澜师范学院', '-通知公告-沧澜师范学院');

it('an article put together from any parts', () => {
  const parts = fc.record({
    title,
    suffix,
    heading,
    dateLine,
    dates,
    place,
    sentences: fc.array(sentence, { minLength: 1, maxLength: 5 }),
    neighbours,
    around,
  });
  fc.assert(
    fc.property(parts, (p) => {
      const text = p.sentences.map((words) => `<p>　　${words}</p>`).join('\n');
      const html = page(
        p.title + p.suffix,
        p.heading(p.title) + p.dateLine(p.dates[0] ?? '') + p.place(text) + p.neighbours,
        p.around,
      );
      const { role, items } = parseSitePage({ url: null, html, fetchedAt });
      expect({ role, ...pickItem(items[0]) }).toEqual({
        role: 'article',
        title: p.title,
        publishedAt: p.dates[1],
        text: p.sentences.join('\n'),
      });
    }),
    { numRuns: 300, seed: 20260320 },
  );
});

function pickItem(item: { title: string; publishedAt: string | null; text: string } | undefined) {
  return { title: item?.title, publishedAt: item?.publishedAt, text: item?.text };
}

interface Row {
  title: string;
  month: string;
  day: string;
  href: string;
}
const dateForm = any(
  (row: Row) => `2026-${row.month}-${row.day}`,
  (row: Row) => `[2026/${row.month}/${row.day}]`,
  (row: Row) => `2026年${row.month}月${row.day}日`,
  (row: Row) => `${row.month}-${row.day}`,
  (row: Row) => `<b>${row.day}</b><i>2026-${row.month}</i>`,
);
const rowShape = any(
  (a: string, date: string) => `<li><span class="date">${date}</span>${a}`,
  (a: string, date: string) => `<li id="line_u9_0">${a}<em>${date}</em></li>`,
  (a: string, date: string) => `<dl><dt>${a}</dt><dd>${date}</dd></dl>`,
  (a: string, date: string) => `<table><tr><td>·</td><td>${a}</td><td>${date}</td></tr></table>`,
  (a: string, date: string) =>
    `<div class="item"><h3>${a}</h3><p>2019年9月9日，学院曾就此事作出专门部署，各单位应认真落实。</p><span>${date}</span></div>`,
  (a: string, date: string) => `<p>${a} <span>(${date})</span></p>`,
);
const pager = any(
  ['', null],
  [
    '<div class="p_pages"><span class="p_no_d">1</span><span class="p_no"><a href="tzgg/8.htm">2</a></span><span class="p_next"><a href="tzgg/8.htm">下页</a></span><span class="p_last"><a href="tzgg/1.htm">尾页</a></span></div>',
    '/xwzx/tzgg/8.htm',
  ],
  [
    '<div id="wp_paging_w6"><a class="prev" href="list1.htm">上一页</a><a class="next" href="javascript:void(0);"><span>下一页</span></a></div>',
    null,
  ],
  [
    '<div class="pager"><strong>1</strong> <a href="l_2.html">2</a> <a href="l_3.html">3</a> <a href="l_2.html">&gt;</a></div>',
    '/xwzx/l_2.html',
  ],
);
const link = any(['../info/1021/', '.htm'], ['/3a/4b/c21a', '/page.htm'], ['show.php?id=', '']);

describe('a list', () => {
  it('put together from any parts', () => {
    const row = fc.record({ title, month: any('01', '02', '03'), day: any('02', '15', '28') });
    const parts = fc.record({
      rows: fc.array(row, { minLength: 2, maxLength: 8 }),
      link,
      dateForm,
      rowShape,
      pager,
      cut: fc.boolean(),
      around,
    });
    fc.assert(
      fc.property(parts, (p) => {
        const rows = p.rows.map((data, place) => ({
          ...data,
          href: `${p.link[0]}${500 + place}${p.link[1]}`,
        }));
        const shown = (data: Row) =>
          `<a href="${data.href}" title="${data.title}">${p.cut ? `${data.title.slice(0, 7)}...` : data.title}</a>`;
        const list = rows.map((data) => p.rowShape(shown(data), p.dateForm(data))).join('\n');
        const html = page('通知公告-沧澜师范学院', `<div>${list}</div>${p.pager[0]}`, p.around);
        const parsed = parseSitePage({ url: `${site}/xwzx/tzgg.htm`, html, fetchedAt });
        expect(parsed.role).toBe('list');
        expect(parsed.next).toBe(p.pager[1] === null ? null : site + p.pager[1]);
        expect(parsed.items.map((item) => [item.title, item.publishedAt])).toEqual(
          rows.map((data) => [
            data.title,
            new Date(`2026-${data.month}-${data.day}T00:00:00+08:00`).toISOString(),
          ]),
        );
      }),
      { numRuns: 300, seed: 20260320 },
    );
  });
});
