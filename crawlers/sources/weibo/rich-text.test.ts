import { describe, expect, it } from 'vitest';
import { linkTarget } from './links.ts';
import { readHtml, readPlain } from './rich-text.ts';

const redirect = (target: string) => `https://weibo.cn/sinaurl?u=${encodeURIComponent(target)}`;

describe('text of the mobile and desktop pages', () => {
  const table: [name: string, html: string, text: string][] = [
    [
      'a mention, however it is quoted',
      'a<a href=\'/n/某甲\'>@某甲</a>b<a href="/n/某乙">@某乙</a>c<a href=/n/某丙 usercard="name=@某丙">@某丙</a>',
      'a@…b@…c@…',
    ],
    ['an answer', "回复<a href='/n/某甲_1'>@某甲_1</a>:收到", '回复@…:收到'],
    ['a chain of shares', "好//<a href='\n/n/某甲\n'>@某甲</a>:真好", '好//@…:真好'],
    ['a mention without a link', '谢谢@某甲 和 666@某乙-x', '谢谢@… 和 666@…'],
    ['an address of mail stays', '写信到 xsc@canglan.example.cn', '写信到 xsc@canglan.example.cn'],
    ['an emoji', '哈<span class="url-icon"><img alt=[doge] src="x.png" /></span>', '哈[doge]'],
    ['a picture that is called something else', '<img alt="某甲的头像" src="x">哈', '哈'],
    [
      'a topic',
      '<a  href="https://m.weibo.cn/search?q=%23a%23"><span class="surl-text">#开学第一课#</span></a>好',
      '#开学第一课#好',
    ],
    [
      'a film, called by its owner',
      '看<a href="https://video.weibo.com/show?fid=1034:1"><span class=\'url-icon\'><img src="x"></span><span class="surl-text">某甲的微博视频</span></a>',
      '看微博视频',
    ],
    ['an account, linked', '见<a href="https://weibo.com/u/1234567890">某甲</a>', '见[微博链接]'],
    [
      'an account, as an address',
      '见https://weibo.com/1234567890/AbCdEf 和 m.weibo.cn/u/1234567890',
      '见[微博链接] 和 [微博链接]',
    ],
    ['lines', '一<br />二<br><br><br/><br>三 \n四', '一\n二\n\n三\n四'],
    ['invisible characters', '完\u200b\u200b\ufeff', '完'],
    ['entities', '1 &lt; 2 &amp; 3&nbsp;4', '1 < 2 & 3 4'],
  ];
  for (const [name, html, text] of table) it(name, () => expect(readHtml(html).text).toBe(text));

  it('says that a text goes on', () => {
    for (const tail of [
      '...<a href="/status/4382996389240000">全文</a>',
      '<span class="expand">展开</span>',
    ]) {
      expect(readHtml(`宿舍热水${tail}`)).toEqual({ text: '宿舍热水', links: [], truncated: true });
    }
    const plain = '宿舍热水...全文： http://m.weibo.cn/1234567890/4199141540161192 \u200b';
    expect(readPlain(plain)).toEqual({ text: '宿舍热水', links: [], truncated: true });
    expect(readHtml('全文如下')).toMatchObject({ text: '全文如下', truncated: false });
  });

  it('unwraps links, and hands on none that names an account', () => {
    const html = [
      `<a href="${redirect('https://www.canglan.example/info/1.htm')}">网页链接</a>`,
      `<a href="${redirect('https://weibo.com/u/1234567890')}">某甲</a>`,
      `<a href="${redirect('https://wx1.sinaimg.cn/large/a.jpg')}">查看图片</a>`,
      '<a href="//weibo.com/ttarticle/p/show?id=2309404&luicode=1&uid=1234567890">标题</a>',
    ].join(' ');
    expect(readHtml(html).links).toEqual([
      'https://www.canglan.example/info/1.htm',
      'https://weibo.com/ttarticle/p/show?id=2309404',
    ]);
    for (const href of [
      'javascript:alert(1)',
      'https://a:b@x.example/',
      '/n/a',
      'https://m.weibo.cn/p/index?x=1',
    ]) {
      expect(linkTarget(href)).toBeNull();
    }
  });

  it('finds links in plain text', () => {
    expect(readPlain('见http://t.cn/AbC。再见（https://x.example/a?b=1）').links).toEqual([
      'http://t.cn/AbC',
      'https://x.example/a?b=1',
    ]);
  });

  it('reads what asks too much all the same', () => {
    expect(readHtml(`${'<b>'.repeat(3000)}热水<a href="/n/a">@某甲</a>`).text).toContain('热水');
    expect(readHtml(`${'<b>'.repeat(3000)}热水<a href="/n/a">@某甲</a>`).text).not.toContain('某甲');
  });
});
