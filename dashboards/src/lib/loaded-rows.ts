/** A row of a list that is read page by page, with the page it came with. */
export interface LoadedRow<T> {
  page: number;
  item: T;
}

/** Where the range that the page covers ends among the old rows. One from further below than a page is long has risen, and says nothing. */
function findEnd<T extends { id: string }>(
  rows: readonly LoadedRow<T>[],
  start: number,
  fresh: readonly T[],
): number {
  const stood = new Map(rows.map((row, at) => [row.item.id, at]));
  let end = start;
  for (const { id } of fresh) {
    const at = stood.get(id) ?? -1;
    if (at >= end && at < end + fresh.length) end = at + 1;
  }
  return end;
}

/**
 * The rows after one page was read, for the first time or again. What stood in the range that it covers and is not in it any more
 * is gone; what it pushed past its end stays, since the next page does not bring it; nothing stands twice.
 * @param isEnd no page follows
 */
export function mergePage<T extends { id: string }>(
  rows: readonly LoadedRow<T>[],
  page: number,
  fresh: readonly T[],
  isEnd: boolean,
): LoadedRow<T>[] {
  const read = new Set(fresh.map(({ id }) => id));
  const isKept = ({ item }: LoadedRow<T>) => !read.has(item.id);
  const from = rows.findIndex((row) => row.page >= page);
  const start = from < 0 ? rows.length : from;
  const rest = isEnd ? [] : rows.slice(findEnd(rows, start, fresh));
  return [
    ...rows.slice(0, start).filter(isKept),
    ...fresh.map((item) => ({ page, item })),
    ...rest.filter(isKept),
  ];
}
