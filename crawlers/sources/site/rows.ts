import type { Regions } from './regions.ts';
import { differentAfter, distinctTargets, titleLink, usableLinks } from './row-links.ts';
import { lineOf } from './text-of.ts';
import { type Element, lowerBound, type PageTree, parentOf, within } from './tree.ts';

/** A row of a list: the element that holds one link, with what belongs to it, and the link that carries its title. */
export interface RawRow {
  element: Element;
  anchor: Element;
  url: string | null;
}

/** Rows of the same make: same tags and classes from the top down, standing together. */
export interface RawGroup {
  rows: RawRow[];
  container: Element;
}

const longestRow = 600;
/** With a table inside and more than this many characters beside the link, an element lays out the page. */
const layoutText = 150;
const rowTags = new Set(['li', 'dl', 'article']);

/** Groups every link of the page with its like. Nothing is judged yet. */
export function findGroups(tree: PageTree, base: string | null, regions: Regions): RawGroup[] {
  const links = usableLinks(tree.elements, base);
  const starts = links.map((link) => tree.spanOf(link.element).start);
  const nextDifferent = differentAfter(links);
  const rangeOf = (element: Element): [number, number] => {
    const { start, end } = tree.spanOf(element);
    return [lowerBound(starts, start), lowerBound(starts, end)];
  };
  const lengthOf = textLengths(tree);
  const nests = nestedTables(tree);
  const seen = new Set<Element>();
  const rows: RawRow[] = [];
  for (const link of links) {
    const inNavigation = regions.inNavigation(link.element);
    const row = rowOf(link.element, (element) => {
      // A row is not the page: it ends where a menu ends, and it is no article.
      const length = lengthOf(element);
      const within =
        (!inNavigation || regions.inNavigation(element)) &&
        length <= longestRow &&
        (length - link.text.length <= layoutText || !nests(element));
      const [from, to] = rangeOf(element);
      return {
        uniform: within && (nextDifferent[from] ?? 0) >= to,
        distinct: distinctTargets(links, from, to),
        whole: within,
      };
    });
    if (seen.has(row)) continue;
    seen.add(row);
    const [from, to] = rangeOf(row);
    const main = titleLink(links.slice(from, Math.min(to, from + 12)));
    if (main !== null) rows.push({ element: row, anchor: main.element, url: main.url });
  }
  return groupRows(rows);
}

/** The row a named element is, by the link in it that says most; null where there is none. */
export function rowIn(tree: PageTree, element: Element, base: string | null): RawRow | null {
  const main = titleLink(usableLinks(within(tree, element), base));
  return main === null ? null : { element, anchor: main.element, url: main.url };
}

/** Does an element hold a table, itself not counted? */
function nestedTables(tree: PageTree): (element: Element) => boolean {
  const tables = tree.elements
    .filter((element) => element.name === 'table')
    .map((element) => tree.spanOf(element).start);
  return (element) => {
    const { start, end } = tree.spanOf(element);
    return (tables[lowerBound(tables, start + 1)] ?? end) < end;
  };
}

/** How many characters of text each element shows. */
export function textLengths(tree: PageTree): (element: Element) => number {
  const starts = tree.texts.map((text) => text.at);
  const sums = [0];
  for (const text of tree.texts) sums.push((sums.at(-1) ?? 0) + text.data.trim().length);
  return (element) => {
    const { start, end } = tree.spanOf(element);
    return (sums[lowerBound(starts, end)] ?? 0) - (sums[lowerBound(starts, start)] ?? 0);
  };
}

