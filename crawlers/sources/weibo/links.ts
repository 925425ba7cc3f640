const pictureHosts = /(?:^|\.)(?:sinaimg\.cn|sinajs\.cn)$/;
const platformHosts = /(?:^|\.)weibo\.(?:com|cn)$/;

/** Of what the platform itself offers, only what stands by itself is a link: articles and films, by their own number. */
const ownPages = /^\/(?:ttarticle|article|show|tv|video)\b/;
const neededQuery = new Set(['id', 'fid', 'url']);

/**
 * Where a link in a text leads: out of the platform's redirector, without what tells who shared it. Null for what is no link of
 * the text: topics, accounts, pictures, places, the platform's own menus.
 */
export function linkTarget(href: string): string | null {
  const url = addressOf(href);
  if (url === null) return null;
  const inner = /(?:^|\.)weibo\.(?:com|cn)$/.test(url.hostname) ? redirectTarget(url) : null;
  if (inner !== null) return linkTarget(inner);
  if (pictureHosts.test(url.hostname)) return null;
  if (!platformHosts.test(url.hostname)) return url.href;
  const film = /^(?:video|card|h5\.video)\./.test(url.hostname);
  if (!film && !ownPages.test(url.pathname)) return null;
  for (const name of [...url.searchParams.keys()]) if (!neededQuery.has(name)) url.searchParams.delete(name);
  url.hash = '';
  return url.href;
}

/** Addresses within plain text; a Chinese full stop or bracket ends one. */
export function linksInText(text: string): string[] {
  const written = text.match(/https?:\/\/[\w!#$%&'()*+,./:;=?@~-]+/g) ?? [];
  const found = written.map((link) => linkTarget(link.replace(/[!'),.:;?]+$/, '')));
  return [...new Set(found.filter((link) => link !== null))];
}

function addressOf(href: string): URL | null {
  const text = href.trim().replace(/^\/\//, 'https://');
  if (text.length > 2000 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : null;
}

/** `weibo.cn/sinaurl?u=…` (once `toasturl`, `url`) leads to what it names, which may lead on again: once only. */
function redirectTarget(url: URL): string | null {
  if (!/^\/(?:sinaurl|linkurl)/.test(url.pathname)) return null;
  const target = url.searchParams.get('u') ?? url.searchParams.get('toasturl') ?? url.searchParams.get('url');
  return target === null || /weibo\.(?:com|cn)\/(?:sinaurl|linkurl)/.test(target) ? null : target;
}
