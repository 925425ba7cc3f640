import { lineOf } from './text-of.ts';
import type { PageTree } from './tree.ts';

/** What the head of a page says of its title. */
export interface Head {
  whole: string;
  /** From the page's own metadata. */
  meta: string | null;
  /** `<title>标题-栏目-站名</title>` without column and site. */
  best: string;
  /** Whatever may be the title there, longest first. */
  prefixes: string[];
}

const separators = /\s*[-–—_|｜]{1,3}\s*|\s[·»]\s/g;
const longestTitle = 500;
const mostCuts = 12;
const owner =
  /(?:大学|学院|学校|附中|校区|中心|[处部院馆系办委所站会室科司局网校]|官网|主页|首页|网站|平台|新闻网|university|college|school|institute|department)$/i;

/** Asked for several times while one page is read. */
const readHeads = new WeakMap<PageTree, Head>();
const readLinks = new WeakMap<PageTree, ReadonlySet<string>>();

export function headTitles(tree: PageTree): Head {
  const known = readHeads.get(tree) ?? readHead(tree);
  readHeads.set(tree, known);
  return known;
}

function readHead(tree: PageTree): Head {
  const title = tree.$('head title').get(0) ?? tree.$('title').get(0);
  const whole = (title === undefined ? '' : lineOf(title)).slice(0, longestTitle);
  const site = metaOf(tree, 'keywords')?.split(/[,，]/)[0]?.trim() ?? '';
  const named = ['articletitle', 'pagetitle', 'og:title']
    .map((name) => metaOf(tree, name))
    .find((text) => text !== undefined && text !== '');
  const cuts = [...whole.matchAll(separators)].slice(-mostCuts).map((match) => ({
    before: whole.slice(0, match.index).trim(),
    after: whole.slice(match.index + match[0].length).trim(),
    strong: match[0].trim().length > 1 || /[_|｜·»]|\s[-–—]\s/.test(match[0]),
    digits: /\d$/.test(whole.slice(0, match.index)) && /^\d/.test(whole.slice(match.index + match[0].length)),
  }));
  const usable = cuts.filter((cut) => cut.before !== '' && !cut.digits);
  const prefixes = [whole, ...usable.map((cut) => cut.before).reverse()].filter((text) => text !== '');
  return {
    whole,
    meta: named ?? null,
    best: bestOf(whole, site, usable, linkTexts(tree)),
    prefixes: [...new Set(prefixes)],
  };
}

/** Cuts site, then columns, off the end: what is named like an owner, what a strong sign divides, what the page links to by that name. */
function bestOf(
  whole: string,
  site: string,
  cuts: readonly { before: string; strong: boolean }[],
  links: ReadonlySet<string>,
): string {
  let best = whole;
  if (site.length >= 4 && whole.endsWith(site))
    best = whole.slice(0, -site.length).replace(/[\s\-–—_|｜·»]+$/, '') || whole;
  for (const cut of [...cuts].reverse()) {
    if (cut.before.length >= best.length) continue;
    const tail = best
      .slice(cut.before.length)
      .replace(/^[\s\-–—_|｜·»]+/, '')
      .trim();
    const column = tail.length <= 12 && links.has(tail.replace(/\s+/g, ''));
    if (!cut.strong && !column && !(owner.test(tail) && tail.length <= 30)) break;
    best = cut.before;
  }
  return best;
}

/** Does the head of the page name only the site, and no article? */
export function isSiteName(head: Head): boolean {
  return head.meta === null && head.best === head.whole && head.whole.length <= 20 && owner.test(head.whole);
}

/** The short texts of the page's links: names of columns among them. */
export function linkTexts(tree: PageTree): ReadonlySet<string> {
  const known = readLinks.get(tree) ?? readLinkTexts(tree);
  readLinks.set(tree, known);
  return known;
}

function readLinkTexts(tree: PageTree): ReadonlySet<string> {
  const texts = tree.elements
    .filter((element) => element.name === 'a')
    .map((element) => lineOf(element).replace(/\s+/g, ''));
  return new Set(texts.filter((text) => text !== '' && text.length <= 12));
}

function metaOf(tree: PageTree, name: string): string | undefined {
  const found = tree.elements.find(
    (element) =>
      element.name === 'meta' && (element.attribs.name ?? element.attribs.property)?.toLowerCase() === name,
  );
  return found?.attribs.content?.replace(/\s+/g, ' ').trim();
}
