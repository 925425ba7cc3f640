import { Parser } from 'htmlparser2';
import { Unreadable } from './extraction.ts';

/** An element as it was written, or a string of text. */
export interface HtmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: HtmlChild[];
}
export type HtmlChild = HtmlElement | string;

const htmlLimits = {
  /** In code units, data: addresses of pictures left out. */
  maxMarkup: 10 * 1_048_576,
  /** With them. */
  maxWhole: 48 * 1_048_576,
  maxDepth: 200,
  maxElements: 100_000,
};

/** What looks like nothing and is not part of the text: signs that XML cannot hold, and halves of pairs. */
const unprintable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

function assertSize(html: string): void {
  if (html.length > htmlLimits.maxWhole) throw new Unreadable('too-large');
  if (html.length <= htmlLimits.maxMarkup) return;
  let pictures = 0;
  for (const [found] of html.matchAll(/data:image\/[a-z+.-]{1,20};base64,[a-z\d+/=\s]*/gi))
    pictures += found.length;
  if (html.length - pictures > htmlLimits.maxMarkup) throw new Unreadable('too-large');
}

/** @throws Unreadable `too-large`, `too-deep` */
export function readHtmlTree(html: string): HtmlElement {
  assertSize(html);
  const root: HtmlElement = { name: '', attributes: {}, children: [] };
  const open: HtmlElement[] = [root];
  let elements = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        elements += 1;
        if (elements > htmlLimits.maxElements) throw new Unreadable('too-large');
        if (open.length > htmlLimits.maxDepth) throw new Unreadable('too-deep');
        const element = { name, attributes, children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(piece) {
        const text = piece.replace(unprintable, '');
        const children = open.at(-1)?.children;
        if (children === undefined || text === '') return;
        const last = children.at(-1);
        if (typeof last === 'string') children[children.length - 1] = last + text;
        else children.push(text);
      },
      onclosetag() {
        open.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  return root;
}

/** All text within, as it stands. */
export function textWithin(element: HtmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textWithin(child))).join('');
}
