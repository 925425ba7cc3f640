import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPageTest } from '../../bin/page-test.ts';
import { isUrlAllowed } from '../../crawlers/fetch/allow-list.ts';
import type { SourceScope } from '../../crawlers/source.ts';
import { sourceOf } from '../../crawlers/sources/index.ts';
import { Channel, type SourceChannel } from '../../pipeline/domain/channel.ts';
import type { LedgerPage } from '../../pipeline/domain/crawl.ts';
import { NotPermitted } from '../../pipeline/domain/errors.ts';
import { CampusScene } from '../harness/campus-scene.ts';
import { personStories } from './person-stories.ts';

const base = { id: 'a', name: '渠道', unit: 'publicity', state: 'live' };
const site = { ...base, kind: 'site', startUrls: ['https://www.canglan.example/'] };
const own = { host: 'www.canglan.example' };
const weibo = { ...base, kind: 'weibo', uid: '7650023174', door: 'mobile' };
const wechat = { ...base, kind: 'wechat', biz: 'MzA3NDUxOTk2Nw==', appId: 'wx0123456789abcdef' };
const feed = (made: object) => ({ ...base, kind: 'feed', feed: made });
const rsshub = {
  ...{ from: 'rsshub', instance: 'https://rsshub.canglan.example' },
  ...{ route: '/weibo/user/:id', accountId: '7650023174' },
};

describe('R1: the register names the school’s own and nothing else', () => {
  it.each([
    ['a site', { ...site, allow: [own] }],
    ['an account by its number', weibo],
    ['an official account', wechat],
    ['a feed of the own host', feed({ from: 'own', url: 'https://www.canglan.example/rss.xml' })],
    ['a route for one account', feed(rsshub)],
    ['an RSSHub below a path', feed({ ...rsshub, instance: 'https://www.canglan.example/rsshub/' })],
  ])('takes %s', (_, channel) => {
    expect(Channel.safeParse(channel).error?.issues).toBeUndefined();
  });

  it.each([
    ['a keyword', { ...weibo, keyword: '沧澜' }],
    ['a search', { ...weibo, search: '沧澜' }],
    ['a topic', { ...weibo, topics: ['#沧澜#'] }],
    ['a list of accounts', { ...weibo, uids: ['7650023174', '1234567890'] }],
    ['an account by nickname', { ...weibo, uid: '沧澜师范学院' }],
    ['an address for a number', { ...weibo, uid: '7650023174&q=1' }],
    ['another door', { ...weibo, door: 'search' }],
    ['followers', { ...weibo, followers: true }],
    ['keywords at a site', { ...site, allow: [own], keywords: ['沧澜'] }],
    ['keywords at an official account', { ...wechat, keywords: ['沧澜'] }],
    ['any host', { ...site, allow: [{ host: '*' }] }],
    ['hosts by pattern', { ...site, allow: [{ host: '*.canglan.example' }] }],
    ['the search of a platform', { ...site, allow: [{ host: 's.weibo.com' }] }],
    ['a platform as a site', { ...site, allow: [{ host: 'weibo.com' }] }],
    ['a platform at a port', { ...site, allow: [{ host: 'm.weibo.cn:8443' }] }],
    ['a forum', { ...site, allow: [{ host: 'tieba.baidu.com', paths: ['/f'] }] }],
    ['questions and answers', { ...site, allow: [own, { host: 'www.zhihu.com' }] }],
    ['the search for official accounts', { ...site, allow: [{ host: 'weixin.sogou.com' }] }],
    ['a platform’s feed', feed({ from: 'own', url: 'https://www.zhihu.com/rss' })],
    ['an RSSHub as an own feed', feed({ from: 'own', url: 'https://rsshub.app/weibo/keyword/沧澜' })],
    [
      'an RSSHub under another name',
      feed({ from: 'own', url: 'https://feeds.canglan.example/weibo/search/hot' }),
    ],
    ['a route for a keyword', feed({ ...rsshub, route: '/weibo/keyword/:id' })],
    ['a route for hot topics', feed({ ...rsshub, route: '/weibo/search/hot' })],
    ['a route for a super topic', feed({ ...rsshub, route: '/weibo/super_index/:id' })],
    ['a route for friends', feed({ ...rsshub, route: '/weibo/friends' })],
    ['a route without its account', feed({ ...rsshub, accountId: undefined })],
    ['a second account behind a slash', feed({ ...rsshub, accountId: '1/2' })],
    ['a way up', feed({ ...rsshub, accountId: '..' })],
    ['a route in the instance', feed({ ...rsshub, instance: 'https://rsshub.app/weibo/keyword' })],
    ['a query in the instance', feed({ ...rsshub, instance: 'https://rsshub.app/?url=' })],
    ['an empty query in the instance', feed({ ...rsshub, instance: 'https://rsshub.app/?' })],
    ['a fragment in the instance', feed({ ...rsshub, instance: 'https://rsshub.app/#' })],
    ['a second official account', { ...wechat, biz: 'MzA3NDUxOTk2Nw==&__biz=MzB' }],
  ])('refuses %s', (_, channel) => {
    expect(Channel.safeParse(channel).success).toBe(false);
  });
});

