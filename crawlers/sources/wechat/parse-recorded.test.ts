import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentsAddress } from './calls.ts';
import { biz, ids, newPage, noticePage, oldPage, sn } from './fixtures/pages.ts';
import { parseRecorded } from './parse-recorded.ts';

const fetchedAt = '2024-03-20T00:00:00.000Z';
const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (body: unknown, url: string | null = null) =>
  parseRecorded(bytes(typeof body === 'string' ? body : JSON.stringify(body)), { url, fetchedAt });

const long = (mid: number, idx = 1) =>
  `http://mp.weixin.qq.com/s?__biz=${biz}&mid=${mid}&idx=${idx}&sn=${sn}&chksm=84f2#rd`;

const news = (over: object = {}) => ({
  title: '迎新安排',
  author: 'CANARY-AUTHOR',
  digest: '摘要',
  content: '<p>报到时间</p><p>感谢@某同学</p>',
  content_source_url: 'https://www.example.edu.cn/1.htm',
  thumb_media_id: 'm',
  url: long(2650001234),
  is_deleted: false,
  ...over,
});

const publication = (id: string, items: object[], seconds = 1_710_374_400) => ({
  article_id: id,
  content: { news_item: items, create_time: seconds, update_time: seconds },
  update_time: seconds,
});

describe('what the interface says was published', () => {
  const body = {
    total_count: 57,
    item_count: 2,
    item: [
      publication('a1', [news(), news({ title: '第二条', url: long(2650001234, 2) })]),
      publication('a2', [news({ title: '撤下的', is_deleted: true, url: long(2650001235) })]),
    ],
  };

  it('gives every article of every publication but the deleted, under the number its page has', () => {
    const { state, items, total } = parse(body);
    expect({ state, total }).toEqual({ state: 'ok', total: 57 });
    expect(items.map(({ id, title }) => [id, title])).toEqual([
      [`${biz}:2650001234:1`, '迎新安排'],
      [`${biz}:2650001234:2`, '第二条'],
    ]);
    expect(items[0]).toMatchObject({
      url: `https://mp.weixin.qq.com/s?__biz=${biz}&mid=2650001234&idx=1&sn=${sn}`,
      text: '报到时间\n感谢@…',
      links: ['https://www.example.edu.cn/1.htm'],
      publishedAt: '2024-03-14T00:00:00.000Z',
    });
  });

  it('says nothing about its author', () => {
    expect(JSON.stringify(parse(body))).not.toMatch(/CANARY|某同学/);
  });

  it('has an id of its own where the address is a short one', () => {
    const [item] = parse({
      ...body,
      item: [publication('a3', [news({ url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMn' })])],
    }).items;
    expect(item?.id).toBe('a3:1');
  });

  it('of nothing is empty', () => {
    expect(parse({ total_count: 0, item_count: 0, item: [] }).state).toBe('empty');
  });

  it('of one publication is read as well', () => {
    expect(parse({ news_item: [news()] }).items).toHaveLength(1);
    expect(parse({ news_item: [news({ is_deleted: true })] }).state).toBe('deleted');
  });
});

describe('drafts', () => {
  it('are no posts', () => {
    const body = {
      total_count: 1,
      item_count: 1,
      item: [{ media_id: 'd', content: { news_item: [news()] }, update_time: 1 }],
    };
    expect(parse(body)).toMatchObject({ state: 'ok', items: [], reason: 'drafts, which are not published' });
  });
});

describe('comments', () => {
  const body = {
    errcode: 0,
    errmsg: 'ok',
    total: 2,
    comment: [
      {
        user_comment_id: 1,
        openid: 'CANARY-OPENID',
        create_time: 1_710_374_500,
        content: '几点开门？@某同学',
        comment_type: 0,
        reply: { content: '八点。', create_time: 1_710_374_600 },
      },
      { user_comment_id: '9007199254740993', create_time: 1_710_374_700, content: '谢谢', comment_type: 1 },
    ],
  };
  const url = commentsAddress(ids, { sn, publishedAt: null }, 0);
  const key = `${biz}:2650001234:2`;

  it('belong to their article, and our replies to them', () => {
    const { items, total, state } = parse(body, url);
    expect({ state, total }).toEqual({ state: 'ok', total: 2 });
    expect(
      items.map(({ id, parentId, rootId, official, text }) => [id, parentId, rootId, official, text]),
    ).toEqual([
      [`${key}:1`, key, key, false, '几点开门？@…'],
      [`${key}:1:reply`, `${key}:1`, key, true, '八点。'],
      [`${key}:9007199254740993`, key, key, false, '谢谢'],
    ]);
  });

  it('keep every digit of a long number', () => {
    const text = JSON.stringify(body).replace('"9007199254740993"', '9007199254740993');
    expect(parse(text, url).items.at(-1)?.id).toBe(`${key}:9007199254740993`);
  });

  it('have no writer', () => {
    expect(JSON.stringify(parse(body, url))).not.toMatch(/CANARY|某同学/);
  });

  it('that are counted and not shown are not nothing', () => {
    expect(parse({ errcode: 0, errmsg: 'ok', total: 182, comment: [] }, url).state).toBe('unknown-page');
    expect(parse({ errcode: 0, errmsg: 'ok', total: 0, comment: [] }, url).state).toBe('empty');
  });
});

describe('an album', () => {
  const row = (n: number) => ({
    title: `第${n}期`,
    url: long(2650000000 + n),
    msgid: String(2650000000 + n),
    itemidx: '1',
    create_time: '1710374400',
  });
  const url = `https://mp.weixin.qq.com/mp/appmsgalbum?action=getalbum&__biz=${biz}&album_id=1645521656368381958`;
  const album = (list: unknown, flag = '1') => ({
    base_resp: { ret: 0 },
    getalbum_resp: { article_list: list, continue_flag: flag, base_info: { article_count: '30' } },
  });

  it('gives its articles, and where it goes on', () => {
    const { items, next, total } = parse(album([row(2), row(1)]), url);
    expect(items.map(({ id, text }) => [id, text])).toEqual([
      [`${biz}:2650000002:1`, ''],
      [`${biz}:2650000001:1`, ''],
    ]);
    expect(next).toContain('begin_msgid=2650000001&begin_itemidx=1');
    expect(total).toBe(30);
  });

  it('of one article has it without a list', () => {
    expect(parse(album(row(1), '0'), url)).toMatchObject({ items: [{ title: '第1期' }], next: null });
  });

  it('as a page is read as well', () => {
    const html = `<html><body><ul class="album__list js_album_list">${[2, 1]
      .map(
        (n) =>
          `<li class="album__list-item js_album_item" data-msgid="265000000${n}" data-itemidx="1" data-link="${long(2650000000 + n).replaceAll('&', '&amp;')}" data-title="第${n}期"><span class="js_article_create_time album__item-info-item">1710374400</span></li>`,
      )
      .join('')}</ul><script>window.cgiData = { continue_flag: '1' }</script></body></html>`;
    const { items, next } = parse(html, url);
    expect(items.map(({ id, publishedAt }) => [id, publishedAt])).toEqual([
      [`${biz}:2650000002:1`, '2024-03-14T00:00:00.000Z'],
      [`${biz}:2650000001:1`, '2024-03-14T00:00:00.000Z'],
    ]);
    expect(next).toContain('begin_msgid=2650000001');
  });

  it('that is not shown is not empty', () => {
    expect(parse({ base_resp: { ret: -3 }, getalbum_resp: {} }, url).state).toBe('login-required');
    expect(parse(album([], '1'), url).state).toBe('unknown-page');
  });
});

describe('refusals of the interface', () => {
  it.each([
    [40001, 'login-required'],
    [48001, 'login-required'],
    [40164, 'login-required'],
    [45009, 'blocked'],
    [88004, 'deleted'],
    [99999, 'unknown-page'],
  ])('%i', (errcode, state) => {
    const { state: said, reason } = parse({ errcode, errmsg: 'CANARY words rid: 1' });
    expect(said).toBe(state);
    expect(reason).toContain(String(errcode));
    expect(reason).not.toContain('CANARY');
  });
});

it('reads anything at all', () => {
  const pieces = fc.constantFrom(
    oldPage('<p>字</p>'),
    newPage({ body: '<p>字</p>' }),
    noticePage('该内容已被发布者删除'),
    '{"errcode":40001,"errmsg":"x"}',
    '{"total_count":1,"item_count":1,"item":[{"article_id":"a","content":{"news_item":[{}]}}]}',
    '{"total":1,"comment":[{"user_comment_id":1,"create_time":1,"content":"a"}]}',
  );
  const cut = fc.tuple(pieces, fc.nat(4000), fc.nat(400), fc.string());
  fc.assert(
    fc.property(cut, ([text, start, length, put]) => {
      const from = start % Math.max(text.length, 1);
      const broken = text.slice(0, from) + put + text.slice(from + length);
      const { state, items } = parseRecorded(bytes(broken), { url: null, fetchedAt });
      expect(['ok', 'empty', 'deleted', 'login-required', 'blocked', 'unknown-page']).toContain(state);
      if (state !== 'ok') expect(items).toEqual([]);
    }),
    { numRuns: 300, seed: 7 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
      expect(parseRecorded(any, { url: null, fetchedAt }).state).not.toBe('ok');
    }),
    { numRuns: 200, seed: 7 },
  );
});

const folder = fileURLToPath(new URL('../../../../shared/formats/samples/wechat', import.meta.url));

describe.skipIf(!existsSync(folder))('recorded pages', () => {
  const read = (file: string) => {
    const stored = readFileSync(path.join(folder, file));
    return file.endsWith('.gz') ? gunzipSync(stored) : stored;
  };
  const states: Record<string, string> = {
    'deleted-by-author.html': 'deleted',
    'link-expired.html': 'blocked',
    'unavailable.html': 'blocked',
  };

  it.each(existsSync(folder) ? readdirSync(folder) : [])('%s', (file) => {
    const parsed = parseRecorded(read(file), { url: null, fetchedAt });
    expect(parsed.state).toBe(states[file] ?? 'ok');
    if (parsed.state !== 'ok') return;
    expect(parsed.items).toHaveLength(1);
    const [item] = parsed.items;
    expect(item?.title).not.toBe('');
    expect(item?.text.length).toBeGreaterThan(10);
    expect(item?.publishedAt).not.toBeNull();
  });
});
