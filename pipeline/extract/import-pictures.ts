import { createHash } from 'node:crypto';
import { findPictureMime } from '../domain/picture-mime.ts';
import type { HtmlElement } from './html-tree.ts';

/**
 * A picture of a text that is brought in. `placeholder` stands for its hash in the document: where there are bytes, it is their
 * SHA-256; where there is an address, bytes and hash are still to be had.
 */
export interface ImportedImage {
  placeholder: string;
  name: string;
  bytes: Uint8Array | null;
  url: string | null;
}

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');

const dataAddress = /^data:([^;,]*)(?:;[^;,]*)*?(;base64)?,/i;

function readDataAddress(address: string): Uint8Array | null {
  const found = dataAddress.exec(address);
  if (found === null) return null;
  const rest = address.slice(found[0].length);
  try {
    return found[2] === undefined
      ? Buffer.from(decodeURIComponent(rest), 'latin1')
      : Buffer.from(rest.replace(/\s/g, ''), 'base64');
  } catch {
    return null;
  }
}

/** WeChat and most layout tools load pictures late: then `src` shows a blank one. */
const addressesOf = ({ attributes }: HtmlElement) =>
  ['data-src', 'data-original', '_src', 'src']
    .map((name) => attributes[name]?.trim() ?? '')
    .filter((url) => url !== '');

const pixel = (value: string | undefined) => /^[01](?:px)?$/.test(value?.trim() ?? '');

/** As its address calls it, or says what it is (WeChat: `wx_fmt=png`); else by its number. */
function nameOf(url: string, index: number): string {
  if (!URL.canParse(url)) return `图片${index}`;
  const { pathname, searchParams } = new URL(url);
  const last = pathname.split('/').at(-1) ?? '';
  if (/^[\w.%-]{1,80}\.(?:jpe?g|png|gif|webp|bmp)$/i.test(last)) return last;
  const form = /^(?:jpe?g|png|gif|webp|bmp)$/i.exec(searchParams.get('wx_fmt') ?? '')?.[0];
  return form === undefined ? `图片${index}` : `图片${index}.${form.toLowerCase().replace('jpeg', 'jpg')}`;
}

/** The pictures of one text. */
export class PictureList {
  readonly images: ImportedImage[] = [];
  /** Only on the writer's own machine, or of a kind that a draft cannot hold. */
  unreachable = 0;
  readonly #files: ReadonlyMap<string, Uint8Array>;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files;
  }

  /** The placeholder of what an `img` shows; null where there is nothing to show. */
  add(element: HtmlElement): string | null {
    if (pixel(element.attributes.width) && pixel(element.attributes.height)) return null;
    const addresses = addressesOf(element);
    const remote = addresses.find((url) => /^(?:https?:)?\/\//i.test(url));
    if (remote !== undefined) return this.#addUrl(remote.replace(/^\/\//, 'https://'));
    const bytes = this.#bytesAt(addresses);
    const placeholder = bytes === null ? null : this.#addBytes(bytes);
    if (placeholder === null) this.unreachable += 1;
    return placeholder;
  }

  #bytesAt(addresses: readonly string[]): Uint8Array | null {
    for (const url of addresses) {
      const bytes = this.#files.get(url) ?? readDataAddress(url);
      if (bytes !== null) return bytes;
    }
    return null;
  }

  /** Null for what no draft can hold. */
  #addBytes(bytes: Uint8Array): string | null {
    const mime = findPictureMime(bytes);
    if (mime === null) return null;
    const placeholder = sha256(bytes);
    const name = `图片${this.images.length + 1}.${mime.slice('image/'.length).replace('jpeg', 'jpg')}`;
    return this.#keep({ placeholder, name, bytes, url: null });
  }

  #addUrl(url: string): string | null {
    if (!URL.canParse(url) || url.length > 2000) {
      this.unreachable += 1;
      return null;
    }
    const name = nameOf(url, this.images.length + 1);
    return this.#keep({ placeholder: sha256(`address of a picture ${url}`), name, bytes: null, url });
  }

  #keep(image: ImportedImage): string {
    if (this.images.every(({ placeholder }) => placeholder !== image.placeholder)) this.images.push(image);
    return image.placeholder;
  }
}
