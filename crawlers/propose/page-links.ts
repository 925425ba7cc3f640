import { baseOf, isFile, resolveLink } from '../sources/site/keys.ts';
import { lineOf } from '../sources/site/text-of.ts';
import { classAndId, type Element, type PageTree, parentOf, parseTree } from '../sources/site/tree.ts';
import { findSiteSystem } from './site-system.ts';

export interface PageLink {
  url: string;
  /** What the page calls it. */
  text: string;
  /** It stands in a menu: what the site is made of, in its own words. */
  inMenu: boolean;
}

export interface PageFacts {
  /** As the head of the page says. */
  title: string;
  links: PageLink[];
  feeds: { url: string; title: string }[];
  /** What the site is made with, where the page gives it away. */
  system: string | null;
}

const menuName =
  /(?:^|[\s_-])(?:wp[_-]?)?(?:main|sub|top|site)?_?-?(?:nav|navi|navbar|navigation|menu|column)s?(?:$|[\s_-]|\d)/i;
const feedType = /^application\/(?:rss|atom|rdf)\+xml$/i;

function isInMenu(element: Element): boolean {
  for (let at: Element | null = element; at !== null && at.name !== 'body'; at = parentOf(at)) {
    if (at.name === 'nav' || menuName.test(classAndId(at))) return true;
  }
  return false;
}

function linkText(anchor: Element): string {
  const text = lineOf(anchor).replace(/\s+/g, ' ').trim();
  return text === '' ? (anchor.attribs.title?.trim() ?? '') : text;
}

/** What a page says of the site it belongs to: its links, each address once, and the feeds that it declares. Pure. */
export function readPageFacts(html: string, url: string): PageFacts {
  const tree: PageTree = parseTree(html.replace(/\p{Surrogate}/gu, '\ufffd'));
  const base = baseOf(tree.$('base[href]').attr('href'), url);
  const links = new Map<string, PageLink>();
  const feeds: PageFacts['feeds'] = [];
  for (const element of tree.elements) {
    const target = resolveLink(element.attribs.href, base);
    if (target === null || !URL.canParse(target)) continue;
    if (element.name === 'link' && feedType.test(element.attribs.type ?? '')) {
      feeds.push({ url: target, title: element.attribs.title ?? '' });
    }
    if (element.name !== 'a' || isFile(target)) continue;
    const known = links.get(target);
    const text = linkText(element);
    const inMenu = isInMenu(element);
    if (known === undefined) links.set(target, { url: target, text, inMenu });
    else {
      if (known.text === '') known.text = text;
      known.inMenu ||= inMenu;
    }
  }
  const title = tree.$('title').first().text().replace(/\s+/g, ' ').trim();
  const system = findSiteSystem(html, tree.$('meta[name="generator" i]').attr('content'));
  return { title, links: [...links.values()], feeds, system };
}
