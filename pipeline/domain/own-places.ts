/**
 * Where everybody writes, and where everybody is searched for. No channel of kind `site` or `feed` reads there (R1): the school's
 * own account at one of them is a channel of its own kind, or is registered by hand.
 */
const sharedPlaces = [
  ...['weibo.com', 'weibo.cn', 'sina.com.cn', 'sina.cn', 'weixin.qq.com', 'qq.com', 'baidu.com'],
  ...[
    'zhihu.com',
    'douban.com',
    'xiaohongshu.com',
    'xhslink.com',
    'douyin.com',
    'iesdouyin.com',
    'tiktok.com',
  ],
  ...['kuaishou.com', 'bilibili.com', 'b23.tv', 'toutiao.com', '163.com', 'sohu.com', 'sogou.com', 'so.com'],
  ...[
    'bing.com',
    'google.com',
    'twitter.com',
    'x.com',
    'facebook.com',
    'instagram.com',
    't.me',
    'telegram.org',
  ],
  ...['reddit.com', 'hupu.com', 'tianya.cn', 'nga.cn', 'newrank.cn', 'gsdata.cn'],
];

/** @param host with or without a port, in lower case */
export function isSharedPlace(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/\.$/, '');
  return sharedPlaces.some((place) => name === place || name.endsWith(`.${place}`));
}

/** A route of an RSSHub, whatever it is called: as an own feed it could name anybody, or any word. */
const rsshubRoute =
  /^\/(?:weibo|wechat|zhihu|douban|xiaohongshu|douyin|kuaishou|bilibili|tieba|twitter|telegram|toutiao|sogou|baidu|google|bing)\//i;

/** Whether an address can be that of a feed which the school makes itself. */
export function mayBeOwnFeed(url: string): boolean {
  const { host, pathname } = new URL(url);
  return !isSharedPlace(host) && !/(?:^|[.-])rsshub\b/.test(host) && !rsshubRoute.test(pathname);
}

/** An RSSHub's own address: nothing in it may turn a route for one account into another one. */
export function isPlainInstance(url: string): boolean {
  const { pathname, search, hash } = new URL(url);
  return (
    search === '' &&
    hash === '' &&
    /^\/(?:[\w-]*rsshub[\w-]*\/?)?$/i.test(pathname) &&
    !url.includes('?') &&
    !url.includes('#')
  );
}
