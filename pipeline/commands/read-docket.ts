import type { DocketEntry, DocketKind, DocketText } from '../domain/docket.ts';
import { NotFound } from '../domain/errors.ts';
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
  const accessClasses = rights.accessClasses.filter((access) => rights.view[access] === 'full');
  const found = await stores.docket.readTexts(entryId, { accessClasses, now: clock.now() });
  const texts = found.filter(({ name }) => !apart.includes(name));
  const postIds = [...new Set(texts.flatMap((text) => text.postIds))];
  const posts = await Promise.all(postIds.map((id) => stores.posts.findPost(id)));
  await stores.reads.recordAll(
    posts
      .filter((post) => post !== null)
      .map(({ id: postId, textVersion }) => ({
        ...{ id: clock.newId(), at: clock.now(), actorId, caseId: null },
        ...{ postId, textVersion, purpose: `登记簿 ${entry.number}` },
      })),
  );
  return { entry, texts };
}
