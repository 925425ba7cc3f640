import { blockOf } from './caption.ts';
import { lineOf } from './text-of.ts';
import { type Element, holds, type PageTree, parentOf } from './tree.ts';

const year = /^[\s【[(（]*((?:19|20)\d{2})\s?(年度?)?[\s】\])）]*$/;
const mostTried = 100;

/** Gives the year that a heading states over rows: a line that is nothing but a year, in what holds the row. */
export function yearsOver(tree: PageTree): (row: Element) => number | null {
  const headings: { at: number; year: number; around: Element }[] = [];
  let tried = 0;
  for (const text of tree.texts) {
    const match = text.hidden || text.data.length > 30 ? null : year.exec(text.data);
    if (match === null || tried >= mostTried) continue;
    const marked =
      match[2] !== undefined || /^(?:h[1-6]|caption|dt|th|legend)$/.test(blockOf(text.parent).name);
    if (!marked) continue;
    tried += 1;
    const block = widest(blockOf(text.parent));
    const around = parentOf(block);
    if (around === null || year.exec(lineOf(block)) === null || linked(text.parent)) continue;
    headings.push({ at: text.at, year: Number(match[1]), around });
  }
  headings.reverse();
  return (row) => {
    const { start } = tree.spanOf(row);
    const over = headings.find(({ at, around }) => at < start && around !== row && holds(tree, around, row));
    return over?.year ?? null;
  };
}

function widest(element: Element): Element {
  const text = lineOf(element);
  let block = element;
  for (let at = parentOf(element), level = 0; at !== null && level < 4; at = parentOf(at), level += 1) {
    if (lineOf(at) !== text) break;
    block = at;
  }
  return block;
}

function linked(element: Element): boolean {
  for (let at: Element | null = element, level = 0; at !== null && level < 4; at = parentOf(at), level += 1)
    if (at.name === 'a') return true;
  return false;
}
