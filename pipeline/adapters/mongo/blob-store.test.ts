import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { GridFSBucket } from 'mongodb';
import { afterEach, describe, expect, it } from 'vitest';
import { blobStoreContract } from '../../../test/contracts/blob-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { Permanent } from '../../domain/errors.ts';
import { bucketOf, chunkSize } from './blob-documents.ts';
import { openGridFsBlobStore } from './blob-store.ts';
import { openMongo } from './connection.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describeWithMongo('GridFS blob store', (uri) => {
  const database = useMongoTestDatabase(uri);
  afterEach(() => database().clear());

  const blobs = () => openGridFsBlobStore(database());
  /** Of the bytes found, which are too many for `toEqual` to compare in good time. */
  const hashFound = async (hash: string) => {
    const bytes = await blobs().find('raw-page', hash);
    return bytes === null ? null : sha256(bytes);
  };
  const { files, chunks } = bucketOf('raw-page');
  const count = async () => ({
    files: await database().db.collection(files).countDocuments(),
    chunks: await database().db.collection(chunks).countDocuments(),
  });

  describe('keeps the blob store contract', () => {
    blobStoreContract(async () => ({ blobs: blobs(), close: async () => {} }));
  });

  it('keeps a large file whole, in the layout that every GridFS tool reads, and deletes all of it', async () => {
    const bytes = Uint8Array.from(randomBytes(20_000_000));
    const hash = await blobs().put('raw-page', bytes);
    expect(await hashFound(hash)).toBe(hash);
    expect(await count()).toEqual({ files: 1, chunks: Math.ceil(bytes.length / chunkSize) });
    const tool = new GridFSBucket(database().db, { bucketName: 'blobs.raw-page' });
    expect(sha256(await buffer(tool.openDownloadStreamByName(hash)))).toBe(hash);
    await blobs().delete('raw-page', hash);
    expect(await count()).toEqual({ files: 0, chunks: 0 });
  });

  it('two processes put the same bytes at once, again and again: once whole', async () => {
    const other = await openMongo(uri, database().name);
    try {
      for (let round = 0; round < 5; round++) {
        const bytes = Uint8Array.from(randomBytes(chunkSize * 2 - round));
        const hashes = await Promise.all(
          [database(), other, database(), other].map((connection) =>
            openGridFsBlobStore(connection).put('raw-page', bytes),
          ),
        );
        expect(new Set(hashes)).toEqual(new Set([sha256(bytes)]));
        expect(await hashFound(sha256(bytes))).toBe(sha256(bytes));
      }
      expect(await count()).toEqual({ files: 5, chunks: 10 });
    } finally {
      await other.client.close();
    }
  });

  it('put and deleted at once, it is whole or gone', async () => {
    const bytes = Uint8Array.from(randomBytes(chunkSize + 1));
    for (let round = 0; round < 10; round++) {
      const hash = await blobs().put('raw-page', bytes);
      await Promise.all([blobs().delete('raw-page', hash), blobs().put('raw-page', bytes)]);
      const found = await blobs().find('raw-page', hash);
      expect(await count()).toEqual(found === null ? { files: 0, chunks: 0 } : { files: 1, chunks: 2 });
    }
  });

  // The pieces are written before the file's own document: the process dies when both, or only the pieces, have been sent.
  it.each([chunks, files])(
    'a put killed once %s is written leaves nothing, and can be made again',
    async (at) => {
      const bytes = new Uint8Array(chunkSize * 3).fill(7);
      const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
      const script = `import { openMongo } from ${here('./connection.ts')};
      import { openGridFsBlobStore } from ${here('./blob-store.ts')};
      const connection = await openMongo(${JSON.stringify(uri)}, ${JSON.stringify(database().name)});
      let dying = null;
      connection.client.on('commandStarted', ({ requestId, command }) => {
        if (command.insert === ${JSON.stringify(at)}) dying = requestId;
      });
      connection.client.on('commandSucceeded', ({ requestId }) => {
        if (requestId === dying) process.kill(process.pid, 'SIGKILL');
      });
      await openGridFsBlobStore(connection).put('raw-page', new Uint8Array(${bytes.length}).fill(7));`;
      const died = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        encoding: 'utf8',
        cwd: new URL('../../..', import.meta.url).pathname,
      });
      expect(died.signal, died.stderr).toBe('SIGKILL');
      const hash = sha256(bytes);
      expect(await blobs().list('raw-page')).toEqual([]);
      expect(await blobs().find('raw-page', hash)).toBeNull();
      expect(await count()).toEqual({ files: 0, chunks: 0 });
      expect(await blobs().put('raw-page', bytes)).toBe(hash);
      expect(await blobs().find('raw-page', hash)).toEqual(bytes);
      await blobs().delete('raw-page', hash);
    },
  );

  it('pieces that a restored copy left without their blob are replaced; a damaged blob is named', async () => {
    const bytes = new TextEncoder().encode('全文');
    const hash = await blobs().put('raw-page', bytes);
    await database().db.collection(files).deleteMany({});
    expect(await blobs().find('raw-page', hash)).toBeNull();
    expect(await blobs().put('raw-page', bytes)).toBe(hash);
    expect(await blobs().find('raw-page', hash)).toEqual(bytes);
    await database().db.collection(chunks).deleteMany({});
    await expect(blobs().find('raw-page', hash)).rejects.toThrow(Permanent);
  });
});
