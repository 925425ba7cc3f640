import { loadBounded, PageTooComplex } from '../site/bounded-html.ts';
import { type Element, isElement, isText } from '../site/tree.ts';
import { linksInText, linkTarget } from './links.ts';
import { maskLinkTitle, maskNames, tidy } from './own-words.ts';

export interface ReadText {
  /** As it is stored: mentions masked (R2), emoji by their names, no markup. */
  text: string;
  links: string[];
  /** It ends with an invitation to read on elsewhere. */
  truncated: boolean;
}

/** Text of either kind: the Open Platform's is plain, which shows in its having no markup. */
export function readText(text: string): ReadText {
  return /<(?:a|span|br|img|p|div)[\s/>]/i.test(text) ? readHtml(text) : readPlain(text);
}

/** Text as the mobile and desktop pages get it: HTML with links, topics and pictures of emoji. */
export function readHtml(html: string): ReadText {
  if (!/[<&]/.test(html)) return readPlain(html);
  try {
    const root = loadBounded(html)('body')[0];
    return root === undefined ? readPlain(html) : readTree(root);
  } catch (error) {
    if (!(error instanceof PageTooComplex)) throw error;
    return readPlain(html.replace(/<[^<>]*>/g, ' '));
  }
}

/** Where a text goes on, at its end: only the platform's own words and address. */
const plainTail = /(?:\.{3}|…)?\s*全文[：:]\s*https?:\/\/m\.weibo\.c(?:n|om)\/\S*\s*$/;

/** Text as the Open Platform sends it: plain, but for a few characters that are escaped. */
export function readPlain(plain: string): ReadText {
  const whole = tidy(unescapeFew(plain));
  const text = whole.replace(plainTail, '');
  return { text: tidy(maskNames(text)), links: linksInText(text), truncated: text !== whole };
}

const escapes: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", nbsp: ' ' };

function unescapeFew(text: string): string {
  return text.replace(/&(lt|gt|quot|amp|#39|nbsp);/g, (whole, name: string) => escapes[name] ?? whole);
}

const mentionHref = /^(?:(?:https?:)?\/\/(?:www\.|m\.)?weibo\.c(?:om|n))?\/n\//;
const accountHref =
  /^(?:(?:https?:)?\/\/(?:www\.|m\.)?weibo\.c(?:om|n))?\/(?:u\/|profile\/|p\/100505|p\/100306|\d{5,}(?:$|[/?]))/;

/** What has been read so far, and how much of it is left to be. */
interface Reading {
  out: string[];
  links: Set<string>;
  truncated: boolean;
}

/** Walks without recursion: depth is the text's business, not the stack's. */
function readTree(root: Element): ReadText {
  const reading: Reading = { out: [], links: new Set(), truncated: false };
  const open: { element: Element; index: number }[] = [{ element: root, index: 0 }];
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const child = last.element.children[last.index];
    last.index += 1;
    if (child === undefined) {
      if (/^(?:p|div|li)$/.test(last.element.name)) reading.out.push('\n');
      open.pop();
    } else if (isText(child)) reading.out.push(maskNames(child.data));
    else if (isElement(child) && takeElement(child, reading) === 'enter')
      open.push({ element: child, index: 0 });
  }
  const joined = tidy(reading.out.join(''));
  // A name that begins in one element and ends in the next.
  const text = maskNames(reading.truncated ? joined.replace(/(?:\.{3}|…)+$/, '') : joined);
  return { text: tidy(text), links: [...reading.links], truncated: reading.truncated };
}

function takeElement(element: Element, reading: Reading): 'enter' | 'done' {
  const { name, attribs } = element;
  if (name === 'br') reading.out.push('\n');
  else if (name === 'img') reading.out.push(emojiOf(attribs.alt));
  else if (name === 'a') takeLink(element, reading);
  else if (name === 'span' && /(?:^|\s)expand(?:\s|$)/.test(attribs.class ?? '')) reading.truncated = true;
  else if (!/^(?:script|style|title|textarea|noscript|iframe|template|video|select)$/.test(name))
    return 'enter';
  return 'done';
}

function takeLink(link: Element, reading: Reading): void {
  const { usercard } = link.attribs;
  const href = (link.attribs.href ?? '').trim();
  const title = titleOf(link).trim();
  if (/^(?:\.{3}|…)?\s*(?:全文|展开)[cd]?$/.test(title)) {
    reading.truncated = true;
  } else if (usercard !== undefined || mentionHref.test(href) || /^[@＠]/.test(title)) {
    reading.out.push('@…');
  } else if (accountHref.test(href)) {
    reading.out.push('[微博链接]');
  } else {
    const target = linkTarget(href);
    if (target !== null) reading.links.add(target);
    reading.out.push(maskNames(maskLinkTitle(title)));
  }
}

/** All text within a link, in order; emoji by their names. */
function titleOf(link: Element): string {
  const out: string[] = [];
  const left = [...link.children].reverse();
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (isText(node)) out.push(node.data);
    else if (isElement(node) && node.name === 'img') out.push(emojiOf(node.attribs.alt));
    else if (isElement(node)) left.push(...[...node.children].reverse());
  }
  return out.join('');
}

/** An emoji is called by its name in brackets; what else a picture is called may be anything. */
function emojiOf(alt: string | undefined): string {
  return alt !== undefined && /^\[[^[\]@]{1,20}\]$/.test(alt) ? alt : '';
}
