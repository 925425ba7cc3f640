import { describe, expect, it } from 'vitest';
import { parseSitePage } from './parse.ts';

const fetchedAt = '2026-03-20T04:00:00.000Z';
const menu =
  '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk.htm">学院概况</a></li></ul></div>';
function read(head: string, body: string) {
  const html = `<html><head><title>${head}</title></head><body>${menu}${body}</body></html>`;
  const { role, items } = parseSitePage({ url: null, html, fetchedAt });
  return { role, title: items[0]?.title, at: items[0]?.publishedAt, text: items[0]?.text };
}
const long = '各位读者：假期开放时间调整为上午九点至下午五点，请大家合理安排，自习室照常开放。';

describe('a short notice whose title stands in its text', () => {
  it('keeps the lines of an event, and takes none of them for the day of publication', () => {
    const body = `<div class="content"><h2>学术讲座预告</h2><p>时间：2026年3月15日 14:30</p><p>地点：报告厅</p><p>${long}</p></div>`;
    expect(read('学术讲座预告-科研处', body)).toEqual({
      role: 'article',
      title: '学术讲座预告',
      at: null,
      text: `时间：2026年3月15日 14:30\n地点：报告厅\n${long}`,
    });
  });

  it('leaves out the date line and nothing after it', () => {
    const body = `<div class="c"><h1>调课通知</h1><p>2026-03-01</p><p>${long}</p><p>考试时间：2026年3月20日</p><p>教务处 2026年3月2日</p></div>`;
    expect(read('调课-教务处', body)).toMatchObject({
      at: '2026-02-28T16:00:00.000Z',
      text: `${long}\n考试时间：2026年3月20日\n教务处 2026年3月2日`,
    });
  });

  it('above an event of its own text, a bare 时间 is no day of publication either', () => {
    const body = `<form name="_newscontent_fromname"><h1>讲座预告</h1><div>时间：2026-03-15 14:30</div><div class="v_news_content"><p>地点：报告厅</p><p>${long}</p></div></form>`;
    expect(read('讲座预告-科研处', body).at).toBeNull();
  });

  it('is titled by its large or bold line where the head names only the site', () => {
    const body = `<div id="content"><p align="center"><strong>关于假期开放时间的通知</strong></p><p align="center">2026-01-27</p><p>${long}</p></div>`;
    expect(read('沧澜师范学院图书馆', body)).toEqual({
      role: 'article',
      title: '关于假期开放时间的通知',
      at: '2026-01-26T16:00:00.000Z',
      text: long,
    });
  });

  it('has the title of an unclosed heading up to the text it swallows', () => {
    const body = `<h1>未闭合的通知<div>2026-03-02<div class="v_news_content"><p>${long}<p>第二段。`;
    expect(read('未闭合的通知-教务处', body)).toMatchObject({
      title: '未闭合的通知',
      text: `${long}\n第二段。`,
    });
  });

  it('keeps a second line of its headline', () => {
    const body = `<h1 class="arti_title">院领导调研图书馆</h1><h2 class="arti_title2">——问需于师生</h2><p class="arti_metas">发布时间：2026.01.07</p><div class="wp_articlecontent"><p>${long}</p></div>`;
    expect(read('院领导调研图书馆', body)).toMatchObject({
      title: '院领导调研图书馆',
      text: `——问需于师生\n${long}`,
    });
  });

  it('has its day of publication where other small print stands beside a bare 时间', () => {
    const body = `<div class="art"><h1>海洋讲座</h1><div><span>作者：科研处</span><span>时间：2026-03-05</span></div><div class="v_news_content"><p>时间：2026年3月15日</p><p>地点：报告厅</p></div></div>`;
    expect(read('海洋讲座-科研处', body).at).toBe('2026-03-04T16:00:00.000Z');
  });

  it('takes no deadline, but a last line that says when it was published', () => {
    const body = `<div class="x"><h2>征稿启事</h2><p>截稿日期：2026-05-01</p><p>${long}</p><p>发布日期：2026-03-01</p></div>`;
    expect(read('征稿启事-学报', body)).toMatchObject({
      at: '2026-02-28T16:00:00.000Z',
      text: `截稿日期：2026-05-01\n${long}\n发布日期：2026-03-01`,
    });
  });

  it('loses no field of a form to its title', () => {
    const reply = '同学你好，后勤处已安排检修，三日内恢复热水供应，感谢关心。';
    const body = `<table><tr><td>标题</td><td>宿舍热水</td></tr><tr><td>来信时间</td><td>2026-03-01</td></tr><tr><td>内容</td><td>${long}</td></tr><tr><td>回复</td><td>${reply}</td></tr></table>`;
    expect(read('信箱回复', body)).toMatchObject({
      title: '信箱回复',
      text: `标题\t宿舍热水\n来信时间\t2026-03-01\n内容\t${long}\n回复\t${reply}`,
    });
  });

  it('drops an unclosed heading and lines between breaks from its text, and only those', () => {
    const body = `<div class="main"><h2>停水通知<p>发布时间：2026-03-09</p><p>停水时间：2026年3月10日<br>${long}</p></div>`;
    expect(read('停水通知-后勤处', body)).toMatchObject({
      title: '停水通知',
      at: '2026-03-08T16:00:00.000Z',
      text: `停水时间：2026年3月10日\n${long}`,
    });
  });
});
