import { expect, it } from 'vitest';
import { CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { Permanent, RetryLater } from '../../domain/errors.ts';
import { inMongoTransaction, openMongo } from './connection.ts';
import { openMongoStores } from './open-mongo-stores.ts';

interface Row {
  _id: string;
  n: number;
}

const messageOf = async (uri: string): Promise<string> => {
  const error = await openMongo(uri, 'guanlan_none').then(
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
  expect(await messageOf('mongodb://127.0.0.1:1/?nonsense=1')).toMatch(/nonsense.*GUANLAN_MONGODB_URI/);
});

describeWithMongo('a connection to MongoDB', (uri) => {
  it('hints at the name of the set, whose servers it passes over in silence', {
    timeout: 30_000,
  }, async () => {
    const { host } = new URL(uri.replace('mongodb:', 'http:'));
    expect(await messageOf(`mongodb://${host}/?replicaSet=wrong`)).toContain('is replicaSet=wrong in');
  });

  const database = useMongoTestDatabase(uri);
  const rows = () => database().db.collection<Row>('rows');

  it('waits for an answer and for a majority no longer than it should, whatever the address says', async () => {
    const { client, db } = await openMongo(
      `${uri}${uri.includes('?') ? '&' : '?'}wtimeoutMS=0&socketTimeoutMS=0`,
      database().name,
    );
    const written = new Map<string, unknown>();
    client.on('commandStarted', ({ commandName, command }) => written.set(commandName, command.writeConcern));
    await db.collection<Row>('rows').insertOne({ _id: 'alone', n: 0 });
    await inMongoTransaction(client, (session) =>
      db.collection<Row>('rows').deleteOne({ _id: 'alone' }, { session }),
    );
    for (const command of ['insert', 'commitTransaction']) {
      expect(written.get(command)).toMatchObject({ w: 'majority', j: true, wtimeout: 20_000 });
    }
    expect(client.options.socketTimeoutMS).toBe(30_000);
    await client.close();
  });

  it('asks to come back when no answer comes', async () => {
    const proxy = await CuttingProxy.open(uri);
    const { client, db } = await openMongo(proxy.uri, database().name, { answerMs: 300 });
    const outbox = openMongoStores({ client, db }, new FakeClock()).outbox;
    expect(await outbox.countWaiting()).toBe(0);
    proxy.hold();
    await expect(outbox.countWaiting()).rejects.toThrow(RetryLater);
    await client.close();
    await proxy.close();
  });

  it('does what an address may not undo: majority, disk, primary', async () => {
    const { client } = await openMongo(
      `${uri}${uri.includes('?') ? '&' : '?'}w=1&journal=false&readPreference=secondary&readConcernLevel=local`,
      database().name,
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
