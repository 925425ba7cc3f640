import { describe, expect, it } from 'vitest';
import { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { LedgerPage } from '../../../pipeline/domain/crawl.ts';
import {
  CredentialExpired,
  NotPermitted,
  PageChanged,
  Permanent,
  RetryLater,
} from '../../../pipeline/domain/errors.ts';
import type { EgressResponse } from '../../../pipeline/ports/egress.ts';
import type { SourceReading } from '../../source.ts';
import { albumPageAddress } from './address.ts';
import { commentsAddress, publishedAddress } from './calls.ts';
import { biz, canaries, ids, newPage, sn } from './fixtures/pages.ts';
import type { WechatScope } from './reading.ts';
import { wechatSource } from './source.ts';

const now = '2024-03-20T00:00:00.000Z';
const channel = WechatChannel.parse({
  ...{ kind: 'wechat', id: 'account', name: '公众号', unit: 'publicity', responsible: '林老师' },
  ...{ biz, appId: 'wx0123456789abcdef' },
});
const scope: WechatScope = {
  ...{ channel, now, secret: 'CANARY-TOKEN', since: '2024-03-01T00:00:00.000Z', commentsOff: null },
  isObjector: (id) => id === 'objector',
};

function page(url: string, over: Partial<LedgerPage> = {}): LedgerPage {
  return LedgerPage.parse({
    ...{
      channelId: 'account',
      url,
      role: 'list',
      state: 'due',
      dueAt: now,
      attempts: 0,
      fetchedAt: null,
      status: null,
    },
    ...{
      etag: null,
      lastModified: null,
      contentHash: null,
      snapshotHash: null,
      error: null,
      pageNumber: 0,
      postId: null,
    },
    ...{ priority: 0, newestItemAt: null },
    ...over,
  });
}

function answer(body: unknown, over: Partial<EgressResponse> = {}): EgressResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { url: '', status: 200, headers: {}, body: new TextEncoder().encode(text), ...over };
}

const read = (url: string, body: unknown, over: Partial<LedgerPage> = {}): SourceReading =>
  wechatSource.read(page(url, over), answer(body), scope);

const long = (mid: number, account = biz) =>
  `http://mp.weixin.qq.com/s?__biz=${account}&mid=${mid}&idx=1&sn=${sn}#rd`;
const day = (date: string) => Date.parse(`${date}T00:00:00.000Z`) / 1000;
const publication = (mid: number, date: string, over: object = {}) => ({
  article_id: `a${mid}`,
  content: {
    news_item: [{ title: `第${mid}`, content: '<p>字</p>', url: long(mid), is_deleted: false, ...over }],
    create_time: day(date),
  },
  update_time: day(date),
});
const listed = (total: number, item: object[]) => ({ total_count: total, item_count: item.length, item });

