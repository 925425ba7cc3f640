/** What the page's own scripts say about it, where its address does not. */
export interface PageHints {
  /** VSB: the news id from `_jsq_` or `_showDynClicks`; 0 when the page says it shows no single article. */
  newsId: string | null;
  /** webplus: the article id from `_visitcount`. */
  articleId: string | null;
}

const volatileKeys = /^(utm_\w+|spm|from|jsessionid|sessionid|phpsessid|_t|timestamp|rand|random)$/i;

/** The absolute address of a link; as given where there is nothing to resolve against; null where it leads nowhere. */
export function resolveLink(href: string | undefined, base: string | null): string | null {
  const link = href?.replace(/[\t\n\r]/g, '').trim() ?? '';
  if (link === '' || link.startsWith('#')) return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(link)?.[1]?.toLowerCase();
  // `file:` in a page is a path of the editor's own machine, unless the page itself is a file.
  const local = base?.startsWith('file:') === true;
  if (scheme !== undefined && !/^https?$/.test(scheme) && !(local && scheme === 'file')) return null;
  try {
    const url = new URL(link, base ?? undefined);
    url.hash = '';
    return url.href;
  } catch {
    return base === null ? link.replace(/#.*$/, '') : null;
  }
}

/** The address a page's links are resolved against: `<base href>`, itself resolved against the page's own. */
export function baseOf(href: string | undefined, url: string | null): string | null {
  const declared = href === undefined || href.trim() === '' ? null : resolveLink(href, url);
  if (declared !== null && URL.canParse(declared)) return declared;
  return url !== null && URL.canParse(url) ? url : null;
}

/** VSB: `info/<column>/<news>.htm` or `content.jsp?…wbnewsid=`. The folder above tells sites on one host apart. */
function vsbKey(url: string): string | null {
  if (url.length > 2000) return null;
  const info = /^(?:https?:\/\/([^/?#]+))?([^?#]*?)\/?info\/\d+\/(\d+)\.(?:htm|html|jsp|shtml)$/i.exec(
    url.replace(/[?#].*$/, ''),
  );
  const dynamic = /^(?:https?:\/\/([^/?#]+))?([^?#]*?)\/?[\w-]+\.jsp\?(?:[^#]*&)?wbnewsid=(\d+)/i.exec(url);
  const match = info ?? dynamic;
  if (match === null) return null;
  const [, host, folder, newsId] = match;
  return vsbId(host ?? '', host === undefined ? '' : (folder ?? ''), newsId ?? '');
}

function vsbId(host: string, folder: string, newsId: string): string {
  return `vsb:${host.toLowerCase()}${folder.replace(/\/+$/, '')}:${newsId}`;
}

/** webplus: `/04/95/c24261a328853/page.htm`; the column varies, the article does not. */
function webplusKey(url: string): string | null {
  if (url.length > 2000) return null;
  const match = /^(?:https?:\/\/([^/?#]+))?[^?#]*\/?c\d+a(\d+)\/pagem?\.(?:htm|psp|html)/i.exec(url);
  return match === null ? null : `webplus:${(match[1] ?? '').toLowerCase()}:a${match[2]}`;
}

/** The id of an article within its channel: the same whichever column it was met under. Empty when nothing identifies it. */
export function externalIdOf(url: string | null, hints: PageHints): string {
  const key = url === null ? null : (vsbKey(url) ?? webplusKey(url));
  if (key !== null) return key;
  const host = url === null || !URL.canParse(url) ? '' : new URL(url).host;
  if (hints.newsId !== null && Number(hints.newsId) > 0) return vsbId(host, '', hints.newsId);
  if (hints.articleId !== null) return `webplus:${host}:a${hints.articleId}`;
  return url === null ? '' : `url:${plainAddress(url)}`;
}

function plainAddress(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, searchParams } = new URL(url);
  const kept = [...searchParams].filter(([key]) => !volatileKeys.test(key));
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const query = kept.map(([key, value]) => `${key}=${value}`).join('&');
  return `${host}${pathname.replace(/;jsessionid=[^/]*/i, '')}${query === '' ? '' : `?${query}`}`;
}

const documentFile =
  /\.(pdf|docx?|xlsx?|pptx?|wps|et|dps|zip|rar|7z|txt|csv|rtf|ofd|caj|jpe?g|png|gif|tiff?|mp4|mp3|avi|flv|wmv|mov|apk|exe)(?:$|[?#])/i;

export function isFile(url: string): boolean {
  return documentFile.test(url) || /DownloadAttachUrl/i.test(url);
}

/** Does the address alone say that an article stands there? `sure` for the two well-known systems. */
export function articleAddress(url: string): 'sure' | 'likely' | null {
  if (url.length > 2000) return null;
  if (vsbKey(url) !== null || webplusKey(url) !== null) return 'sure';
  const path = url.replace(/^https?:\/\/[^/]+/i, '');
  if (
    /\/art\/\d{4}\/|\/t\d{8}_\d+\.|\/\d{4}[/-]?\d{2}[/-]?\d{2}\/[^/]+|\/\d{4}\/\d{2,4}\/[\w-]+\.s?html?/i.test(
      path,
    )
  )
    return 'likely';
  if (
    /(?:article|news|content|detail|show|view|info|notice|read)\w*\.(?:aspx?|php|jsp|do|action|cfm)\?.*\d/i.test(
      path,
    )
  )
    return 'likely';
  if (
    /\/(?:article|content|detail|show|view|info|news|post|archives|read|node)[\w/-]*?[/_-]?\d{2,}(?:\.s?html?)?$/i.test(
      path,
    )
  )
    return 'likely';
  if (/[?&](?:article|news|content|a|info|doc)_?id=\d+/i.test(path) || /\/\d{3,}\.s?html?$/i.test(path))
    return 'likely';
  return null;
}

/** Does the address alone say that a list stands there? */
export function listAddress(url: string): boolean {
  return (
    /\/list\d*\.(?:htm|psp|html|jsp|aspx?|php)(?:[?#]|$)/i.test(url) ||
    (/[?&]wbtreeid=\d+/i.test(url) && !/wbnewsid=[1-9]/i.test(url)) ||
    /(?:list|column|channel|class|category|more)\w*\.(?:aspx?|php|jsp|do)(?:[?#]|$)/i.test(url)
  );
}
