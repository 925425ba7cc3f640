import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Campus, startCampus } from './campus.ts';
import { answered, type Story, said } from './content/stories/story.ts';

const opened = new Date('2026-11-22T04:00:00.000Z');
const stories: readonly Story[] = [
  {
    name: 'wechat',
    articles: [
      ...Array.from({ length: 23 }, (_, index) => ({
        key: `published-${index}`,
        when: 24 * (index + 2),
        title: `第${index}篇`,
        paragraphs: [`第${index}篇的第一段。`, '第二段“引号”与<尖括号>。'],
        ...(index === 20 ? { edits: [{ when: 3, paragraphs: ['改过的第一段。'] }] } : {}),
      })),
      {
        key: 'sent',
        when: 30,
        title: '群发的文章',
        template: '2018' as const,
        paragraphs: ['群发的第一段。', '群发的第二段。'],
        massSent: true as const,
        remarks: [said(20, '什么时候放假'), said(19, '辛苦了[玫瑰]', answered(18, '谢谢'))],
      },
      { key: 'sent-too', when: 31, title: '另一篇', paragraphs: ['另一段。'], massSent: true as const },
      { key: 'closed', when: 40, title: '不开放留言', paragraphs: ['一段。'], closed: true as const },
      { key: 'short', when: 10, title: '不作标题', form: 'text' as const, paragraphs: ['第一行', '第二行'] },
      { key: 'pictures', when: 11, title: '雪后的操场', form: 'image' as const, paragraphs: ['拍于清晨'] },
      { key: 'gone', when: 60, goneAt: 2, title: '已撤下', paragraphs: ['旧文。'] },
    ],
  },
];

let campus: Campus;
let now: Date;
beforeEach(async () => {
  now = opened;
  campus = await startCampus({ today: opened, now: () => now, stories });
});
afterEach(() => campus.close());

