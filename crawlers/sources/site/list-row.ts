import { type FoundDate, findFullDate } from './dates.ts';
import { rowDate, rowTitle } from './row-content.ts';
import { type Element, firstTextAt, type PageTree, parentOf, within } from './tree.ts';

export interface ListRow {
  element: Element;
  title: string;
  url: string | null;
  published: FoundDate | null;
  /** VSB: from the click counter, for rows whose link is a script. */
  newsId: string | null;
}

/** 上一篇, 下一条 and the like: what an article says of its neighbours. */
export function isNeighbour(tree: PageTree, row: Element): boolean {
  const { start, end } = tree.spanOf(row);
  const around = tree.texts.slice(Math.max(0, firstTextAt(tree, start) - 1), firstTextAt(tree, end));
  return around.slice(0, 4).some((text) => /^\s*[【[<]?\s*(?:上|下|前|后)一?(?:篇|条|则)/.test(text.data));
}

/** Title, address and date of a row. */
export function readRow(
  tree: PageTree,
  raw: { element: Element; anchor: Element; url: string | null },
  page: { fetchedAt: string; year?: number | null },
): ListRow {
  const { title, shown } = rowTitle(tree, raw.anchor);
  let published = rowDate(tree, raw.element, shown, { ...page, url: raw.url });
  // `dt` with its `dd`, or a bare link with a date after it: the date stands beside the row.
  if (published === null && /^(?:dt|a|span|td|h\d|b|strong)$/.test(raw.element.name)) {
    published = dateBeside(tree, raw.element, page);
  }
  return { element: raw.element, title, url: raw.url, published, newsId: clickedNews(tree, raw.element) };
}

function dateBeside(
  tree: PageTree,
  element: Element,
  page: { fetchedAt: string; year?: number | null },
): FoundDate | null {
  const parent = parentOf(element);
  if (parent === null) return null;
  const place = parent.children.indexOf(element);
  for (const sibling of parent.children.slice(place + 1, place + 4)) {
    if (
      sibling.type === 'tag' &&
      (sibling.name === 'a' || sibling.name === 'dt' || tree.$(sibling).find('a').length > 0)
    )
      return null;
    if (sibling.type === 'tag') {
      const found = rowDate(tree, sibling, element, { ...page, url: null });
      if (found !== null) return found;
    } else if (sibling.type === 'text') {
      const found = findFullDate(sibling.data);
      if (found !== null) return { publishedAt: found.publishedAt, precision: found.precision };
    }
  }
  return null;
}

function clickedNews(tree: PageTree, row: Element): string | null {
  for (const element of within(tree, row).slice(0, 60)) {
    const match = /^dynclicks_\w+_(\d+)$/.exec(element.attribs.id ?? '');
    if (match !== null) return match[1] ?? null;
  }
  return null;
}
