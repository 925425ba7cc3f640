import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import { OutboxEntry } from '../../domain/outbox.ts';
import type { Outbox } from '../../ports/outbox.ts';
import { type OutboxDocument, outboxCollection } from './audit-documents.ts';
import type { MongoConnection } from './connection.ts';

/** Each round some taker gets on, so this many are enough for any number of relays; the next call looks again anyway. */
const mostRounds = 20;

/** What was delivered is removed: the audit log, not the outbox, remembers what happened. */
export function openMongoOutbox({ db }: MongoConnection): Outbox {
  const outbox = outboxCollection(db);
  return {
    take: (limit, now, hideUntil) => take(outbox, { limit, now, hideUntil }),
    markDelivered: async (ids) => {
      if (ids.length > 0) await outbox.deleteMany({ _id: { $in: [...ids] } });
    },
    countWaiting: () => outbox.countDocuments({}),
  };
}

interface Wish {
  limit: number;
  now: string;
  hideUntil: string;
}

/**
 * Three round trips for a batch: look, mark what is still free with a mark of this call, read what bears it. Who was overtaken
 * in between looks again. A taker that dies after marking costs a delay until `hideUntil`, nothing else.
 */
async function take(outbox: Collection<OutboxDocument>, wish: Wish): Promise<OutboxEntry[]> {
  const takenBy = randomUUID();
  const free = { $or: [{ hiddenUntil: null }, { hiddenUntil: { $lte: wish.now } }] };
  const taken: OutboxEntry[] = [];
  for (let round = 0; round < mostRounds && taken.length < wish.limit; round++) {
    const seen = await outbox
      .find(free, { projection: { _id: 1 } })
      .sort({ createdAt: 1, _id: 1 })
      .limit(wish.limit - taken.length)
      .toArray();
    if (seen.length === 0) break;
    const ids = seen.map(({ _id }) => _id);
    // One by one in one command: asked to change many at once, a compatible server doesn't look again at what others have taken.
    await outbox.bulkWrite(
      ids.map((_id) => ({
        updateOne: { filter: { _id, ...free }, update: { $set: { hiddenUntil: wish.hideUntil, takenBy } } },
      })),
    );
    taken.push(...(await readMarked(outbox, ids, takenBy)));
  }
  return taken.sort(byAge);
}

async function readMarked(
  outbox: Collection<OutboxDocument>,
  ids: readonly string[],
  takenBy: string,
): Promise<OutboxEntry[]> {
  const mine = await outbox.find({ _id: { $in: [...ids] }, takenBy }).toArray();
  return mine.map(({ _id, ...fields }) => OutboxEntry.parse({ id: _id, ...fields }));
}

function byAge(a: OutboxEntry, b: OutboxEntry): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
