import { type CheerioAPI, type CheerioOptions, load } from 'cheerio';

/** Browsers flatten what is nested deeper than 512; pages of real sites stay below 100. */
const depthLimit = 512;
/** A page of 2 MB has some 60,000; a few kB of tags never closed ask for millions, which ends the process. */
const elementLimit = 200_000;
/** In one tag: the parser compares each with all before it. */
const attributeLimit = 5000;

/** The page asks for more than reading it may cost. `message` names the limit, nothing of the page. */
export class PageTooComplex extends Error {
  override name = 'PageTooComplex';
}

const blank = new Set([' ', '\t', '\n', '\r', '\f']);

type Adapter = NonNullable<CheerioOptions['treeAdapter']>;

/** What cheerio itself builds trees with; it is no part of what cheerio exports. */
function findAdapter(): Adapter {
  const { treeAdapter } = load('', {})._options;
  if (treeAdapter === undefined || treeAdapter === null) throw new Error('cheerio names no tree adapter');
  return treeAdapter;
}
const plain = findAdapter();

/**
 * Parses HTML as a browser does, at a cost that grows with the page's size.
 * @throws PageTooComplex as soon as a limit is passed
 */
export function loadBounded(html: string): CheerioAPI {
  assertFewAttributes(html);
  let depth = 0;
  let elements = 0;
  const treeAdapter: Adapter = {
    ...plain,
    createElement: (...given) => {
      elements += 1;
      if (elements > elementLimit) throw new PageTooComplex(`more than ${elementLimit} elements`);
      return plain.createElement(...given);
    },
    onItemPush: () => {
      depth += 1;
      if (depth > depthLimit) throw new PageTooComplex(`elements nested more than ${depthLimit} deep`);
    },
    onItemPop: () => {
      depth -= 1;
    },
  };
  return load(html, { treeAdapter });
}

/** Walks each tag once, outside of scripts or not: what looks like a tag there is short. */
function assertFewAttributes(html: string): void {
  const tag = /<[a-z]/gi;
  for (let start = tag.exec(html); start !== null; start = tag.exec(html)) {
    tag.lastIndex = endOfTag(html, tag.lastIndex);
  }
}

/** The place after the tag. @throws PageTooComplex when it has too many attributes */
function endOfTag(html: string, start: number): number {
  let count = 0;
  let isBetween = false;
  let at = start;
  for (; at < html.length && html[at] !== '>'; at += 1) {
    const sign = html[at] ?? '';
    if (sign === '=') {
      while (blank.has(html[at + 1] ?? '')) at += 1;
      const quote = html[at + 1];
      if (quote !== '"' && quote !== "'") continue;
      const end = html.indexOf(quote, at + 2);
      if (end === -1) return html.length;
      at = end;
      isBetween = true;
    } else if (blank.has(sign) || sign === '/') isBetween = true;
    else if (isBetween) {
      isBetween = false;
      count += 1;
      if (count > attributeLimit)
        throw new PageTooComplex(`more than ${attributeLimit} attributes in one tag`);
    }
  }
  return at;
}
