import type { Collection, Filter } from 'mongodb';
import { clockToleranceMs, laterBy } from '../../domain/time.ts';
import type { Lease, LeaseStore } from '../../ports/lease.ts';
import type { MongoConnection } from './connection.ts';
import { LeaseDocument } from './lease-documents.ts';
import { isDuplicateKey } from './mongo-errors.ts';

type Leases = Collection<LeaseDocument>;
interface Asked {
  name: string;
  owner: string;
  now: string;
  expiresAt: string;
  /** A lease that ends later is void. */
  latest: string;
}

/** Every change is one conditional write of one document: of many who ask at once, the server lets one through. */
export function openMongoLeaseStore({ db }: MongoConnection): LeaseStore {
  const leases: Leases = db.collection('leases');
  return {
    acquire: (name, owner, now, ttlMs) => {
      const latest = laterBy(now, ttlMs + clockToleranceMs);
      return acquire(leases, { name, owner, now, expiresAt: laterBy(now, ttlMs), latest });
    },
    renew: (lease, owner, now, ttlMs) =>
      change(
        leases,
        { _id: lease.name, owner, token: lease.token, expiresAt: { $gt: now } },
        { expiresAt: laterBy(now, ttlMs) },
      ),
    release: async (lease, owner) => {
      await change(leases, { _id: lease.name, owner, token: lease.token }, { owner: null });
    },
  };
}

async function acquire(leases: Leases, asked: Asked): Promise<Lease | null> {
  const taken = await takeFree(leases, asked);
  if (taken !== null) return taken;
  if ((await leases.findOne({ _id: asked.name }, { projection: { _id: 1 } })) !== null) return null;
  const first = { _id: asked.name, token: 1, owner: asked.owner, expiresAt: asked.expiresAt };
  try {
    await leases.insertOne({ ...first });
    return toLease(first);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // Somebody was faster, or this is the driver's second try of a write that had gone through.
    return takeFree(leases, asked);
  }
}

/** One's own lease with its token, or a free one with the next. */
async function takeFree(leases: Leases, asked: Asked): Promise<Lease | null> {
  const { name, owner, now, expiresAt, latest } = asked;
  const self = { $literal: owner };
  const runs = [{ $gt: ['$expiresAt', now] }, { $lte: ['$expiresAt', latest] }];
  const own = { $and: [{ $eq: ['$owner', self] }, ...runs] };
  const ended = [{ expiresAt: { $lte: now } }, { expiresAt: { $gt: latest } }];
  const found = await leases.findOneAndUpdate(
    { _id: name, $or: [{ owner: null }, { owner }, ...ended] },
    [{ $set: { token: { $cond: [own, '$token', { $add: ['$token', 1] }] }, owner: self, expiresAt } }],
    { returnDocument: 'after' },
  );
  return found === null ? null : toLease(found);
}

async function change(
  leases: Leases,
  held: Filter<LeaseDocument>,
  set: Partial<Pick<LeaseDocument, 'owner' | 'expiresAt'>>,
): Promise<Lease | null> {
  const found = await leases.findOneAndUpdate(held, { $set: set }, { returnDocument: 'after' });
  return found === null ? null : toLease(found);
}

function toLease(document: LeaseDocument): Lease {
  const { _id, token, expiresAt } = LeaseDocument.parse(document);
  return { name: _id, token, expiresAt };
}
