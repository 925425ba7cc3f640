import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import type { Attachment } from '../../../pipeline/domain/post.ts';
import { isFile, resolveLink } from '../site/keys.ts';
import { picturesIn } from '../site/pictures.ts';
import { textOf } from '../site/text-of.ts';
import { type Element, type PageTree, parseTree, within } from '../site/tree.ts';
import { unescapeAddress } from './address.ts';

/** What stands in an article's body: what a reader sees, and what it leads to. */
export interface BodyContent {
  text: string;
  links: string[];
  pictures: string[];
  /** As often as each is shown, without what the platform draws itself. */
  images: string[];
  attachments: Attachment[];
}

const markup =
  /<\/?(?:a|b|br|div|em|h[1-6]|i|img|li|p|section|span|strong|table|ul)\b[^<>]*>|&(?:amp|lt|gt|nbsp|quot|apos|#\d+|#x[0-9a-f]+);/i;

/** Numbers of lines in a listing are no part of what it says; nor is what a card of an account is made of. */
function isFurniture({ name, attribs }: Element): boolean {
  return name.startsWith('mp-') || /code-snippet__line-index/.test(attribs.class ?? '');
}

function webAddress(address: string | undefined): string | null {
  if (address === undefined) return null;
  const url = unescapeAddress(address).replace(/^\/\//, 'https://');
  return /^https?:/i.test(url) ? resolveLink(url, null) : null;
}

/** Films and sounds; their own pages, since the addresses of the files change from one visit to the next. */
function mediumOf({ name, attribs }: Element): Attachment | null {
  if (name === 'mpvoice' || name === 'mp-common-mpaudio') {
    const id = attribs.voice_encode_fileid ?? '';
    const title = (attribs.name ?? '').trim();
    if (!/^[\w+/=-]{4,100}$/.test(id)) return null;
    return { name: title === '' ? '音频' : title, url: `https://res.wx.qq.com/voice/getvoice?mediaid=${id}` };
  }
  if (name === 'iframe') {
    const url = webAddress(attribs['data-src'] ?? attribs.src);
    const isFilm = /video|tencentvideo/i.test(attribs.class ?? '') || /[?&]vid=|v\.qq\.com/.test(url ?? '');
    return url !== null && isFilm ? { name: '视频', url: withoutSize(url) } : null;
  }
  return null;
}

function withoutSize(url: string): string {
  const plain = new URL(url);
  for (const name of ['width', 'height', 'auto', 'ratio']) plain.searchParams.delete(name);
  return plain.href;
}

function pictureOf({ name, attribs }: Element): string | null {
  if (name !== 'img') return null;
  return webAddress(attribs['data-src'] ?? attribs['data-original'] ?? attribs.src);
}

export function readBody(tree: PageTree, root: Element): BodyContent {
  const links = new Set<string>();
  const pictures = new Set<string>();
  const attachments = new Map<string, Attachment>();
  for (const element of within(tree, root)) {
    const picture = pictureOf(element);
    if (picture !== null) pictures.add(picture);
    const medium = mediumOf(element);
    if (medium !== null) attachments.set(medium.url, { ...medium, name: maskMentions(medium.name) });
    if (element.name !== 'a') continue;
    const url = webAddress(element.attribs.href) ?? webAddress(element.attribs['data-url']);
    if (url === null) continue;
    if (isFile(url)) attachments.set(url, { name: fileName(url), url });
    else links.add(url);
  }
  return {
    text: maskMentions(withoutFillers(textOf(root, isFurniture))),
    links: [...links],
    pictures: [...pictures],
    images: picturesIn(within(tree, root), webAddress),
    attachments: [...attachments.values()],
  };
}

/** Layout tools keep empty lines open with joiners that nobody sees. */
function withoutFillers(text: string): string {
  return text
    .split('\n')
    .filter((line) => /[^\p{Cf}\s]/u.test(line))
    .join('\n');
}

function fileName(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const nothing: BodyContent = { text: '', links: [], pictures: [], images: [], attachments: [] };

/**
 * Of a text that scripts or the interface hold: markup, or plain with line breaks.
 * @throws PageTooComplex
 */
export function readContent(content: string): BodyContent {
  if (content.trim() === '') return nothing;
  if (!markup.test(content)) return { ...nothing, text: maskMentions(plainLines(content)) };
  const isBlocks = /<(?:p|section|div)\b/i.test(content);
  const tree = parseTree(isBlocks ? content : content.replace(/\r?\n/g, '<br>'));
  const root = tree.elements.find((element) => element.name === 'body');
  return root === undefined ? nothing : readBody(tree, root);
}

/** As lines of an article: no blank ones, blanks in a row are one. */
function plainLines(text: string): string {
  return text
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
    .split(/\r?\n|\r/)
    .map((line) =>
      line
        .replace(/\s+/g, ' ')
        .replace(/\p{Cc}/gu, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}
