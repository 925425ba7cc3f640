import { articleAddress, isFile, type PageHints, resolveLink } from './keys.ts';
import { lineOf } from './text-of.ts';
import type { Element, PageTree } from './tree.ts';

const notColumn =
  /^(?:首页|网站首页|返回首页|english|en|登录|注册|设为首页|加入收藏|手机版|邮箱|邮件|vpn|搜索|上一?页|下一?页|尾页|打印|关闭)$/i;
const mostColumns = 300;

/** What the scripts say of the page itself, besides its article's id. */
export interface PageScripts extends PageHints {
  /** VSB: the template the page was made with. */
  template: string | null;
  /** webplus: 1 start page, 2 column, 3 article. */
  visitType: string | null;
}

/** What a system's own scripts give away: `_jsq_(column,'/page.jsp',news,owner)`, `_visitcount?…&type=3&articleId=…`. */
export function readScripts(tree: PageTree): PageScripts {
  let newsId: string | null = null;
  let template: string | null = null;
  let visitType: string | null = null;
  let articleId: string | null = null;
  const clicked = new Set<string>();
  for (const element of tree.elements) {
    if (element.name === 'script') {
      const code = codeOf(element).slice(0, 5000);
      const page = /_jsq_\s?\(\s?\d+\s?,\s?['"]([^'"]{0,200})['"]\s?,\s?(-?\d+)/.exec(code);
      if (page !== null) [template, newsId] = [page[1] ?? null, page[2] ?? null];
      const click = /_showDynClicks\(\s?["']wbnews["']\s?,\s?\d+\s?,\s?(\d+)\s?\)/.exec(code)?.[1];
      if (click !== undefined) clicked.add(click);
    }
    const counter = /_visitcount\?[^"']*?type=(\d)(?:[^"']*?articleId=(\d+))?/i.exec(
      element.attribs.src ?? element.attribs.url ?? '',
    );
    if (counter !== null) [visitType, articleId] = [counter[1] ?? null, counter[2] ?? articleId];
  }
  // One counter belongs to the page's own article; several are those of a list's rows.
  if (newsId === null && clicked.size === 1) newsId = [...clicked][0] ?? null;
  return { newsId, template, visitType, articleId };
}

/** Links of a start page, on its own host, that may lead to lists. */
export function findColumns(tree: PageTree, page: { url: string | null; base: string | null }): string[] {
  const host = page.url !== null && URL.canParse(page.url) ? new URL(page.url).host : null;
  const columns = new Set<string>();
  for (const element of tree.elements) {
    if (element.name !== 'a' || columns.size >= mostColumns) continue;
    const url = resolveLink(element.attribs.href, page.base);
    if (url === null || url === page.url || isFile(url) || articleAddress(url) !== null) continue;
    if (URL.canParse(url) && host !== null && new URL(url).host !== host) continue;
    if (URL.canParse(url) && host === null) continue;
    if (
      /^(?:https?:\/\/[^/]+)?\/?(?:index|main|default)?(?:\.\w+)?$/i.test(url) ||
      notColumn.test(lineOf(element))
    )
      continue;
    columns.add(url);
  }
  return [...columns];
}

/** Where a page leads that shows next to nothing itself: by a refresh, or by a script that sets the location. */
export function findMove(tree: PageTree, page: { url: string | null; base: string | null }): string | null {
  const shown = tree.texts.reduce((sum, text) => sum + text.data.trim().length, 0);
  if (shown > 200 || page.url === null) return null;
  // Who sets a cookie first is a firewall with a question, and no entrance.
  if (
    tree.elements.some((element) => element.name === 'script' && codeOf(element).includes('document.cookie'))
  )
    return null;
  for (const element of tree.elements) {
    const url = resolveLink(moveOf(element), page.base);
    if (url !== null && url !== page.url && /^https?:/.test(url) && URL.canParse(url)) return url;
  }
  return null;
}

function moveOf(element: Element): string | undefined {
  if (element.name === 'meta' && /refresh/i.test(element.attribs['http-equiv'] ?? '')) {
    return /url\s?=\s?['"]?([^'"\s]{1,500})/i.exec(element.attribs.content ?? '')?.[1];
  }
  if (element.name !== 'script') return undefined;
  const moved =
    /location(?:\.href)?\s?=\s?['"]([^'"]{1,500})['"]|location\.(?:replace|assign)\(\s?['"]([^'"]{1,500})['"]/.exec(
      codeOf(element).slice(0, 2000),
    );
  return moved?.[1] ?? moved?.[2];
}

function codeOf(script: Element): string {
  return script.children.map((child) => ('data' in child ? child.data : '')).join('');
}