describe('the list of what was published', () => {
  const first = publishedAddress(0, null);

  it('leads to the pages after it, which bear the count they were found at', () => {
    const { pages, reachedBack, posts } = read(first, listed(57, [publication(265, '2024-03-19')]));
    expect(pages.filter(({ role }) => role === 'list').map(({ url }) => url)).toEqual([
      publishedAddress(20, 57),
      publishedAddress(40, 57),
    ]);
    expect(reachedBack).toBeNull();
    expect(posts).toHaveLength(1);
  });

  it('asks for the comments of fresh articles in every run, of old ones once', () => {
    const { pages } = read(
      first,
      listed(2, [publication(265, '2024-03-19'), publication(264, '2023-01-01')]),
    );
    const comments = pages.filter(({ role }) => role === 'comments');
    expect(comments.map(({ url, wake }) => [url, wake])).toEqual([
      [commentsAddress({ biz, mid: '265', idx: '1' }, { sn, publishedAt: '2024-03-19' }, 0), true],
      [commentsAddress({ biz, mid: '264', idx: '1' }, { sn, publishedAt: '2023-01-01' }, 0), undefined],
    ]);
    expect(comments[0]?.priority).toBeGreaterThan(comments[1]?.priority ?? 9);
  });

  it('that ends too early was not read to its end', () => {
    expect(read(publishedAddress(20, 57), listed(57, [])).reachedBack).toBe(false);
    expect(read(publishedAddress(40, 41), listed(41, [publication(265, '2024-03-19')])).reachedBack).toBe(
      true,
    );
  });

  it('is read no more at a count that has passed', () => {
    const { dueAt } = read(publishedAddress(20, 41), listed(42, [publication(265, '2024-03-19')]));
    expect(dueAt > '2030').toBe(true);
  });

  it('sends to the page of an article that only the page tells about', () => {
    const short = { url: 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMn' };
    const pictures = { article_type: 'newspic', content: '雪景\n\n清晨', need_open_comment: 0 };
    const items = [publication(1, '2024-03-19', short), publication(2, '2024-03-19', pictures)];
    const { posts, pages } = read(first, listed(2, items));
    expect(posts).toMatchObject([{ text: '雪景\n清晨' }]);
    expect(pages.map(({ role }) => role)).toEqual(['article']);
  });

  it('tells which articles are gone', () => {
    const { posts, gone } = read(first, listed(1, [publication(265, '2024-03-19', { is_deleted: true })]));
    expect(posts).toEqual([]);
    expect(gone).toEqual([{ kind: 'article', externalId: `${biz}:265:1` }]);
  });

  it('of another account is not taken (R1)', () => {
    const foreign = { url: long(265, 'MzA5OTk5OTk5OQ==') };
    expect(() => read(first, listed(1, [publication(265, '2024-03-19', foreign)]))).toThrow(Permanent);
  });

  it('of another form, or none, is a change', () => {
    expect(() => read(first, { something: 'else' })).toThrow(PageChanged);
    expect(() => read(first, '<html>gateway</html>')).toThrow(PageChanged);
    expect(() => wechatSource.read(page(first), answer('', { status: 404 }), scope)).toThrow(RetryLater);
  });
});

describe('comments', () => {
  const old = { sn, publishedAt: '2023-01-01' };
  const url = commentsAddress(ids, old, 0);
  const comment = (n: number, openid = 'someone') => ({
    user_comment_id: n,
    openid,
    create_time: day('2024-03-19'),
    content: '字',
  });
  const body = (total: number, list: object[]) => ({ errcode: 0, errmsg: 'ok', total, comment: list });

  it('go on until all that are counted were shown', () => {
    const { pages, posts } = read(url, body(3, [comment(1), comment(2)]));
    expect(pages).toMatchObject([{ url: commentsAddress(ids, old, 2), role: 'comments', wake: true }]);
    expect(posts).toHaveLength(2);
    expect(read(commentsAddress(ids, old, 2), body(3, [comment(3)])).pages).toEqual([]);
  });

  it('are looked for in every run, daily, weekly or monthly, as article and newest comment are young or old', () => {
    const days = (publishedAt: string | null, list: object[]) => {
      const { dueAt } = read(commentsAddress(ids, { sn, publishedAt }, 0), body(list.length, list));
      return (Date.parse(dueAt) - Date.parse(now)) / 86_400_000;
    };
    expect(days('2024-03-19', [])).toBeLessThan(1);
    expect([days('2024-03-01', []), days(null, [])]).toEqual([1, 1]);
    expect([days('2024-01-01', []), days('2022-01-01', [])]).toEqual([7, 30]);
    expect(days('2022-01-01', [comment(1)])).toBeLessThan(1);
  });

  it('that are counted and not shown are no quiet', () => {
    expect(() => read(url, body(182, []))).toThrow(PageChanged);
    expect(read(url, body(0, [])).state).toBe('empty');
  });

  it('of those who objected are left out and counted (R13)', () => {
    const { posts, objected } = read(url, body(2, [comment(1), comment(2, 'objector')]));
    expect([posts.length, objected]).toEqual([1, 1]);
  });

  it('nobody may write, or whose article is gone, or that may not be read, differ', () => {
    expect(read(url, { errcode: 88_000, errmsg: '' })).toMatchObject({ state: 'empty' });
    expect(read(url, { errcode: 88_004, errmsg: '' })).toMatchObject({
      state: 'deleted',
      gone: [{ externalId: `${biz}:2650001234:2` }],
    });
    expect(() => read(url, { errcode: 88_001, errmsg: '' })).toThrow(Permanent);
    expect(() => read(url, { errcode: 48_001, errmsg: '' })).toThrow(Permanent);
    expect(() => read(url, { errcode: 40_243, errmsg: '' })).toThrow(CredentialExpired);
  });
});

describe('an album', () => {
  const row = (n: number, date: string) => ({
    title: `第${n}`,
    url: long(n),
    msgid: String(n),
    itemidx: '1',
    create_time: String(day(date)),
  });
  const album = (list: object[], flag = '1') => ({
    base_resp: { ret: 0 },
    getalbum_resp: { article_list: list, continue_flag: flag },
  });
  const first = albumPageAddress({ biz, albumId: '1645521656368381958' }, null);
  const known = { fetchedAt: '2024-03-19T00:00:00.000Z', newestItemAt: '2024-03-18T00:00:00.000Z' };

  it('is read to its end the first time, then back to what is known', () => {
    const list = album([row(9, '2024-03-19'), row(8, '2024-02-01')]);
    expect(read(first, list).pages.map(({ role }) => role)).toEqual(['article', 'article', 'list']);
    expect(read(first, list, known)).toMatchObject({ reachedBack: true });
    expect(read(first, list, known).pages.map(({ role }) => role)).toEqual(['article', 'article']);
    const asked = { fetchedAt: known.fetchedAt, error: 'status 502', attempts: 1 };
    expect(read(first, list, asked).pages.at(-1)?.role).toBe('list');
    const fresh = album([row(9, '2024-03-19'), row(8, '2024-03-18')]);
    expect(read(first, fresh, known).pages.at(-1)?.role).toBe('list');
  });

  it('that begins with its oldest is always followed', () => {
    const list = album([row(8, '2024-02-01'), row(9, '2024-03-19')]);
    expect(read(first, list, known).pages.at(-1)?.role).toBe('list');
  });

  it('leads to no article of another account (R1)', () => {
    const list = album(
      [{ ...row(9, '2024-03-19'), url: long(9, 'MzA5OTk5OTk5OQ==') }, row(8, '2024-02-01')],
      '0',
    );
    expect(read(first, list).pages).toHaveLength(1);
  });

  it('that is not shown says so', () => {
    expect(() => read(first, { base_resp: { ret: -3 }, getalbum_resp: {} })).toThrow(Permanent);
  });
});

describe('addresses', () => {
  const build = (url: string, over: Partial<WechatScope> = {}) =>
    wechatSource.buildCall(page(url), { ...scope, ...over });

  it('carry the token in the query of the call alone, everything else in its body', () => {
    const { url, method, body } = build(publishedAddress(20, 57));
    expect(new URL(url).search).toBe('?access_token=CANARY-TOKEN');
    expect([method, JSON.parse(body ?? '')]).toEqual(['POST', { offset: 20, count: 20, no_content: 0 }]);
    expect(() => build(publishedAddress(0, null), { secret: null })).toThrow(NotPermitted);
  });

  it('of pages carry nothing', () => {
    const url = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMn';
    expect(build(url)).toEqual({ url });
  });

  it.each([
    'https://mp.weixin.qq.com/mp/profile_ext?action=home',
    'https://api.weixin.qq.com/cgi-bin/user/get',
    'https://example.com/',
    'https://mp.weixin.qq.com/s?__biz=MzA5OTk5OTk5OQ==&mid=1&idx=1&sn=a',
    albumPageAddress({ biz: 'MzA5OTk5OTk5OQ==', albumId: '1645521656368381958' }, null),
    commentsAddress({ ...ids, biz: 'MzA5OTk5OTk5OQ==' }, { sn, publishedAt: null }, 0),
  ])('that are none of the channel’s are not asked for (R1): %s', (url) => {
    expect(() => build(url)).toThrow(NotPermitted);
  });

  it('may be asked of two hosts only', () => {
    expect(wechatSource.buildAllowance(channel).hosts.map(({ host }) => host)).toEqual([
      'api.weixin.qq.com',
      'mp.weixin.qq.com',
    ]);
    const pagesOnly = WechatChannel.parse({ ...channel, appId: undefined });
    expect(wechatSource.buildAllowance(pagesOnly).hosts).toHaveLength(1);
    expect(wechatSource.startPages(pagesOnly)).toEqual([]);
    expect(wechatSource.needs.credential(pagesOnly)).toBeNull();
  });
});

describe('an article’s page', () => {
  const url = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv';

  it('gives the article, and where its comments are', () => {
    const { posts, pages } = read(url, newPage({ body: '<p>字</p>' }));
    expect(posts).toMatchObject([{ externalId: `${biz}:2650001234:2`, official: true }]);
    expect(pages).toMatchObject([
      { url: commentsAddress(ids, { sn, publishedAt: '2024-03-14' }, 0), role: 'comments' },
    ]);
  });

  it('that moved on is followed to an article, and to nothing else', () => {
    const moved = (location: string) =>
      wechatSource.read(page(url), answer('', { status: 302, headers: { location } }), scope);
    expect(moved('/s/ZyXwVuTsRqPoNm').pages).toMatchObject([
      { url: 'https://mp.weixin.qq.com/s/ZyXwVuTsRqPoNm' },
    ]);
    expect(() => moved('https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=1')).toThrow(RetryLater);
    expect(() => moved('https://example.com/')).toThrow(PageChanged);
  });

  it('keeps nothing that says who wrote it (R2)', () => {
    const html = newPage({
      body: '<p>字<mp-common-profile data-nickname="CANARY-GH"></mp-common-profile></p>',
    });
    const kept = new TextDecoder().decode(wechatSource.keepable?.(answer(html)).body);
    expect(kept).toContain('字');
    for (const canary of canaries) expect(kept).not.toContain(canary);
    expect(kept).not.toContain('<script');
  });
});
