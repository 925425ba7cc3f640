import { type PostKind, retentionOf } from '../domain/post.ts';
import type { RetentionClass } from '../domain/retention-class.ts';
import type { ExpiredPost, ExpiredTexts } from '../ports/retention-store.ts';

/** What names a snapshot: a version of a text. */
export interface NamingText extends ExpiredPost {
  /** Null where a damaged database has a text without its post. */
  kind: PostKind | null;
  retentionClass: RetentionClass;
  snapshotHash: string | null;
}

/** Where it was put: the text may have become noise since, and the blob stays where it is. */
function snapshotClass({ kind, retentionClass }: NamingText): RetentionClass {
  return kind === null ? retentionClass : retentionOf(kind);
}

/**
 * Pure, and the same for both stores.
 * @param expired every version of each expired post
 * @param living texts that name one of the same hashes and go on living
 */
export function summarizeExpired(
  expired: readonly NamingText[],
  living: readonly NamingText[],
): ExpiredTexts {
  const versions = new Map<string, number>();
  const snapshots = new Map<string, ExpiredTexts['snapshots'][number]>();
  for (const text of expired) {
    versions.set(text.postId, Math.max(versions.get(text.postId) ?? 0, text.textVersion));
    const { snapshotHash: hash } = text;
    const retentionClass = snapshotClass(text);
    if (hash !== null) snapshots.set(`${retentionClass}/${hash}`, { retentionClass, hash });
  }
  for (const text of living) snapshots.delete(`${snapshotClass(text)}/${text.snapshotHash}`);
  const posts = [...versions].map(([postId, textVersion]) => ({ postId, textVersion }));
  return { posts, snapshots: [...snapshots.values()] };
}
