import type { Fingerprint } from '../../domain/near-copy.ts';
import { rankShared } from '../near-copies.ts';

/** As ids of documents. */
export function keyIds({ keys }: Pick<Fingerprint, 'keys'>): string[] {
  return keys.map((key) => key.toString(36));
}

/** The posts whose words are to be compared. @param postsOf by key, newest first */
export function rankPosts(
  fingerprint: Fingerprint,
  postsOf: ReadonlyMap<string, readonly string[]>,
): string[] {
  return rankShared(keyIds(fingerprint).map((id) => postsOf.get(id) ?? []));
}
