import type { Attachment } from '../../../pipeline/domain/post.ts';
import { isFile, resolveLink } from './keys.ts';
import { lineOf } from './text-of.ts';
import { type Element, type PageTree, select, within } from './tree.ts';

const downloadAddress =
  /DownloadAttachUrl|virtual_attach_file|\/__local\/|\/_upload\/article\/files\/|(?:down(?:load)?|attach(?:ment)?|file_?down|getfile|annex)\w*[./?][^#]*(?:id|file|path|name|key)=/i;
const pictureFile = /\.(?:jpe?g|png|gif|bmp|webp|svg|ico)(?:$|[?#])/i;
const scriptedFile =
  /(?:showVsbpdfIframe|showVsbVideo|showVideo|showPdf|pdfobject\.embed)\s{0,3}\(\s{0,3}["']([^"']{1,500})["']/gi;

/** VSB's viewer adds the kind of file to its address; it is the same file. */
const viewerMark = /[?&]e=\.\w{1,5}(?=$|&)/i;

/** The files that go with an article: links, embedded viewers, films, in page order, each address once. Pictures are not files. */
export function collectAttachments(elements: readonly Element[], base: string | null): Attachment[] {
  const byKey = new Map<string, Attachment>();
  const add = (href: string | undefined, name: string) => {
    const url = resolveLink(href, base);
    if (url === null) return;
    const key = url.replace(viewerMark, '');
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { name, url });
    else if (known.name === '') known.name = name;
  };
  for (const element of elements) {
    if (element.name === 'a') addLink(element, base, add);
    else addEmbedded(element, add);
  }
  return [...byKey.values()].map(({ name, url }) => ({ name: name === '' ? fileName(url) : name, url }));
}

/** The links that a site's keeper has named as files, or that stand in what was named. */
export function namedAttachments(
  tree: PageTree,
  selector: string | undefined,
  base: string | null,
): Attachment[] {
  if (selector === undefined) return [];
  const byUrl = new Map<string, Attachment>();
  for (const element of select(tree, selector).flatMap((chosen) => within(tree, chosen))) {
    const url = element.name === 'a' ? resolveLink(element.attribs.href, base) : null;
    if (url === null || byUrl.has(url)) continue;
    const name = sudyTitle(element) ?? lineOf(element);
    byUrl.set(url, { name: name === '' ? fileName(url) : name, url });
  }
  return [...byUrl.values()];
}

type Add = (href: string | undefined, name: string) => void;

function addLink(anchor: Element, base: string | null, add: Add): void {
  const href = anchor.attribs.href;
  const url = resolveLink(href, base);
  if (url === null) return;
  const title = sudyTitle(anchor);
  const text = lineOf(anchor);
  const named = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|txt)$/i.test(text);
  const file = (isFile(url) || downloadAddress.test(url)) && !pictureFile.test(url);
  if (!file && title === null && !named && anchor.attribs.download === undefined) return;
  if (pictureFile.test(title ?? '') && pictureFile.test(url) && text === '') return;
  add(href, title ?? (text !== '' ? text : (anchor.attribs.title?.trim() ?? '')));
}

function addEmbedded(element: Element, add: Add): void {
  const { attribs } = element;
  const viewer = attribs.pdfsrc ?? attribs.sudysrc ?? attribs['data-pdf'];
  if (viewer !== undefined && viewer !== '' && element.name !== 'img') {
    add(viewer, sudyTitle(element) ?? '');
    return;
  }
  if (element.name === 'script') {
    if (attribs.vurl !== undefined && attribs.vurl !== '') add(attribs.vurl, attribs.vtitle ?? '');
    const code = element.children.map((child) => ('data' in child ? child.data : '')).join('');
    for (const match of code.matchAll(scriptedFile)) add(match[1], '');
    return;
  }
  if (
    element.name === 'video' ||
    element.name === 'audio' ||
    element.name === 'source' ||
    element.name === 'embed'
  )
    add(attribs.src, '');
  if (element.name === 'iframe' || element.name === 'object') {
    const source = attribs.src ?? attribs.data;
    const inner = /[?&]file=([^&#]+)/i.exec(source ?? '')?.[1];
    if (inner !== undefined) add(safeDecode(inner), '');
    else if (source !== undefined && isFile(source)) add(source, '');
  }
}

/** webplus writes `{'title':'name.docx'}` into an attribute: JSON but for its quotes. */
function sudyTitle(element: Element): string | null {
  const name = /['"]?title['"]?\s?:\s?(?:'([^']{1,300})'|"([^"]{1,300})")/.exec(
    element.attribs['sudyfile-attr'] ?? '',
  );
  return name?.[1] ?? name?.[2] ?? null;
}

function fileName(url: string): string {
  const path = url.replace(/[?#].*$/, '');
  return safeDecode(path.slice(path.lastIndexOf('/') + 1));
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
