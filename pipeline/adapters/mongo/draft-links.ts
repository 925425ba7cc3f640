import { DraftLink } from '../../domain/draft-link.ts';
import { Conflict } from '../../domain/errors.ts';
import type { DraftFiles } from '../../ports/draft-files.ts';
import type { DraftLinks } from '../../ports/draft-store.ts';
import type { MongoConnection } from './connection.ts';
import { type DraftCollections, draftCollections } from './draft-documents.ts';
import { isDuplicateKey } from './mongo-errors.ts';

export function openMongoDraftLinks({ db }: MongoConnection): DraftLinks {
  const at = draftCollections(db);
  return {
    addLink: (link) => addLink(at, link),
    openLink: (asked) => openLink(at, asked),
    listLinks: async (draftId) => {
      const found = await at.links.find({ draftId }).sort({ createdAt: -1, _id: -1 }).toArray();
      return found.map(parseLink);
    },
    endLink: async (id, now) => {
      await at.links.updateOne({ _id: id, expiresAt: { $gt: now } }, { $set: { expiresAt: now } });
    },
  };
}

function parseLink({ _id, ...fields }: { _id: string } & Record<string, unknown>): DraftLink {
  return DraftLink.parse({ id: _id, ...fields });
}

async function addLink(at: DraftCollections, { id, ...fields }: DraftLink): Promise<void> {
  try {
    await at.links.insertOne({ _id: id, ...fields });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Conflict('这个链接已经存在。');
    throw error;
  }
}

async function openLink(
  at: DraftCollections,
  { digest, deviceDigest, at: now }: Parameters<DraftLinks['openLink']>[0],
): Promise<DraftLink | null> {
  const living = { digest, expiresAt: { $gt: now } };
  // Whoever comes second finds it bound.
  await at.links.updateOne({ ...living, deviceDigest: null }, { $set: { deviceDigest, openedAt: now } });
  const found = await at.links.findOne({ ...living, deviceDigest });
  return found === null ? null : parseLink(found);
}

export function openMongoDraftFiles({ db }: MongoConnection): DraftFiles {
  const at = draftCollections(db);
  return {
    noteUpload: async (hash, now) => {
      await at.uploads.updateOne({ _id: hash }, { $set: { at: now } }, { upsert: true });
    },
    listLoose: (before, limit) => listLoose(at, before, limit),
    forgetLoose: async (hashes, before) => {
      const loose = await withoutNamed(at, hashes);
      await at.uploads.deleteMany({ _id: { $in: loose }, at: { $lt: before } });
    },
  };
}

async function withoutNamed({ versions, events }: DraftCollections, hashes: readonly string[]) {
  const asked = { files: { $in: [...hashes] } };
  const named = await Promise.all([versions.distinct('files', asked), events.distinct('files', asked)]);
  const taken = new Set(named.flat());
  return hashes.filter((hash) => !taken.has(hash));
}

const batchSize = 500;

/** Those that are named stay noted: they are passed over batch by batch. */
async function listLoose(at: DraftCollections, before: string, limit: number): Promise<string[]> {
  const loose: string[] = [];
  for (let skip = 0; loose.length < limit; skip += batchSize) {
    const old = at.uploads.find({ at: { $lt: before } }).sort({ at: 1, _id: 1 });
    const hashes = (await old.skip(skip).limit(batchSize).toArray()).map(({ _id }) => _id);
    if (hashes.length === 0) break;
    loose.push(...(await withoutNamed(at, hashes)));
  }
  return loose.slice(0, limit);
}
