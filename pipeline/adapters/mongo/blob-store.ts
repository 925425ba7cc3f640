import { createHash } from 'node:crypto';
import { Binary, type ClientSession, type Collection } from 'mongodb';
import { InvalidInput, Permanent } from '../../domain/errors.ts';
import type { RetentionClass } from '../../domain/retention-class.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import { BlobDocument, bucketOf, type ChunkDocument, chunkSize } from './blob-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { withTranslatedErrors } from './mongo-errors.ts';

const hashForm = /^[0-9a-f]{64}$/;

interface Bucket {
  files: Collection<BlobDocument>;
  chunks: Collection<ChunkDocument>;
}

/**
 * Blobs in GridFS, one bucket a retention class. All documents of a blob are written in one transaction, and deleted in
 * one: it is there whole or not at all, also for a process that is killed in the middle of it, which leaves nothing behind.
 * (The driver's own upload stream writes piece by piece, outside of transactions.)
 */
export function openGridFsBlobStore({ client, db }: MongoConnection): BlobStore {
  const openBucket = (retention: RetentionClass): Bucket => {
    const { files, chunks } = bucketOf(retention);
    return { files: db.collection(files), chunks: db.collection(chunks) };
  };
  return withTranslatedErrors<BlobStore>({
    put: async (retention, given) => {
      const bytes = Buffer.from(given);
      const hash = createHash('sha256').update(bytes).digest('hex');
      const bucket = openBucket(retention);
      if (await isStored(bucket, hash)) return hash;
      await inMongoTransaction(client, async (session) => {
        // Somebody else may have stored the same bytes meanwhile: the second run, after the collision, sees theirs.
        if (await isStored(bucket, hash, { session })) return;
        await writeBlob(bucket, hash, bytes, session);
      });
      return hash;
    },
    find: async (retention, hash) => {
      assertHash(hash);
      const bucket = openBucket(retention);
      const bytes = await inMongoTransaction(client, (session) => readBlob(bucket, hash, session));
      if (bytes !== null && createHash('sha256').update(bytes).digest('hex') !== hash) {
        throw new Permanent(`The snapshot ${retention}/${hash} is damaged: its bytes do not have this hash.`);
      }
      return bytes;
    },
    delete: async (retention, hash) => {
      assertHash(hash);
      const { files, chunks } = openBucket(retention);
      await inMongoTransaction(client, async (session) => {
        await files.deleteOne({ _id: hash }, { session });
        await chunks.deleteMany({ files_id: hash }, { session });
      });
    },
    list: async (retention) => {
      const found = openBucket(retention).files.find({}, { projection: { _id: 1 } });
      return (await found.toArray()).map(({ _id }) => _id).sort();
    },
  });
}

/** A hash may come from outside. */
function assertHash(hash: string): void {
  if (!hashForm.test(hash)) throw new InvalidInput('hash', 'Not a SHA-256 in lower-case hex.');
}

async function isStored({ files }: Bucket, hash: string, options: { session?: ClientSession } = {}) {
  return (await files.findOne({ _id: hash }, { projection: { _id: 1 }, ...options })) !== null;
}

async function writeBlob(bucket: Bucket, hash: string, bytes: Buffer, session: ClientSession): Promise<void> {
  // Pieces without a blob come from another tool, or from a copy made while the original was being written.
  await bucket.chunks.deleteMany({ files_id: hash }, { session });
  const chunks: ChunkDocument[] = [];
  for (let start = 0; start < bytes.length; start += chunkSize) {
    const n = chunks.length;
    const data = new Binary(bytes.subarray(start, start + chunkSize));
    chunks.push({ _id: `${hash}:${n}`, files_id: hash, n, data });
  }
  if (chunks.length > 0) await bucket.chunks.insertMany(chunks, { session });
  const uploadDate = new Date();
  await bucket.files.insertOne(
    { _id: hash, length: bytes.length, chunkSize, uploadDate, filename: hash },
    { session },
  );
}

async function readBlob(bucket: Bucket, hash: string, session: ClientSession): Promise<Uint8Array | null> {
  const file = BlobDocument.nullable().parse(await bucket.files.findOne({ _id: hash }, { session }));
  if (file === null) return null;
  const chunks = await bucket.chunks.find({ files_id: hash }, { session, sort: { n: 1 } }).toArray();
  return Uint8Array.from(Buffer.concat(chunks.map(({ data }) => data.buffer.subarray(0, data.position))));
}
