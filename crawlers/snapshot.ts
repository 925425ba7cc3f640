import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { maskMentions } from '../pipeline/domain/mentions.ts';
import type { GatheredPost } from '../pipeline/domain/post.ts';
import type { RetentionClass } from '../pipeline/domain/retention-class.ts';
import type { BlobStore } from '../pipeline/ports/blob-store.ts';
import type { EgressResponse } from '../pipeline/ports/egress.ts';
import { decodePage } from './sources/site/decode.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** Quick rather than small: a first crawl packs thousands of pages one after the other. */
const packing = { level: 1 };

/** CSS has words behind an @ of its own; they name nobody. */
const styleRules =
  /@(?=(?:charset|container|counter-style|font-face|import|keyframes|layer|media|namespace|page|property|supports|-\w+-\w+)\b)/gi;
const styleMark = '\u{e000}';

/**
 * The page as it was read, packed: UTF-8 whatever its own declaration says, and without the names of mentioned persons,
 * which are dropped here as in the text (R2). The same page gives the same hash, so that a repeated run keeps one.
 */
export async function keepSnapshot(
  blobs: BlobStore,
  retention: RetentionClass,
  { body, headers }: Pick<EgressResponse, 'body' | 'headers'>,
): Promise<string> {
  const { html } = decodePage(body, headers['content-type'] ?? null);
  const masked = maskMentions(html.replace(styleRules, styleMark)).replaceAll(styleMark, '@');
  return keepPacked(blobs, retention, masked);
}

export async function keepPacked(blobs: BlobStore, retention: RetentionClass, text: string): Promise<string> {
  return blobs.put(retention, await pack(text, packing));
}

/** Null when it was never kept or has been purged. */
export async function findSnapshot(
  blobs: BlobStore,
  retention: RetentionClass,
  hash: string,
): Promise<Uint8Array | null> {
  const packed = await blobs.find(retention, hash);
  return packed === null ? null : unpack(packed);
}

/** Of what a reader sees: tells a changed article from one whose page only shows another hit count. */
export function articleHash(post: GatheredPost): string {
  const { title, text, links, attachments, publishedAt } = post;
  return createHash('sha256')
    .update(JSON.stringify([title, text, links, attachments, publishedAt]))
    .digest('hex');
}

/** Of a list's rows: two pages with the same rows are the same page again. */
export function rowsHash(addresses: readonly string[]): string {
  return createHash('sha256')
    .update([...addresses].sort().join('\n'))
    .digest('hex');
}
