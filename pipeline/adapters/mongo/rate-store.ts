import type { Collection, Document } from 'mongodb';
import { RetryLater } from '../../domain/errors.ts';
import { laterBy } from '../../domain/time.ts';
import type { RateStore } from '../../ports/rate-store.ts';
import { chargeResult, freeStart, furthestPace, furthestWindow, RateEntry, rateKey } from '../rate-entry.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { ratesName } from './rate-documents.ts';

type RateDocument = RateEntry & { _id: string };

const maxTries = 5;
/** An entry that says nothing. */
const longOver = new Date(0).toISOString();

/**
 * Each operation is one update that the server computes from what stands there, so that many processes need no lock; what it
 * came to is told from the document as it was before.
 */
export function openMongoRateStore({ db }: Pick<MongoConnection, 'db'>): RateStore {
  const rates = db.collection<RateDocument>(ratesName);
  return {
    reserveStart: async (name, now, pace) => {
      const latest = laterBy(now, pace.maxAheadMs);
      const isAstray = { $gt: ['$until', furthestPace(now, pace)] };
      const start = { $cond: [isAstray, now, { $max: ['$until', now] }] };
      const isTooFar = { $gt: [start, latest] };
      const moved = plus(start, Math.ceil(pace.gapMs));
      const until = { $cond: [isTooFar, '$until', moved] };
      return freeStart(await change(rates, rateKey.pace(name), { count: 0, until }), now, pace);
    },
    charge: async (name, now, limits) => {
      const isOpen = {
        $and: [{ $gt: ['$until', now] }, { $lte: ['$until', furthestWindow(now, limits)] }],
      };
      const isFull = { $gte: ['$count', limits.limit] };
      const raised = { $cond: [isFull, '$count', { $add: ['$count', 1] }] };
      const after = {
        count: { $cond: [isOpen, raised, 1] },
        until: { $cond: [isOpen, '$until', laterBy(now, limits.windowMs)] },
      };
      return chargeResult(await change(rates, rateKey.count(name), after), now, limits);
    },
    refund: async (name, now) => {
      const open = { _id: rateKey.count(name), until: { $gt: now }, count: { $gt: 0 } };
      await rates.updateOne(open, { $inc: { count: -1 } });
    },
    remember: async (name, now, ttlMs) => {
      await change(rates, rateKey.memory(name), { count: 0, until: laterBy(now, ttlMs) });
    },
    isRemembered: async (name, now) =>
      (await rates.findOne({ _id: rateKey.memory(name), until: { $gt: now } })) !== null,
    purge: async (now) => (await rates.deleteMany({ until: { $lte: now } })).deletedCount,
  };
}

/** An expression: an ISO time moved on. */
function plus(time: Document, delayMs: number): Document {
  const moved = { $add: [{ $dateFromString: { dateString: time } }, delayMs] };
  return { $dateToString: { date: moved, format: '%Y-%m-%dT%H:%M:%S.%LZ' } };
}

/**
 * No upsert: a compatible server tells those who race for a new document what each of them would have made, not what stands.
 * @returns the entry as it was before
 */
async function change(
  rates: Collection<RateDocument>,
  _id: string,
  after: { count: Document | number; until: Document | string },
): Promise<RateEntry> {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const before = await rates.findOneAndUpdate({ _id }, [{ $set: after }], { returnDocument: 'before' });
    if (before !== null) return RateEntry.parse(before);
    await rates.insertOne({ _id, count: 0, until: longOver }).catch((error: unknown) => {
      // Another process was faster.
      if (!isDuplicateKey(error)) throw error;
    });
  }
  throw new RetryLater(1000, 'Other writers were in the way; it will be tried again.');
}