/** The largest element that holds this link and no other, or a table row or list item with a column name beside the title. */
function rowOf(
  anchor: Element,
  inspect: (element: Element) => { uniform: boolean; distinct: number; whole: boolean },
): Element {
  let row = anchor;
  while (!rowTags.has(row.name) && !isNumberedRow(row)) {
    const parent = parentOf(row);
    if (parent === null || parent.name === 'body' || !inspect(parent).uniform) break;
    row = parent;
  }
  for (let at = parentOf(row), level = 0; at !== null && level < 5; at = parentOf(at), level += 1) {
    if (!rowTags.has(at.name) && at.name !== 'tr' && !isNumberedRow(at)) continue;
    if (rowTags.has(row.name) || isNumberedRow(row)) break;
    // A layout's row holds blocks; a list's holds a column name beside the title.
    if (at.name === 'tr' && /^(?:p|div|table|tbody|section|ul)$/.test(row.name)) break;
    const most = at.name === 'tr' ? 2 : at.name === 'dl' ? 1 : 3;
    const { distinct, whole } = inspect(at);
    return whole && distinct <= most && datesIn(at) <= 1 ? at : row;
  }
  return row;
}

function isNumberedRow(element: Element): boolean {
  return element.attribs.id?.startsWith('line_') === true;
}

function datesIn(element: Element): number {
  const text = lineOf(element).slice(0, 500);
  return (
    text.match(
      /(?<![\d.:-])(?:\d{4}\s?[-/.年]\s?)?(?:1[0-2]|0?[1-9])\s?[-/.月]\s?(?:3[01]|[12]\d|0?[1-9])(?![\d:])/g,
    ) ?? []
  ).length;
}

function groupRows(rows: readonly RawRow[]): RawGroup[] {
  const signatures = new Map<Element, string>();
  const byMake = new Map<string, Map<Element, RawRow[]>>();
  for (const row of rows) {
    const parent = parentOf(row.element);
    if (parent === null) continue;
    const make = `${signatureOf(parent, signatures)}>${row.element.name}`;
    const byParent = byMake.get(make) ?? new Map<Element, RawRow[]>();
    byMake.set(make, byParent);
    const mates = byParent.get(parent);
    if (mates === undefined) byParent.set(parent, [row]);
    else mates.push(row);
  }
  const groups: RawGroup[] = [];
  for (const byParent of byMake.values()) groups.push(...joinNeighbours(byParent));
  return groups;
}

/** Lists cut into several `ul`, or a table a row, are one list; full-sized blocks of the same make stay apart. */
function joinNeighbours(byParent: ReadonlyMap<Element, RawRow[]>): RawGroup[] {
  const groups: { group: RawGroup; above: (Element | null)[] }[] = [];
  for (const [container, rows] of byParent) {
    const parent = parentOf(container);
    const above = [parent, rows.length === 1 && parent !== null ? parentOf(parent) : null];
    const last = groups.at(-1);
    const joins =
      last !== undefined && above.some((element) => element !== null && last.above.includes(element));
    if (joins) for (const row of rows) last.group.rows.push(row);
    else groups.push({ group: { rows: [...rows], container }, above });
  }
  return groups.map(({ group, above }) => ({
    rows: group.rows,
    container: group.rows.every((row) => parentOf(row.element) === group.container)
      ? group.container
      : (above[0] ?? group.container),
  }));
}

/** Tags and classes from the top down; numbers and words for odd, first or chosen rows do not make a difference. */
function signatureOf(element: Element, known: Map<Element, string>): string {
  const chain: Element[] = [];
  let prefix = '';
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    const cached = known.get(at);
    if (cached !== undefined) {
      prefix = cached;
      break;
    }
    chain.push(at);
  }
  for (const at of chain.reverse()) {
    const classes = (at.attribs.class ?? '')
      .split(/\s+/)
      .filter((word) => !/^(?:odd|even|first|last|on|cur|active|hover|fl|fr|clearfix|clear)$/.test(word))
      .map((word) => word.replace(/\d+/g, ''))
      .sort();
    // A fingerprint keeps deep pages from building long keys.
    prefix = fingerprint(`${prefix}>${at.name}.${classes.join('.')}`);
    known.set(at, prefix);
  }
  return prefix;
}

function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i += 1) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
