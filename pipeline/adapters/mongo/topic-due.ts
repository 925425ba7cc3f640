import type { ClientSession, Collection, Db } from 'mongodb';
import type { ItemFact } from '../../domain/item-fact.ts';
import type { FactChange } from '../../domain/rollup.ts';

/** `_id` is the post's; the hour is that of its item. */
export interface TopicDueDocument {
  _id: string;
  hour: string;
}

export const topicDue = (db: Db): Collection<TopicDueDocument> => db.collection('topic_due');

const signOf = (fact: ItemFact | null): string =>
  fact === null
    ? ''
    : JSON.stringify([fact.accessClass, fact.tone, fact.categories, fact.channelId, fact.hour]);

/** In the transaction that writes their facts: topics are to look at these again. A fact as it was is no news. */
export async function noteTopicItems(
  due: Collection<TopicDueDocument>,
  session: ClientSession,
  changes: readonly FactChange[],
): Promise<void> {
  const itemOf = (fact: FactChange['before']) => (fact?.kind === 'item' ? fact.fact : null);
  const changed = changes
    .map(({ before, after }) => ({ before: itemOf(before), after: itemOf(after) }))
    .filter(({ before, after }) => signOf(before) !== signOf(after))
    .flatMap(({ before, after }) => after ?? before ?? []);
  if (changed.length === 0) return;
  const writes = changed.map(({ postId, hour }) => ({
    updateOne: { filter: { _id: postId }, update: { $set: { hour } }, upsert: true },
  }));
  await due.bulkWrite(writes, { session, ordered: false });
}
