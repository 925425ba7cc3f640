import type { ClientSession, Collection } from 'mongodb';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { type Changed, changeCollections, noteChanges } from './fact-changes.ts';
import { wholeBatch } from './post-documents.ts';
import { rollupCollections } from './rollup-documents.ts';
import { enterFence, fenceId } from './rollup-refresh.ts';

/** Everything that `refresh` makes. */
const made = ['rollup_days', 'rollup_cubes', 'item_facts', 'case_facts', 'handover_facts'] as const;
const sources: readonly [name: string, changed: (ids: string[]) => Changed][] = [
  ['posts', (items) => ({ items })],
  ['cases', (cases) => ({ cases })],
  ['handovers', (handovers) => ({ handovers })],
];

/**
 * While the fence says who is clearing, nobody counts, so that no sum is changed by what was forgotten already. Of two at once,
 * the later takes over and the earlier stops, so that it forgets nothing which was counted since; one that is cut off leaves the
 * fence closed and an older layout, by which it is begun again.
 * @param by tells this run from others
 */
export async function recountDocuments(
  { client, db }: MongoConnection,
  { layout, by }: { layout: number; by: string },
): Promise<void> {
  const { fence } = rollupCollections(db);
  await inMongoTransaction(client, async (session) => {
    await enterFence({ at: { fence }, session });
    await fence.updateOne({ _id: fenceId }, { $set: { clearing: by, layout: 0 } }, { session });
  });
  /** @returns whether this run is still the one that clears */
  const whileMine = (write: (session: ClientSession) => Promise<unknown>): Promise<boolean> =>
    inMongoTransaction(client, async (session) => {
      const mine = { _id: fenceId, clearing: by };
      const { matchedCount } = await fence.updateOne(mine, { $inc: { runs: 1 } }, { session });
      if (matchedCount === 1) await write(session);
      return matchedCount === 1;
    });
  for (const name of made) {
    const collection = db.collection<{ _id: string }>(name);
    const forget = (ids: string[]) =>
      whileMine((session) => collection.deleteMany({ _id: { $in: ids } }, { session }));
    if (!(await inPages(collection, forget))) return;
  }
  for (const [name, changed] of sources) {
    const note = (ids: string[]) =>
      whileMine((session) => noteChanges(changeCollections(db), session, changed(ids)));
    if (!(await inPages(db.collection<{ _id: string }>(name), note))) return;
  }
  await fence.updateOne({ _id: fenceId, clearing: by }, { $set: { clearing: null, layout } });
}

const pageSize = 2000;

/** @param visit says whether to go on @returns whether it came to the end */
async function inPages(
  collection: Collection<{ _id: string }>,
  visit: (ids: string[]) => Promise<boolean>,
): Promise<boolean> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const page = await collection
      .find({ _id: { $gt: after } }, { projection: { _id: 1 }, ...wholeBatch })
      .sort({ _id: 1 })
      .limit(pageSize)
      .toArray();
    if (page.length > 0 && !(await visit(page.map(({ _id }) => _id)))) return false;
    after = page.at(-1)?._id;
  }
  return true;
}
