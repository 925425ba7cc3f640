import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { wholeBatch } from './post-documents.ts';

interface Ending {
  _id: string;
  expiresAt: string | null;
}

/** What may quote a post: the collection, and by what it is found. A case's slips and replies speak of its posts. */
const quoting: readonly [collection: string, by: 'postId' | 'postIds' | '_id' | 'caseId'][] = [
  ['post_texts', 'postId'],
  ['posts', '_id'],
  ['case_notes', 'caseId'],
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
    for (const [name, by] of quoting) {
      const filter = { [by]: { $in: by === 'caseId' ? caseIds : [...postIds] } };
      const ending = { $or: [{ expiresAt: null }, { expiresAt: { $gt: at } }] };
      await db
        .collection<Ending>(name)
        .updateMany({ $and: [filter, ending] }, { $set: { expiresAt: at } }, { session });
    }
  });
}
