import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import { findBody } from './body.ts';
import { baseOf } from './keys.ts';
import { findArticleGroups, mainList } from './list.ts';
import { type ParsedSitePage, parseSitePage, type SitePage } from './parse.ts';
import { findRegions } from './regions.ts';
import { findTitle } from './title.ts';
import { type Element, type PageTree, parentOf, parseTree, select } from './tree.ts';

type SelectorName = keyof SiteSelectors;

/** Where something was found: by a selector of the channel, or by the page's structure; `place` as a CSS selector. */
export interface FoundPlace {
  by: 'selector' | 'structure';
  place: string;
}

/** What was taken from a page, from where, and what a person should see to. */
export interface ExplainedPage {
  parsed: ParsedSitePage;
  places: Partial<Record<'title' | 'body' | 'rows', FoundPlace>>;
  /** Selectors of the channel that match nothing here. On a list those of articles may, and the other way round. */
  unmatched: SelectorName[];
  hints: string[];
}

const listSelectors = ['listItem', 'listDate', 'nextPage'] as const;
const articleSelectors = ['title', 'date', 'body', 'attachments'] as const;
/** A list this long goes on, as a rule. */
const longList = 10;
const fewCharacters = 200;

/** Reads a page as the crawler does, and says from where it took what. For a person who writes a channel's selectors. */
export function explainSitePage(page: SitePage): ExplainedPage {
  const parsed = parseSitePage(page);
  const selectors = page.selectors ?? {};
  const tree = treeOf(page);
  if (tree === null) return { parsed, places: {}, unmatched: [], hints: hintsOf(parsed, null, []) };
  const used = parsed.role === 'article' ? articleSelectors : listSelectors;
  const wanted = used.filter((name) => selectors[name] !== undefined);
  const unmatched = wanted.filter((name) => select(tree, selectors[name] ?? '').length === 0);
  return {
    parsed,
    places: parsed.role === 'article' ? articlePlaces(page, tree) : listPlaces(page, tree, parsed),
    unmatched,
    hints: hintsOf(parsed, tree, unmatched),
  };
}

function treeOf({ html, selectors }: SitePage): PageTree | null {
  try {
    return parseTree(html.replace(/\p{Surrogate}/gu, '\ufffd'), selectors?.ignore);
  } catch {
    // What makes a page too complex is the parser's to say.
    return null;
  }
}

function articlePlaces({ url, selectors = {} }: SitePage, tree: PageTree): ExplainedPage['places'] {
  const regions = findRegions(tree);
  const body = findBody(tree, regions, [], { url, selector: selectors.body });
  if (body === null) return {};
  const { shown } = findTitle(tree, body.elements, regions, selectors.title);
  return {
    ...placeOf('title', tree, shown, selectors.title),
    ...placeOf('body', tree, body.elements[0] ?? null, selectors.body),
  };
}

function listPlaces(page: SitePage, tree: PageTree, { items }: ParsedSitePage): ExplainedPage['places'] {
  if (items.length === 0) return {};
  const { url, fetchedAt, selectors = {} } = page;
  if (selectors.listItem !== undefined && select(tree, selectors.listItem).length > 0) {
    return { rows: { by: 'selector', place: selectors.listItem } };
  }
  const base = baseOf(tree.$('base[href]').attr('href'), url);
  const groups = findArticleGroups(tree, { url, base, fetchedAt }, findRegions(tree));
  const first = mainList(tree, groups)[0]?.element ?? null;
  return placeOf('rows', tree, first, undefined);
}

function placeOf<K extends 'title' | 'body' | 'rows'>(
  name: K,
  tree: PageTree,
  element: Element | null,
  selector: string | undefined,
): Partial<Record<K, FoundPlace>> {
  if (element === null) return {};
  const isNamed = selector !== undefined && select(tree, selector).includes(element);
  const found: FoundPlace = isNamed
    ? { by: 'selector', place: selector }
    : { by: 'structure', place: pathOf(element) };
  return { [name]: found } as Partial<Record<K, FoundPlace>>;
}

const safeName = /^[A-Za-z_][\w-]{0,60}$/;

/** A short CSS selector of an element: by its id, else by tag and classes under the nearest parent that has a name. */
function pathOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at !== null && steps.length < 3; at = parentOf(at)) {
    const { id = '', class: classes = '' } = at.attribs;
    if (safeName.test(id)) return [`#${id}`, ...steps].join(' > ');
    const names = classes.split(/\s+/).filter((name) => safeName.test(name));
    steps.unshift([at.name, ...names.slice(0, 2)].join('.'));
    if (at.name === 'body' || (steps.length > 1 && names.length > 0)) break;
  }
  return steps.join(' > ');
}

function hintsOf(
  parsed: ParsedSitePage,
  tree: PageTree | null,
  unmatched: readonly SelectorName[],
): string[] {
  const { state, role, items, next } = parsed;
  const hints = unmatched.map((name) => `selectors.${name} matches nothing on this page`);
  if (parsed.reason !== undefined) hints.push(`the page was not read: ${parsed.reason}`);
  if (state === 'login-required')
    hints.push('the page asks for a login: the crawler reads public pages only');
  if (state === 'blocked') {
    hints.push('a firewall refuses the crawler: ask whoever runs it to let this machine’s address in');
  }
  if (state === 'unknown-page' || (state === 'empty' && role !== 'article')) {
    hints.push(
      isBuiltByScripts(tree)
        ? 'next to nothing stands in this page, but scripts: it may need fetchedBy: browser'
        : 'nothing was recognised: name the rows of a list with selectors.listItem, the text of an article with selectors.body',
    );
  }
  if (role === 'list' && items.length > 0) hints.push(...listHints(items, next));
  if (role === 'article') hints.push(...articleHints(items[0]));
  return hints;
}

function listHints(items: ParsedSitePage['items'], next: string | null): string[] {
  const hints: string[] = [];
  const undated = items.filter(({ publishedAt }) => publishedAt === null).length;
  if (undated * 2 > items.length) {
    hints.push(
      `${undated} of ${items.length} rows show no date: if they have one, name it with selectors.listDate`,
    );
  }
  if (next === null && items.length >= longList) {
    hints.push('no next page was found: if the list goes on, name its link with selectors.nextPage');
  }
  return hints;
}

function articleHints(item: ParsedSitePage['items'][number] | undefined): string[] {
  if (item === undefined) return [];
  const missing = [
    item.title === '' ? 'title' : null,
    item.publishedAt === null ? 'date' : null,
    item.text === '' ? 'body' : null,
  ].filter((name) => name !== null);
  return missing.map(
    (name) => `the article has no ${name === 'body' ? 'text' : name}: name it with selectors.${name}`,
  );
}

function isBuiltByScripts(tree: PageTree | null): boolean {
  if (tree === null) return false;
  const shown = tree.texts.reduce((sum, text) => sum + text.data.trim().length, 0);
  return shown < fewCharacters && tree.elements.some(({ name }) => name === 'script');
}
