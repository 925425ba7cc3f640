import type { DocketEntry, DocketKind, DocketText } from '../domain/docket.ts';
import { NotFound } from '../domain/errors.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

interface ReadPorts {
  stores: Pick<Stores, 'docket' | 'posts' | 'reads'>;
  clock: Clock;
}

/** Shown by the form of the register alone, sealed, or as a file of its own. */
const apart: readonly DocketText['name'][] = ['contact', 'file'];

/**
 * The texts of an entry that the person may see in full. What speaks of a post is as strict as that post is now, whatever it was when
 * the words were written: it may have come to those on duty since (R19).
 */
export async function readVisibleTexts(
  entryId: string,
  rights: Pick<Rights, 'accessClasses' | 'view'>,
  { stores, clock }: { stores: Pick<Stores, 'docket' | 'posts'>; clock: Clock },
): Promise<{ texts: DocketText[]; posts: Map<string, Post> }> {
  const accessClasses = rights.accessClasses.filter((access) => rights.view[access] === 'full');
  const found = await stores.docket.readTexts(entryId, { accessClasses, now: clock.now() });
  const postIds = [...new Set(found.flatMap((text) => text.postIds))];
  const known = await Promise.all(postIds.map((id) => stores.posts.findPost(id)));
  const posts = new Map(known.flatMap((post) => (post === null ? [] : [[post.id, post] as const])));
  const isSeen = (id: string) => accessClasses.includes(posts.get(id)?.accessClass ?? 'open');
  return { texts: found.filter((text) => text.postIds.every(isSeen)), posts };
}

/**
 * An entry with those of its texts that the person may see in full. What may quote a post is in the read log first (R23).
 * @throws NotFound
 */
export async function readDocketEntry<K extends DocketKind>(
  { kind, entryId }: { kind: K; entryId: string },
  { actorId, rights }: { actorId: string; rights: Rights },
  { stores, clock }: ReadPorts,
): Promise<{ entry: DocketEntry<K>; texts: DocketText[] }> {
  const entry = await stores.docket.find(kind, entryId);
  if (entry === null) throw new NotFound('没有这件登记。');
  const visible = await readVisibleTexts(entryId, rights, { stores, clock });
  const texts = visible.texts.filter(({ name }) => !apart.includes(name));
  const postIds = [...new Set(texts.flatMap((text) => text.postIds))];
  await stores.reads.recordAll(
    postIds
      .flatMap((id) => visible.posts.get(id) ?? [])
      .map(({ id: postId, textVersion }) => ({
        ...{ id: clock.newId(), at: clock.now(), actorId, caseId: null },
        ...{ postId, textVersion, purpose: `登记簿 ${entry.number}` },
      })),
  );
  return { entry, texts };
}
