import type { PageLink } from './page-links.ts';

/** An account of the school's on a platform, as its pages link to it. */
export interface FoundAccount {
  platform: 'weibo' | 'wechat' | 'bilibili' | 'douyin' | 'kuaishou' | 'xiaohongshu' | 'toutiao';
  /** What names the account on its platform; null where the link does not say. */
  id: string | null;
  url: string;
  text: string;
}

type Reader = (url: URL) => Pick<FoundAccount, 'platform' | 'id'> | null;

function readWeibo({ hostname, pathname }: URL): ReturnType<Reader> {
  if (!/^(?:www\.|m\.|e\.)?weibo\.(?:com|cn)$/.test(hostname)) return null;
  if (/^\/(?:login|signup|share|ttarticle|p\/)/.test(pathname) || pathname === '/') return null;
  const id = /^\/(?:u\/|profile\/)?(\d{5,12})(?:[/?]|$)/.exec(pathname)?.[1] ?? null;
  return { platform: 'weibo', id };
}

/** Of articles only the long form says whose they are. */
function readWechat({ hostname, pathname, search }: URL): ReturnType<Reader> {
  if (hostname !== 'mp.weixin.qq.com') return null;
  if (!/^\/(?:s(?:\/|$)|mp\/)/.test(pathname)) return null;
  // A plus sign in a query would be read as a blank.
  const biz = /[?&]__biz=([^&#]+)/.exec(search)?.[1];
  const id = biz === undefined ? null : decodeURIComponent(biz).replace(/ /g, '+');
  return { platform: 'wechat', id: id !== null && /^[A-Za-z0-9+/]{8,24}={0,2}$/.test(id) ? id : null };
}

const others: readonly { platform: FoundAccount['platform']; pattern: RegExp }[] = [
  { platform: 'bilibili', pattern: /^space\.bilibili\.com\/(\d+)/ },
  { platform: 'douyin', pattern: /^(?:www\.)?douyin\.com\/user\/([\w.-]+)/ },
  { platform: 'kuaishou', pattern: /^(?:www\.)?kuaishou\.com\/profile\/([\w-]+)/ },
  { platform: 'xiaohongshu', pattern: /^(?:www\.)?xiaohongshu\.com\/user\/profile\/(\w+)/ },
  { platform: 'toutiao', pattern: /^(?:www\.)?toutiao\.com\/c\/user\/(?:token\/)?([\w-]+)/ },
];

function readOther({ hostname, pathname }: URL): ReturnType<Reader> {
  for (const { platform, pattern } of others) {
    const id = pattern.exec(`${hostname}${pathname}`)?.[1];
    if (id !== undefined) return { platform, id };
  }
  return null;
}

const readers: readonly Reader[] = [readWeibo, readWechat, readOther];

/** Accounts that pages of the school link to, each once. Links that share a page or show a single post name no account. */
export function findAccounts(links: readonly PageLink[]): FoundAccount[] {
  const found = new Map<string, FoundAccount>();
  for (const { url, text } of links) {
    const address = new URL(url);
    for (const read of readers) {
      const account = read(address);
      if (account === null) continue;
      const key = `${account.platform} ${account.id ?? `${address.host}${address.pathname}`}`;
      if (!found.has(key)) found.set(key, { ...account, url, text });
    }
  }
  return [...found.values()];
}