const parse = (channel: object) => Channel.parse(channel) as SourceChannel;
const channels = {
  mobile: parse(weibo),
  platform: parse({ ...weibo, door: 'open-platform' }),
  imported: parse({ ...weibo, door: 'import' }),
  wechat: parse(wechat),
  feed: parse(feed({ from: 'own', url: 'https://www.canglan.example/rss.xml' })),
  rsshub: parse(feed(rsshub)),
};
type Name = keyof typeof channels;

const container = 'https://m.weibo.cn/api/container/getIndex';
const openPlatform = 'https://api.weibo.com/2';
const wechatApi = 'https://api.weixin.qq.com/cgi-bin';

/** Whether the source would ask for it, and the egress let it through. */
function isAskable(name: Name, url: string): boolean {
  const channel = channels[name];
  const source = sourceOf(channel);
  if (!isUrlAllowed(new URL(url), source.buildAllowance(channel))) return false;
  const page: LedgerPage = {
    ...{ channelId: channel.id, url, role: 'list', state: 'due', attempts: 0, pageNumber: 0, priority: 0 },
    ...{ dueAt: '2026-11-22T04:00:00.000Z', fetchedAt: null, status: null, etag: null, lastModified: null },
    ...{ contentHash: null, snapshotHash: null, error: null, postId: null, newestItemAt: null },
  };
  const scope: SourceScope<SourceChannel> = {
    ...{ channel, now: '2026-11-22T04:00:00.000Z', secret: 'x', since: '2026-11-01T00:00:00.000Z' },
    ...{ commentsOff: null, isObjector: () => false },
  };
  try {
    const call = source.buildCall(page, scope);
    return isUrlAllowed(new URL(call.url), source.buildAllowance(channel));
  } catch (error) {
    if (error instanceof NotPermitted) return false;
    throw error;
  }
}

describe('R1: a source asks for its own account and nothing else', () => {
  it.each(Object.keys(channels) as Name[])('%s can ask for its start pages', (name) => {
    const channel = channels[name];
    const pages = sourceOf(channel).startPages(channel);
    expect(pages.map(({ url }) => isAskable(name, url))).toEqual(pages.map(() => true));
    if (name !== 'imported') expect(pages.length).toBeGreaterThan(0);
  });

  it.each<[Name, string]>([
    ['mobile', `${container}?type=uid&value=1234567890`],
    ['mobile', `${container}?type=uid&value=1234567890&containerid=1076031234567890`],
    ['mobile', `${container}?type=uid&value=7650023174&containerid=1076031234567890`],
    ['mobile', `${container}?containerid=100103type%3D1%26q%3D%E6%B2%A7%E6%BE%9C`],
    ['mobile', `${container}?type=uid&value=7650023174&containerid=231051_-_followers_-_7650023174`],
    ['mobile', 'https://m.weibo.cn/u/1234567890'],
    ['mobile', 'https://m.weibo.cn/profile/info?uid=1234567890'],
    ['mobile', 'https://m.weibo.cn/api/statuses/repostTimeline?id=4383183661430868'],
    ['mobile', 'https://m.weibo.cn/search?containerid=100103'],
    ['mobile', 'https://s.weibo.com/weibo?q=1'],
    ['mobile', 'https://weibo.com/ajax/profile/info?uid=1234567890'],
    ['mobile', 'https://passport.weibo.com/visitor/genvisitor2'],
    ['mobile', `${openPlatform}/statuses/user_timeline.json?uid=7650023174&count=100&trim_user=1&page=1`],
    ['platform', `${openPlatform}/statuses/user_timeline.json?uid=1234567890`],
    ['platform', `${openPlatform}/statuses/user_timeline.json?screen_name=x`],
    ['platform', `${openPlatform}/statuses/home_timeline.json`],
    ['platform', `${openPlatform}/statuses/mentions.json`],
    ['platform', `${openPlatform}/users/show.json?uid=1234567890`],
    ['platform', `${openPlatform}/friendships/followers.json?uid=7650023174`],
    ['platform', `${openPlatform}/search/topics.json?q=x`],
    ['platform', `${openPlatform}/comments/destroy.json?cid=1`],
    ['platform', `${openPlatform}/comments/create.json`],
    ['platform', `${openPlatform}/statuses/destroy.json?id=1`],
    ['platform', `${openPlatform}/statuses/share.json`],
    ['imported', `${container}?type=uid&value=7650023174&containerid=1076037650023174`],
    ['wechat', `${wechatApi}/user/get`],
    ['wechat', `${wechatApi}/user/info?openid=x`],
    ['wechat', `${wechatApi}/comment/delete`],
    ['wechat', `${wechatApi}/comment/close`],
    ['wechat', `${wechatApi}/comment/reply/add`],
    ['wechat', `${wechatApi}/freepublish/delete`],
    ['wechat', `${wechatApi}/freepublish/submit`],
    ['wechat', `${wechatApi}/message/mass/sendall`],
    ['wechat', `${wechatApi}/comment/list?__biz=MzB3NDUxOTk2Nw==&msg_data_id=2650000000&index=0&begin=0`],
    ['wechat', 'https://mp.weixin.qq.com/s?__biz=MzB3NDUxOTk2Nw==&mid=2650000000&idx=1&sn=abcdef0123456789'],
    ['wechat', 'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=MzA3NDUxOTk2Nw=='],
    ['wechat', 'https://mp.weixin.qq.com/mp/appmsg_comment?action=getcomment'],
    ['wechat', 'https://mp.weixin.qq.com/cgi-bin/searchbiz?query=x'],
    ['feed', 'https://www.canglan.example/other.xml'],
    ['feed', 'https://rsshub.app/weibo/keyword/x'],
    ['rsshub', 'https://rsshub.canglan.example/weibo/user/1234567890'],
    ['rsshub', 'https://rsshub.canglan.example/weibo/keyword/x'],
  ])('%s is not asked for %s', (name, url) => {
    expect(isAskable(name, url)).toBe(false);
  });
});