async function call(path: string, body: unknown) {
  const response = await fetch(`${campus.wechat.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return response.json();
}
async function takeToken(more = {}) {
  const { appId, appSecret } = campus.wechat;
  const asked = { grant_type: 'client_credential', appid: appId, secret: appSecret, ...more };
  return (await call('/cgi-bin/stable_token', asked)).access_token as string;
}
const page = async (url: string) =>
  (await fetch(url.replace('https://mp.weixin.qq.com', campus.wechat.url))).text();
const of = (key: string) => {
  const article = campus.wechat.expected.articles.find((each) => each.key === key);
  if (article === undefined) throw new Error(`no ${key}`);
  return article;
};

describe('the interface', () => {
  it('lends one token until it ends, and renews it on demand while the former is still good', async () => {
    const token = await takeToken();
    expect(await takeToken()).toBe(token);
    const renewed = await takeToken({ force_refresh: true });
    expect(renewed).not.toBe(token);
    const list = (with_: string) =>
      call(`/cgi-bin/freepublish/batchget?access_token=${with_}`, { offset: 0, count: 1, no_content: 1 });
    expect((await list(token)).item_count).toBe(1);
    now = new Date(opened.getTime() + 6 * 60_000);
    expect((await list(token)).errcode).toBe(40_001);
    campus.wechat.control.expireTokenAfter(1);
    expect((await list(renewed)).item_count).toBe(1);
    expect((await list(renewed)).errcode).toBe(42_001);
    expect((await list(await takeToken())).item_count).toBe(1);
    expect(campus.wechat.tokensGiven()).toBe(3);
    expect((await call('/cgi-bin/stable_token', { appid: 'wx0' })).errcode).toBe(40_013);
  });

  it('lists what was published, not what was sent to all, and keeps what was taken down as deleted', async () => {
    const token = await takeToken();
    const path = `/cgi-bin/freepublish/batchget?access_token=${token}`;
    const titles: string[] = [];
    for (let offset = 0; ; offset += 20) {
      const { item, total_count } = await call(path, { offset, count: 20, no_content: 0 });
      for (const { content } of item) {
        titles.push(`${content.news_item[0].title}${content.news_item[0].is_deleted ? '（删）' : ''}`);
      }
      if (offset + item.length >= total_count) break;
    }
    expect(titles).toHaveLength(27);
    expect(titles[0]).toBe('第20篇');
    expect(titles).toContain('已撤下（删）');
    expect(titles.join()).not.toContain('群发');
    expect((await call(`${path}&offset=0`, {})).errcode).toBe(40_097);
  });

  it('gives comments with our own replies, and says which articles have none', async () => {
    const token = await takeToken();
    const path = `/cgi-bin/comment/list?access_token=${token}`;
    const list = (mid: string) =>
      call(path, { msg_data_id: Number(mid), index: 0, begin: 0, count: 49, type: 0 });
    const { comment, total } = await list(of('sent').mid);
    expect(total).toBe(2);
    expect(comment[0]).toMatchObject({ content: '辛苦了[玫瑰]', reply: { content: '谢谢' } });
    expect(campus.wechat.expected.neverStored).toContain(comment[0].openid);
    expect((await list(of('closed').mid)).errcode).toBe(88_000);
    expect((await list('7')).errcode).toBe(88_001);
    campus.wechat.control.failWith(45_009, '/cgi-bin/comment/list');
    expect((await list(of('sent').mid)).errcode).toBe(45_009);
    campus.wechat.control.failWith(40_164);
    expect((await call(path, {})).errmsg).toMatch(/invalid ip \d+\.\d+\.\d+\.\d+ /);
  });

  it('lists what was sent to all in its album, a single one as no list', async () => {
    const album = new URL(campus.wechat.albumUrl);
    const ask = async (query: string) => {
      const asked = `${campus.wechat.url}/mp/appmsgalbum?${album.searchParams}&f=json&count=1${query}`;
      return (await (await fetch(asked)).json()).getalbum_resp;
    };
    const first = await ask('');
    expect(first).toMatchObject({ article_list: { title: '群发的文章' }, continue_flag: '1' });
    const second = await ask(`&begin_msgid=${first.article_list.msgid}&begin_itemidx=1`);
    expect(second).toMatchObject({ article_list: { title: '另一篇' }, continue_flag: '0' });
  });
});

describe('the pages', () => {
  it('say the same at both addresses, in the template of their time and kind', async () => {
    for (const key of ['published-3', 'sent']) {
      const [short, long] = await Promise.all(of(key).urls.map(page));
      expect(short).toBe(long);
      expect(short).toContain('id="js_content"');
      expect(short).toContain(`var ct = "${Date.parse(of(key).publishedAt) / 1000}"`);
      expect(short).not.toMatch(/<title>[^<]/);
    }
    expect(await page(of('published-3').urls[0] ?? '')).toContain(
      'id="publish_time" class="rich_media_meta rich_media_meta_text"></em>',
    );
    const short = await page(of('short').urls[0] ?? '');
    expect(short).toContain("item_show_type: '10' * 1");
    expect(short).toContain('第一行\\x0a第二行');
    expect(short).not.toContain('不作标题');
    expect(await page(of('pictures').urls[0] ?? '')).not.toContain('js_content"');
  });

  it('say why there is nothing', async () => {
    const [url = ''] = of('published-1').urls;
    campus.wechat.control.deleteArticle('published-1');
    expect(await page(url)).toContain('该内容已被发布者删除');
    const [other = ''] = of('published-2').urls;
    campus.wechat.control.showInstead('published-2', 'violating');
    expect(await page(other)).toContain('此内容因违规无法查看');
    campus.wechat.control.blockPages('captcha');
    expect(await page(other)).toContain('环境异常');
    campus.wechat.control.blockPages(null);
    campus.wechat.control.showInstead('published-2', null);
    expect(await page(other)).toContain('第2篇的第一段');
    expect(await page('https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=1&signature=x')).toContain(
      '链接已过期',
    );
  });
});

it('gives every article a number of its own', async () => {
  const real = await startCampus({ today: opened });
  const { articles } = real.wechat.expected;
  expect(new Set(articles.map(({ mid }) => mid)).size).toBe(articles.length);
  await real.close();
});
