/** What is added on the way to a reader, and leads nowhere else. */
const tracking =
  /^(?:utm_\w+|spm|chksm|scene|mpshare|srcid|sharer_\w+|isappinstalled|wxfrom|wx_\w+|jsessionid|sessionid|_t)$/i;
const wechatArticle = new Set(['__biz', 'mid', 'idx', 'sn']);

/**
 * Where a link leads, in one form: without scheme, fragment, tracking, and with the query in order. What is no address of the web is
 * null, since no parser hands it over.
 */
export function normaliseLink(href: string): string | null {
  const absolute = href.trim().replace(/^\/\//, 'https://');
  if (!/^https?:\/\//i.test(absolute) || !URL.canParse(absolute)) return null;
  const { host, pathname, searchParams } = new URL(absolute);
  const isWechat = host === 'mp.weixin.qq.com' && pathname === '/s';
  const kept = [...searchParams]
    .filter(([name]) => (isWechat ? wechatArticle.has(name) : !tracking.test(name)))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const bareHost = host.replace(/:(?:80|443)$/, '');
  return `${bareHost}${decodePath(pathname)}${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
}

/** Chinese in a path is written raw or in percent signs, in either case. */
function decodePath(path: string): string {
  const bare = path.replace(/;jsessionid=[^/]*/i, '');
  try {
    return decodeURI(bare).normalize('NFC');
  } catch {
    return bare;
  }
}
