import type { Filter, MongoClient } from 'mongodb';
import { whileUnmoved } from './optimistic.ts';
import { type IndexDocument, type PostCollections, wholeBatch } from './post-documents.ts';

/**
 * The index of words is dear to write: some thirty places for every entry. So an entry is written fresh, outside of it, and
 * merged later, many at a time (docs/decisions/0011). Whoever searches reads the index and every fresh entry in one question.
 */
export function freshEntry(
  tokens: string[],
  now: string,
): Pick<IndexDocument, 'tokens' | 'fresh' | 'freshAt'> {
  return { tokens: [], fresh: tokens, freshAt: now };
}

const isFresh = { freshAt: { $gt: '' } } as const satisfies Filter<IndexDocument>;

/** Each branch has an index of its own, so that the costs are those of the words and of the fresh entries. */
export function holdsAll(tokens: string[]): Filter<IndexDocument> {
  return { $or: [{ tokens: { $all: tokens } }, { ...isFresh, fresh: { $all: tokens } }] };
}

/**
 * An entry that was judged again meanwhile is fresh again, with its new words: those are merged. One that was erased stays so.
 * @returns how many were merged
 */
export async function mergeFreshEntries(
  client: MongoClient,
  { index }: PostCollections,
  limit: number,
  leave: number,
): Promise<number> {
  const found = await index
    .find(isFresh, { projection: { _id: 1 }, ...wholeBatch })
    .skip(leave)
    .limit(limit)
    .toArray();
  if (found.length === 0) return 0;
  const ids = found.map(({ _id }) => _id).sort();
  const merge = [{ $set: { tokens: '$fresh', fresh: null, freshAt: null } }];
  return whileUnmoved(client, async (session) => {
    const { modifiedCount } = await index.updateMany({ _id: { $in: ids }, ...isFresh }, merge, { session });
    return modifiedCount;
  });
}
