import { expect, it } from 'vitest';
import { CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { Permanent, RetryLater } from '../../domain/errors.ts';
import { inMongoTransaction, openMongo } from './connection.ts';

interface Row {
  _id: string;
  n: number;
}

const messageOf = async (uri: string): Promise<string> => {
  const error = await openMongo(uri).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Permanent);
  return (error as Permanent).message;
};

it('never shows the password of an address, however it is mistyped', async () => {
  for (const uri of [
    'mongodb+srv://guanlan:geheim-1@nowhere.invalid/',
    `mongodb://guanlan:geheim-1@geheim-1@127.0.0.1:1/`,
    `mongodb://guanlan:1/geheim-1@127.0.0.1:1/`,
    `mongodb://guanlan:geheim-1/2@127.0.0.1:1/`,
    `mongodb://guanlan:%67eheim-1%@127.0.0.1:1/`,
    'mongo://guanlan:geheim-1@127.0.0.1/',
    'mongodb://guanlan:geheim-1@127.0.0.1/?nonsense=geheim-1',
  ]) {
    expect(await messageOf(uri)).not.toContain('geheim');
  }
});

it('says what is wrong with an address', async () => {
  expect(await messageOf('no address')).toMatch(/address of MongoDB cannot be read: .*mongodb:\/\//);
  expect(await messageOf('mongodb://127.0.0.1:1/?nonsense=1')).toMatch(/nonsense/);
});

describeWithMongo('a connection to MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  const rows = () => database().db.collection<Row>('rows');

  it('takes the database from the address, or else guanlan', async () => {
    const { origin, search } = new URL(uri.replace('mongodb:', 'http:'));
    for (const [path, dbName, name] of [
      ['/', undefined, 'guanlan'],
      ['/%E6%B5%8B', undefined, '测'],
      ['/a', 'b', 'b'],
    ] as const) {
      const { client, db } = await openMongo(
        `${origin.replace('http:', 'mongodb:')}${path}${search}`,
        dbName,
      );
      expect(db.databaseName).toBe(name);
      await client.close();
    }
  });

  it('does what an address may not undo: majority, disk, primary', async () => {
    const { client } = await openMongo(
      `${uri}${uri.includes('?') ? '&' : '?'}w=1&journal=false&readPreference=secondary&readConcernLevel=local`,
    );
    expect(client.options.writeConcern).toMatchObject({ w: 'majority', journal: true });
    expect(client.options.readPreference.mode).toBe('primary');
    expect(client.options.readConcern.level).toBe('majority');
    await client.close();
  });

  it('gives up a transaction that others are in the way of every time', async () => {
    await rows().insertOne({ _id: 'busy', n: 0 });
    let nowMs = 0;
    const written = inMongoTransaction(
      database().client,
      async (session) => {
        nowMs += 6000;
        await rows().findOne({ _id: 'busy' }, { session });
        await rows().updateOne({ _id: 'busy' }, { $inc: { n: 1 } });
        await rows().updateOne({ _id: 'busy' }, { $inc: { n: 1000 } }, { session });
      },
      () => nowMs,
    );
    await expect(written).rejects.toThrow(RetryLater);
    expect((await rows().findOne({ _id: 'busy' }))?.n).toBe(4);
  });

  for (const side of ['before', 'after'] as const) {
    for (const command of ['insert', 'update', 'commitTransaction']) {
      it(`writes once when the line is cut ${side} ${command}`, async () => {
        await rows().deleteMany({});
        await rows().insertOne({ _id: 'count', n: 0 });
        const proxy = await CuttingProxy.open(uri);
        const behind = await openMongo(proxy.uri, database().name);
        const far = behind.db.collection<Row>('rows');
        const struck = proxy.cutAt({ command, collection: 'rows', side });
        await inMongoTransaction(behind.client, async (session) => {
          if ((await far.findOne({ _id: 'fact' }, { session })) !== null) return;
          await far.insertOne({ _id: 'fact', n: 1 }, { session });
          await far.updateOne({ _id: 'count' }, { $inc: { n: 1 } }, { session });
        });
        await struck;
        expect(await rows().find().sort({ _id: 1 }).toArray()).toEqual([
          { _id: 'count', n: 1 },
          { _id: 'fact', n: 1 },
        ]);
        await behind.client.close();
        await proxy.close();
      });
    }
  }
});
