import { describe, expect, it } from 'vitest';
import { parseSitePage } from './parse.ts';

const fetchedAt = '2026-03-20T04:00:00.000Z';
const read = (html: string, url: string | null = null) => parseSitePage({ url, html, fetchedAt });
const opening = '新学期将至，现将开学事项告知如下，请全体同学逐条读完并按时办理。';
const notice = (...lines: string[]) =>
  read(
    `<div class="box"><h1>开学须知</h1><div>2026-03-04</div><div class="entry">${[opening, ...lines].map((line) => `<p>${line}</p>`).join('')}</div></div>`,
  ).items[0]?.text.split('\n');

describe('small print about a text that no system marks', () => {
  it.each([
    '返回宿舍后请先开窗通风。',
    '关闭电源后再离开实验室。',
    '打印店周末也开门。',
    '下一页是校车时刻，请对照乘车。',
    '上一篇通告里的安排照旧，请继续执行。',
    '版权所有人须出具证明。',
    '分享到班级群的同学可领取书签，每人一份。',
    '扫一扫二维码进群，领取兼职佣金。',
  ])('keeps the sentence %s', (line) => expect(notice(line)).toEqual([opening, line]));

  it.each([
    '【打印本页】',
    '[关闭窗口]',
    '返回顶部',
    '上一篇：<a href="/info/1/2.htm">校历已经排定</a>',
    '下一条 <a href="/info/1/4.htm">校车改点！请互相转告。</a>',
    '分享到：',
    '版权所有 © 2026 沧澜师范学院',
    '浏览次数：12',
  ])('drops %s', (line) => expect(notice(line)).toEqual([opening]));
});

const sidebar = `<div class="side"><ul>${[1, 2, 3]
  .map(
    (place) =>
      `<li><a href="/info/9/${place}.htm">学校召开第${place}次工作会议</a><span>2026-03-0${place}</span></li>`,
  )
  .join('')}</ul></div>`;
const short = (dateLine: string) =>
  `${sidebar}<div class="m"><h2>停水通知</h2><p>${dateLine}</p><div class="txt"><p>今晚停水。</p></div></div>`;

describe('an article of one short sentence beside a dated list', () => {
  it.each([
    ['by its address', short('2026-03-06'), 'http://a.example/info/9/7.htm'],
    ['by its date line', short('发布时间：2026-03-06'), null],
  ])('is known %s', (_name, html, url) => {
    expect(read(html, url)).toMatchObject({
      role: 'article',
      items: [{ title: '停水通知', text: '今晚停水。' }],
    });
  });

  it('a list page without either stays one', () => {
    expect(read(`${sidebar}<p>欢迎光临</p>`).role).toBe('list');
  });
});
