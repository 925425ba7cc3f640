import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { wholeBatch } from './post-documents.ts';

interface Ending {
  _id: string;
  expiresAt: string | null;
}

/** What may quote a post: the collection, and by what it is found. A case's slips and replies speak of its posts. */
const quoting: readonly [
  collection: string,
  by: 'postId' | 'postIds' | '_id' | 'caseId',
  only?: Record<string, string>,
][] = [
  ['post_texts', 'postId'],
  ['posts', '_id'],
  ['case_notes', 'caseId'],
  ['replies', 'caseId'],
  // An answer that was found not to quote stays with the case's record.
  ['handover_texts', 'caseId', { retentionClass: 'comment' }],
  ['docket_texts', 'postIds'],
];

export async function endTexts(
  { client, db }: MongoConnection,
  postIds: readonly string[],
  at: string,
): Promise<void> {
  await inMongoTransaction(client, async (session) => {
    const holding = db.collection<Ending>('cases').find({ postIds: { $in: [...postIds] } }, wholeBatch);
    const caseIds = (await holding.project<{ _id: string }>({ _id: 1 }).toArray()).map(({ _id }) => _id);
    for (const [name, by, only = {}] of quoting) {
      const filter = { [by]: { $in: by === 'caseId' ? caseIds : [...postIds] }, ...only };
      const ending = { $or: [{ expiresAt: null }, { expiresAt: { $gt: at } }] };
      await db
        .collection<Ending>(name)
        .updateMany({ $and: [filter, ending] }, { $set: { expiresAt: at } }, { session });
    }
  });
}
