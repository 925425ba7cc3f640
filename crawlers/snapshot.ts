import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { GatheredPost } from '../pipeline/domain/post.ts';
import type { RetentionClass } from '../pipeline/domain/retention-class.ts';
import type { BlobStore } from '../pipeline/ports/blob-store.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** The page's bytes as they came, packed. The same bytes give the same hash, so that a repeated run keeps one. */
export async function keepSnapshot(
  blobs: BlobStore,
  retention: RetentionClass,
  bytes: Uint8Array,
): Promise<string> {
  return blobs.put(retention, await pack(bytes));
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
