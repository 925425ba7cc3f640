import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongodb';
import { AuditEntry, ChainLink, chainName, linkMaterial } from '../../domain/audit.ts';
import { Conflict, Permanent } from '../../domain/errors.ts';
import type { AuditDocument } from './audit-documents.ts';
import type { ChainCollections, LinkDocument } from './chain-documents.ts';

/** Inside a transaction: links the oldest entries that wait, by time and id. @returns how many */
export async function linkPendingDocuments(
  at: ChainCollections,
  session: ClientSession,
  batch: { fence: number; limit: number },
): Promise<number> {
  await passFence(at, session, batch.fence);
  const pending = await at.audit
    .find({ linked: false }, { session })
    .sort({ at: 1, _id: 1 })
    .limit(batch.limit)
    .toArray();
  if (pending.length === 0) return 0;
  const links = await buildLinks(at, session, pending.map(parsePending));
  await at.links.insertMany(links, { session });
  await at.audit.updateMany(
    { _id: { $in: links.map(({ _id }) => _id) } },
    { $set: { linked: true } },
    { session },
  );
  return links.length;
}

/**
 * Before anything is read: of two chainers at once, one waits here or fails and begins anew, and then sees the other's links.
 * @throws Conflict for a token older than one already seen
 */
async function passFence(at: ChainCollections, session: ClientSession, fence: number): Promise<void> {
  const passed = await at.fence.updateOne(
    { _id: 'chainer', token: { $lte: fence } },
    { $set: { token: fence }, $inc: { rounds: 1 } },
    { session },
  );
  if (passed.matchedCount === 1) return;
  const seen = await at.fence.findOne({ _id: 'chainer' }, { session });
  if (seen !== null) {
    throw new Conflict(`Another chainer has taken over (token ${fence} is older than ${seen.token}).`);
  }
  await at.fence.insertOne({ _id: 'chainer', token: fence, rounds: 1 }, { session });
}

async function buildLinks(
  at: ChainCollections,
  session: ClientSession,
  entries: readonly AuditEntry[],
): Promise<LinkDocument[]> {
  const heads = new Map<string, { seq: number; hash: string }>();
  for (const chain of new Set(entries.map(chainName))) {
    heads.set(chain, (await findHeadDocument(at, chain, { session })) ?? { seq: 0, hash: '' });
  }
  return entries.map((entry) => {
    const chain = chainName(entry);
    const head = heads.get(chain) ?? { seq: 0, hash: '' };
    const seq = head.seq + 1;
    const hash = createHash('sha256')
      .update(linkMaterial(head.hash, seq, entry))
      .digest('hex');
    heads.set(chain, { seq, hash });
    return { _id: entry.id, chain, seq, prevHash: head.hash, hash };
  });
}

/** The head of a chain, or null for an empty one. */
export async function findHeadDocument(
  at: ChainCollections,
  chain: string,
  options: { session?: ClientSession } = {},
): Promise<ChainLink | null> {
  const found = await at.links.findOne({ chain }, { ...options, sort: { chain: -1, seq: -1 } });
  return found === null ? null : parseLinkDocument(found);
}

export function parseLinkDocument({ _id, ...fields }: LinkDocument): ChainLink {
  return ChainLink.parse({ entryId: _id, ...fields });
}

/** @throws Permanent naming the entry: linking past it would hide that it was tampered with */
function parsePending({ _id, ...fields }: AuditDocument): AuditEntry {
  const parsed = AuditEntry.safeParse({ id: _id, ...fields });
  if (parsed.success) return parsed.data;
  throw new Permanent(
    `The unlinked audit entry ${_id} was changed and cannot be read: ${parsed.error.message}`,
  );
}
