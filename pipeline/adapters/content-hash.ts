import { createHash } from 'node:crypto';
import type { GatheredPost } from '../domain/post.ts';

/** Tells one version of a text from the next: SHA-256 over title, text, links and attachments, hex. */
export function contentHash(post: Pick<GatheredPost, 'title' | 'text' | 'links' | 'attachments'>): string {
  const attachments = post.attachments.map(({ name, url }) => [name, url]);
  return createHash('sha256')
    .update(JSON.stringify([post.title, post.text, post.links, attachments]))
    .digest('hex');
}
