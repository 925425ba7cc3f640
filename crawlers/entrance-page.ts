const refresh =
  /<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]*content\s*=\s*["']?\s*\d+\s*;\s*url\s*=\s*['"]?([^'">\s]+)/i;
const scripted =
  /\blocation(?:\.href)?\s*=\s*["']([^"']+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"']+)["']\s*\)/i;
const maxVisibleCharacters = 200;

/**
 * Where a page leads on that shows next to nothing itself, by a refresh or a script's plain address: many sites' roots only
 * send one to `main.htm`. A page that sets a cookie first is a firewall's question, and no entrance.
 * @returns an absolute address; null when the page is no entrance
 */
export function findEntranceTarget(html: string, url: string): string | null {
  if (/document\.cookie/i.test(html)) return null;
  const visible = html
    .replace(/<!--[\s\S]*?-->|<(script|style|title|noscript)\b[\s\S]*?<\/\1>|<[^>]*>/gi, '')
    .replace(/&\w+;|\s/g, '');
  if (visible.length > maxVisibleCharacters) return null;
  const script = scripted.exec(html);
  const target = (refresh.exec(html)?.[1] ?? script?.[1] ?? script?.[2])?.replaceAll('&amp;', '&');
  if (target === undefined || !URL.canParse(target, url)) return null;
  const { href } = new URL(target, url);
  return href === url ? null : href;
}