/** Pages about a person, and lists of persons. */
const personPage = /\/(?:u|n|profile|users|friendships|followers|user)(?:\/|\b)|\/searchbiz|\/profile_ext/i;

describe('R1, R4: whole runs ask for no page about a person', () => {
  let scene: CampusScene;
  beforeEach(async () => {
    scene = await CampusScene.open(personStories);
  });
  afterEach(() => scene.close());

  it.each(['mobile', 'open-platform', 'wechat'] as const)('by %s', { timeout: 30_000 }, async (door) => {
    const channel = door === 'wechat' ? await scene.wechat() : await scene.weibo(door);
    const run = await scene.crawl(channel);
    expect(run.created, JSON.stringify(run)).toBeGreaterThan(15);
    const paths = scene.campus.requests().map(({ path }) => path.split('?')[0] ?? '');
    expect(paths.length).toBeGreaterThan(2);
    expect(paths.filter((path) => personPage.test(path))).toEqual([]);
  });
});

describe('R1: testing a page reaches no further than a crawl', () => {
  let scene: CampusScene;
  beforeEach(async () => {
    scene = await CampusScene.open(personStories);
  });
  afterEach(() => scene.close());

  it('refuses other hosts, accounts and lists before anything is asked for', {
    timeout: 30_000,
  }, async () => {
    const { campus, credentials, fixture } = scene;
    const { egress: _egress, ...deps } = fixture.deps;
    const test = openPageTest({ ...deps, credentials, platforms: campus.platforms });
    const weibo = await scene.weibo('mobile');
    const signal = new AbortController().signal;
    const school = Channel.parse({ ...site, allow: [own] });
    if (school.kind !== 'site') throw new Error('no site');
    const before = campus.requests().length;
    for (const [channel, url] of [
      [school, 'https://s.weibo.com/weibo?q=canglan'],
      [school, 'https://www.zhihu.com/'],
      [weibo, 'https://s.weibo.com/weibo?q=canglan'],
      [weibo, 'https://m.weibo.cn/u/1234567890'],
    ] as const) {
      const found = await test(channel, { url, signal });
      expect(found, url).toMatchObject({ status: null, items: [], article: null });
      expect(found.problem, url).not.toBeNull();
    }
    expect(campus.requests()).toHaveLength(before);
    const real = await test(weibo, { url: null, signal });
    expect(real).toMatchObject({ status: 200, problem: null, state: 'ok' });
    expect(real.itemCount).toBeGreaterThan(0);
  });
});
