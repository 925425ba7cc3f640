import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { beforeEach, expect, it } from 'vitest';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { Permanent } from '../../domain/errors.ts';
import { type CollectionSpec, ensureSchema, field } from './schema.ts';

interface Thing {
  _id: string;
  name: string;
  size: number;
  colour?: string | null;
}

const old: CollectionSpec = {
  name: 'things',
  fields: { name: field.text, size: field.number },
  indexes: [{ key: { name: 1 }, since: '2026-11-22', reason: 'by name' }],
};
const next: CollectionSpec = {
  ...old,
  version: 2,
  laterFields: { colour: { since: '2027-01-15', type: field.textOrNull } },
  indexes: [...old.indexes, { key: { colour: 1 }, since: '2027-01-15', reason: 'by colour' }],
};

/** A server whose answer to the making of an index takes this long. */
async function openSlowServer(uri: string, delayMs: number) {
  const { hostname, port } = new URL(uri);
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname);
    let delayed: Promise<unknown> = Promise.resolve();
    client.on('data', (chunk: Buffer) => {
      if (chunk.includes('createIndexes')) delayed = setTimeout(delayMs);
      behind.write(chunk);
    });
    behind.on('data', (chunk: Buffer) => void delayed.then(() => client.write(chunk)));
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    uri: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`,
  };
}

describeWithMongo('the schema of the database', (uri) => {
  const database = useMongoTestDatabase(uri);
  const things = () => database().db.collection<Thing>('things');
  const bringUp = (...specs: CollectionSpec[]) => ensureSchema(database().db, specs);

  beforeEach(async () => {
    await things().drop();
    await database().db.collection<{ _id: string }>('schema').deleteOne({ _id: 'things' });
  });

  it('takes a new field while processes of the old version go on', async () => {
    await bringUp(old);
    await things().insertOne({ _id: 'before', name: 'a', size: 1 });
    await bringUp(next);
    await things().insertOne({ _id: 'by the old', name: 'b', size: 2 });
    await things().insertOne({ _id: 'by the new', name: 'c', size: 3, colour: '青' });
    const grown = await things().bulkWrite(
      ['before', 'by the old', 'by the new'].map((_id) => ({
        updateOne: { filter: { _id }, update: { $inc: { size: 10 } } },
      })),
    );
    expect(grown.modifiedCount).toBe(3);
    await things().updateOne({ _id: 'before' }, { $set: { colour: null } });
    await expect(things().insertOne({ _id: 'x', name: 'd', size: 4, colour: 5 as never })).rejects.toThrow(
      /validation/,
    );
    await expect(things().insertOne({ _id: 'y', name: 'd' } as never)).rejects.toThrow(/validation/);
  });

  it('keeps what the newer version has brought when an old process starts again', async () => {
    await bringUp(old);
    await bringUp(next);
    const stands = await database().db.listCollections({ name: 'things' }).toArray();
    await bringUp(old);
    expect(await database().db.listCollections({ name: 'things' }).toArray()).toEqual(stands);
    expect(JSON.stringify(stands)).toContain('colour');
  });

  it('comes out as the newer version when both start at once', async () => {
    await Promise.all([bringUp(old), bringUp(next), bringUp(old), bringUp(next)]);
    await bringUp(old);
    await bringUp(next);
    const stands = await database().db.listCollections({ name: 'things' }).toArray();
    expect(JSON.stringify(stands)).toContain('colour');
    expect((await things().indexes()).map(({ name }) => name)).toContain('colour_1');
  });

  it('names an index that stands with other options', async () => {
    await bringUp(old);
    const [index] = old.indexes;
    const unique = { ...old, version: 2, indexes: [{ ...index, options: { unique: true } }] };
    const failed = await bringUp(unique as CollectionSpec).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Permanent);
    expect((failed as Permanent).message).toMatch(/index name_1 .*things.*dropIndex\('name_1'\)/);
    await things().dropIndex('name_1');
    await bringUp(unique as CollectionSpec);
    expect(await things().indexes()).toContainEqual(
      expect.objectContaining({ name: 'name_1', unique: true }),
    );
  });

  it('waits for an index longer than for any other call', async () => {
    const slow = await openSlowServer(uri, 1000);
    const client = new MongoClient(slow.uri, { socketTimeoutMS: 300 });
    await ensureSchema(client.db(database().name), [old]);
    await client.close();
    slow.server.close();
    expect((await things().indexes()).map(({ name }) => name)).toContain('name_1');
  });
});
