import { z } from 'zod';
import { Anchor, AuditEntry, type AuditPayload, type ChainLink } from '../../domain/audit.ts';
import type { AuditLog, LinkedEntry } from '../../ports/audit-log.ts';
import { appendOnce } from './append-audit.ts';
import type { AuditDocument } from './audit-documents.ts';
import { type AnchorDocument, type ChainCollections, chainCollections } from './chain-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { findHeadDocument, linkPendingDocuments, parseLinkDocument } from './link-audit.ts';
import { isDuplicateKey } from './mongo-errors.ts';

/** Time as it stands there: an anchor that was tampered with must reach verification, whose signature check names it. */
const StoredAnchor = Anchor.extend({ at: z.string() });
/** What was made unreadable must reach verification too: it does not have the digest of its entry. */
const StoredPayload = z.object({
  salt: z.string().catch(''),
  body: z.string().catch(''),
  expiresAt: z.string().catch(''),
});

const strayBatch = 2000;

export function openMongoAuditLog({ client, db }: MongoConnection): AuditLog {
  const at = chainCollections(db);
  return {
    append: (entry) => inMongoTransaction(client, (session) => appendOnce(at, session, [entry])),
    linkPending: (fence, limit) =>
      inMongoTransaction(client, (session) => linkPendingDocuments(at, session, { fence, limit })),
    listChains: () => listChains(at),
    findHead: (chain) => findHeadDocument(at, chain),
    readChain: (chain, afterSeq, limit) => readChain(at, { chain, afterSeq, limit }),
    countUnlinked: (log) => at.audit.countDocuments({ linked: false, log }),
    listStray: (limit) => listStray(at, limit),
    saveAnchor: (anchor) => saveAnchor(at, Anchor.parse(anchor)),
    findLastAnchor: async (chain) => {
      const found = await at.anchors.findOne({ chain }, { sort: { chain: -1, seq: -1 } });
      return found === null ? null : parseAnchor(found);
    },
    listAnchors: async (chain) =>
      (await at.anchors.find({ chain }).sort({ chain: 1, seq: 1 }).toArray()).map(parseAnchor),
  };
}

function parseAnchor(document: AnchorDocument): Anchor {
  return StoredAnchor.parse(document);
}

async function saveAnchor(at: ChainCollections, anchor: Anchor): Promise<void> {
  try {
    await at.anchors.insertOne({ _id: `${anchor.chain}@${anchor.seq}`, ...anchor });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Leaps from name to name along the index: asking for all distinct names would read every link of every month. */
async function listChains(at: ChainCollections): Promise<string[]> {
  const chains = new Set<string>();
  const options = { sort: { chain: 1, seq: 1 }, projection: { chain: 1 } } as const;
  const leaps = [
    (last: string) => at.links.findOne({ chain: { $gt: last } }, options),
    (last: string) => at.anchors.findOne({ chain: { $gt: last } }, options),
  ];
  for (const leap of leaps) {
    for (let next = await leap(''); next !== null; next = await leap(next.chain)) chains.add(next.chain);
  }
  return [...chains].sort();
}

async function readChain(
  at: ChainCollections,
  range: { chain: string; afterSeq: number; limit: number },
): Promise<LinkedEntry[]> {
  const documents = await at.links
    .find({ chain: range.chain, seq: { $gt: range.afterSeq } })
    .sort({ chain: 1, seq: 1 })
    .limit(range.limit)
    .toArray();
  const links = documents.map(parseLinkDocument);
  const entries = new Map<string, AuditDocument>();
  for await (const found of at.audit.find({ _id: { $in: links.map(({ entryId }) => entryId) } })) {
    entries.set(found._id, found);
  }
  return links.map((link) => buildLinked(link, entries.get(link.entryId)));
}

function buildLinked(link: ChainLink, document: AuditDocument | undefined): LinkedEntry {
  if (document === undefined) return { link, entry: null, payload: null };
  const { _id, ...fields } = document;
  const entry = AuditEntry.safeParse({ id: _id, ...fields }).data ?? 'unreadable';
  return { link, entry, payload: parsePayload(document) };
}

function parsePayload({ _id, payload }: AuditDocument): AuditPayload | null {
  return payload === null ? null : { entryId: _id, ...StoredPayload.parse(payload) };
}

/** Walks all that is marked as linked, in batches, so that no question to the server is a long one. */
async function listStray(
  at: ChainCollections,
  limit: number,
): Promise<Pick<ChainLink, 'chain' | 'entryId'>[]> {
  const strays: Pick<ChainLink, 'chain' | 'entryId'>[] = [];
  let after: { at: string; _id: string } | null = null;
  while (strays.length < limit) {
    const batch: Pick<AuditDocument, '_id' | 'at' | 'chain'>[] = await at.audit
      .find({ linked: true, ...(after === null ? {} : isAfter(after)) })
      .project<Pick<AuditDocument, '_id' | 'at' | 'chain'>>({ at: 1, chain: 1 })
      .sort({ at: 1, _id: 1 })
      .limit(strayBatch)
      .toArray();
    const held = await findLinked(at, batch);
    strays.push(
      ...batch.filter(({ _id }) => !held.has(_id)).map(({ _id, chain }) => ({ chain, entryId: _id })),
    );
    after = batch.at(-1) ?? null;
    if (batch.length < strayBatch || after === null) break;
  }
  return strays.slice(0, limit);
}

function isAfter({ at, _id }: { at: string; _id: string }) {
  return { $or: [{ at: { $gt: at } }, { at, _id: { $gt: _id } }] };
}

async function findLinked(at: ChainCollections, batch: readonly { _id: string }[]): Promise<Set<string>> {
  const found = at.links.find({ _id: { $in: batch.map(({ _id }) => _id) } }, { projection: { _id: 1 } });
  return new Set((await found.toArray()).map(({ _id }) => _id));
}
