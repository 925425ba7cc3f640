import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ArticlePage, readArticlePage } from './article-page.ts';
import {
  biz,
  canaries,
  captchaShell,
  newPage,
  noticePage,
  oldPage,
  oldPicturePage,
  seconds,
  sn,
} from './fixtures/pages.ts';

const key = `${biz}:2650001234:2`;
const address = `https://mp.weixin.qq.com/s?__biz=${biz}&mid=2650001234&idx=2&sn=${sn}`;
const at = new Date(seconds * 1000).toISOString();

function only(page: ArticlePage) {
  const [item] = page.response.items;
  if (item === undefined) throw new Error(`no item: ${page.response.state}`);
  return item;
}

describe('an article’s page', () => {
  it('of 2018 gives title, text, time and numbers', () => {
    const page = readArticlePage(oldPage('<p>第一段</p><p><br></p><section><p>第二段</p></section>'), null);
    const item = only(page);
    expect(item).toMatchObject({ id: key, url: address, title: '食堂窗口调整', text: '第一段\n第二段' });
    expect(item).toMatchObject({
      publishedAt: at,
      publishedPrecision: 'second',
      kind: 'article',
      official: true,
    });
    expect(item.links).toEqual(['https://www.example.edu.cn/info/1/2.htm']);
    expect(page).toMatchObject({ biz, notice: null });
  });

  it('of today shows its text though it is styled away', () => {
    const body =
      '<section><section><p>开放到<span>二十二点</span></p></section></section><p style="display:none">藏</p>';
    expect(only(readArticlePage(newPage({ body }), null))).toMatchObject({
      id: key,
      title: '图书馆开放时间',
      text: '开放到二十二点',
      url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv',
      publishedAt: at,
    });
  });

  it('takes the text that scripts hold where the body is empty', () => {
    const page = readArticlePage(newPage({ content: '<p>由脚本\n显示</p><p>第二段</p>' }), null);
    expect(only(page).text).toBe('由脚本 显示\n第二段');
  });

  it('names the same article whichever address it was asked by', () => {
    const html = newPage({ body: '<p>字</p>' });
    const forms = [
      'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv?scene=1',
      `http://mp.weixin.qq.com/s?__biz=${biz}&amp;mid=2650001234&amp;idx=2&amp;sn=${sn}&amp;key=secret#rd`,
      'https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=1&signature=abc',
      null,
    ];
    expect(new Set(forms.map((url) => only(readArticlePage(html, url)).id))).toEqual(new Set([key]));
    expect(only(readArticlePage(html, forms[1] ?? null)).url).toBe(address);
    expect(only(readArticlePage(html, forms[2] ?? null)).url).not.toContain('signature');
  });

  it('of pictures has what was written, and its pictures as attachments', () => {
    const pictures = [
      'https://mmbiz.qpic.cn/a/0?wx_fmt=png&amp;from=appmsg',
      'https://mmbiz.qpic.cn/b/0?wx_fmt=png',
    ];
    const page = readArticlePage(
      newPage({ showType: 8, content: '银杏\n\n黄了 &quot;真&quot;', pictures }),
      null,
    );
    expect(only(page)).toMatchObject({
      text: '银杏\n黄了 "真"',
      attachments: [
        { name: '图片1', url: 'https://mmbiz.qpic.cn/a/0?wx_fmt=png&from=appmsg' },
        { name: '图片2', url: 'https://mmbiz.qpic.cn/b/0?wx_fmt=png' },
      ],
    });
  });

  it('of text without a title is called by its first line', () => {
    const page = readArticlePage(newPage({ showType: 10, title: '', content: '明天停水\n请提前储水' }), null);
    expect(only(page)).toMatchObject({ title: '明天停水', text: '明天停水\n请提前储水' });
  });

  it('of pictures from 2018 has the words that a script writes', () => {
    const page = readArticlePage(oldPicturePage, null);
    expect(only(page)).toMatchObject({
      id: key,
      title: '今日银杏大道',
      text: '今日银杏大道\n实景&随拍',
      publishedAt: at,
    });
    expect(page.pictures).toEqual(['http://mmbiz.qpic.cn/mmbiz_jpg/a/0?wx_fmt=jpeg']);
  });

  it.each([5, 6, 7, 17])('of kind %i has the text that its scripts hold', (showType) => {
    expect(only(readArticlePage(newPage({ showType, content: '说明文字' }), null)).text).toBe('说明文字');
  });

  it('has films, sounds, files and links, and no text of cards and line numbers', () => {
    const body = `<p>看 <a href="https://mp.weixin.qq.com/s?__biz=x&amp;mid=1">这里</a> <a href="javascript:;">无</a></p>
      <iframe class="video_iframe" data-src="https://v.qq.com/iframe/preview.html?vid=abc&amp;width=5"></iframe>
      <mpvoice name="广播" voice_encode_fileid="MzA5_1"></mpvoice>
      <a href="https://www.example.edu.cn/附件.docx">附件</a>
      <mp-common-profile data-nickname="CANARY-AUTHOR">名片</mp-common-profile>
      <section class="code-snippet__fix"><ul class="code-snippet__line-index"><li>1</li></ul><pre><code>a</code><code>b</code></pre></section>`;
    const item = only(readArticlePage(newPage({ body }), null));
    expect(item.text).toBe('看 这里 无\n附件\na\nb');
    expect(item.links).toEqual(['https://mp.weixin.qq.com/s?__biz=x&mid=1']);
    expect(item.attachments).toEqual([
      { name: '视频', url: 'https://v.qq.com/iframe/preview.html?vid=abc' },
      { name: '广播', url: 'https://res.wx.qq.com/voice/getvoice?mediaid=MzA5_1' },
      { name: '附件.docx', url: 'https://www.example.edu.cn/%E9%99%84%E4%BB%B6.docx' },
    ]);
  });

  it('says nothing about persons, and masks those who are mentioned (R2)', () => {
    const body = '<p>感谢@某同学 供图</p>';
    for (const html of [oldPage(body), newPage({ body }), oldPicturePage]) {
      const said = JSON.stringify(readArticlePage(html, null));
      for (const canary of [...canaries, '某同学']) expect(said).not.toContain(canary);
    }
  });

  it('of a film from 2019 has the words that a script puts below it', () => {
    const html = `<body><div id="js_article"><div id="js_content"><h2 class="common_share_title"> 校庆短片 </h2>
      <p class="share_notice" id="js_common_share_desc"></p><span>展开</span></div></div>
      <script>!function(e){var t="记录七十年\\n的一天。";t?e(t,!0):e("");}(function(e){document.getElementById("js_common_share_desc")});</script>
      <script>window.biz = '${biz}' || ''; window.mid = '265' || ''; window.idx = '1'; window.item_show_type = '5' || '';
      window.ct = '${seconds}'; window.msg_title = '校庆短片' || '';</script></body>`;
    expect(only(readArticlePage(html, null))).toMatchObject({
      title: '校庆短片',
      text: '记录七十年\n的一天。',
    });
  });

  it('that shares another’s has the text that waits in its template', () => {
    const template = '<script id="content_tpl" type="text/html"><p>原文一段</p></script>';
    const source =
      '<span id="js_share_source" data-url="http://mp.weixin.qq.com/s?__biz=a&amp;mid=1"></span>';
    const html = oldPage('').replace(/<\/body><\/html>$/, `${template}${source}</body></html>`);
    const item = only(readArticlePage(html, null));
    expect(item.text).toBe('原文一段');
    expect(item.links).toContain('http://mp.weixin.qq.com/s?__biz=a&mid=1');
  });

  it('as a browser saves it, without scripts, is read from what it shows', () => {
    const shown = `<html><head><title>雪后的操场</title></head><body><span id="js_wx_follow_nickname">某校</span>
      <div id="js_image_desc">拍于清晨</div><em id="publish_time">2024年3月14日 08:00</em></body></html>`;
    expect(only(readArticlePage(shown, 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMn'))).toMatchObject({
      title: '雪后的操场',
      text: '拍于清晨',
      publishedAt: at,
      publishedPrecision: 'minute',
    });
  });

  it('that goes on behind a payment is marked', () => {
    expect(only(readArticlePage(newPage({ body: '<p>开头</p>', paid: true }), null)).traits).toEqual({
      truncated: true,
    });
  });

  it('may quote a notice', () => {
    const page = readArticlePage(newPage({ body: '<p>该内容已被发布者删除，是什么意思？</p>' }), null);
    expect(page.response.state).toBe('ok');
  });

  it('kept as one string of a program is read as well', () => {
    const kept = JSON.stringify(oldPage('<p>字</p>')).slice(1, -1);
    expect(only(readArticlePage(kept, null))).toMatchObject({ id: key, text: '字' });
  });
});

describe('a notice in place of an article', () => {
  it.each([
    ['该内容已被发布者删除', 'deleted', 'deleted-by-author'],
    ['該內容已被發佈者刪除', 'deleted', 'deleted-by-author'],
    ['The content has been deleted by the author.', 'deleted', 'deleted-by-author'],
    ['此内容因违规无法查看', 'deleted', 'violating'],
    ['此内容被投诉且经审核涉嫌侵权，无法查看。', 'deleted', 'violating'],
    ['Unable to view this content because it violates regulation', 'deleted', 'violating'],
    ['此内容发送失败无法查看', 'deleted', 'violating'],
    ['此帐号已自主注销，内容无法查看', 'deleted', 'account-gone'],
    ['此帐号已被屏蔽, 内容无法查看', 'deleted', 'account-gone'],
    ['该公众号已迁移', 'deleted', 'account-moved'],
    ['该内容暂时无法查看', 'blocked', 'unavailable'],
    ['内容审核中', 'blocked', 'unavailable'],
    ['链接已过期', 'blocked', 'link-expired'],
    ['临时链接已失效', 'blocked', 'link-expired'],
    ['环境异常 当前环境异常，完成验证后即可继续访问。', 'blocked', 'captcha'],
    ['访问过于频繁，请用微信扫描二维码进行访问', 'blocked', 'captcha'],
    ['请在微信客户端打开链接', 'login-required', 'login'],
    ['参数错误', 'unknown-page', 'bad-address'],
    ['系统出错', 'blocked', 'busy'],
  ])('%s', (words, state, notice) => {
    for (const place of ['weui-msg__title warn', 'mesg-block', 'elsewhere']) {
      const page = readArticlePage(noticePage(words, place), null);
      expect({ state: page.response.state, notice: page.notice }).toEqual({ state, notice });
      expect(page.response.items).toEqual([]);
      expect(page.response.reason).not.toContain(words);
    }
  });

  it('says where the articles of an account that moved are', () => {
    const moved = noticePage('该公众号已迁移').replace(
      '</body>',
      "<script>var transferTargetLink = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv';</script></body>",
    );
    expect(readArticlePage(moved, null).response.next).toBe(
      'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv',
    );
  });

  it('without words is known by what verifies visitors', () => {
    expect(readArticlePage(captchaShell, null)).toMatchObject({ notice: 'captcha' });
    const asked = 'https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x';
    expect(readArticlePage('<html></html>', asked)).toMatchObject({ notice: 'captcha' });
  });

  it('of another site is unknown', () => {
    const page = '<html><head><title>某校新闻网</title></head><body><p>学校召开会议。</p></body></html>';
    expect(readArticlePage(page, null).response.state).toBe('unknown-page');
  });
});

describe('what nobody meant to be a page', () => {
  const whole = newPage({
    body: '<p>字</p>'.repeat(40),
    content: '\\x5cx3c'.repeat(20),
    pictures: ['https://a/b'],
  });

  it('cut off anywhere, is read or refused, never thrown at', () => {
    for (let end = 0; end < whole.length; end += 37) {
      expect(['ok', 'unknown-page', 'blocked', 'deleted', 'login-required']).toContain(
        readArticlePage(whole.slice(0, end), null).response.state,
      );
    }
  });

  it.each([
    ['scripts without end', `<script>var ct = "1`.repeat(5000)],
    ['quotes without end', `<script>window.cgiDataNew = {${'a: "x'.repeat(20_000)}</script>`],
    ['lists in lists', `<script>window.cgiDataNew = {a: ${'['.repeat(50_000)}</script>`],
    ['alternatives without end', `<script>var biz = ${'"" || '.repeat(50_000)}</script>`],
    [
      'assignments without values',
      `<script>${'window.picture_page_info_list = [ x '.repeat(10_000)}</script>`,
    ],
    ['tags never closed', `<div id="js_content">${'<section>'.repeat(3000)}`],
  ])('%s', (_, html) => {
    const before = performance.now();
    readArticlePage(html, null);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('the source', () => {
  it('never runs what a page says', () => {
    for (const file of ['literals.ts', 'scripts.ts', 'page-data.ts']) {
      expect(readFileSync(new URL(file, import.meta.url), 'utf8')).not.toMatch(/\beval\(|new Function/);
    }
  });
});
