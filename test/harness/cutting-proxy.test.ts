import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MongoConnection, openMongo } from '../../pipeline/adapters/mongo/connection.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { useMongoTestDatabase } from './mongo-database.ts';
import { describeWithMongo } from './services.ts';

interface Row {
  _id: string;
}

describeWithMongo('the cutting proxy', (uri) => {
  const database = useMongoTestDatabase(uri);
  let proxy: CuttingProxy;
  let behind: MongoConnection;
  const direct = () => database().db.collection<Row>('rows');
  const rows = () => behind.db.collection<Row>('rows');

  /** As the stores write, but without the driver's second try, so that the cut itself shows. */
  const insertOnce = (id: string) =>
    behind.client.withSession(async (session) => {
      session.startTransaction();
      await rows().insertOne({ _id: id }, { session });
      await session.commitTransaction();
    });

  beforeAll(async () => {
    proxy = await CuttingProxy.open(uri);
    behind = await openMongo(proxy.uri, database().name);
    await direct().insertOne({ _id: 'first' });
  });
  afterAll(async () => {
    await behind.client.close();
    await proxy.close();
  });

  it('passes everything on until it is told to cut', async () => {
    expect(await rows().countDocuments({})).toBe(1);
    expect(proxy.cuts).toBe(0);
  });

  it('cuts before a command: the server has not heard of it', async () => {
    const struck = proxy.cutAt({ command: 'insert', collection: 'rows', nth: 2, side: 'before' });
    await insertOnce('second');
    await expect(insertOnce('third')).rejects.toThrow();
    await struck;
    expect(proxy.cuts).toBe(1);
    expect(await direct().findOne({ _id: 'third' })).toBeNull();
  });

  it('cuts after a commit: it is done, and the driver asks again by itself', async () => {
    const elsewhere = proxy.cutAt({ command: 'commitTransaction', collection: 'cases', side: 'before' });
    const struck = proxy.cutAt({ command: 'commitTransaction', collection: 'rows', side: 'after' });
    await insertOnce('fourth');
    await struck;
    expect(proxy.cuts).toBe(2);
    expect(await direct().findOne({ _id: 'fourth' })).not.toBeNull();
    await expect(Promise.race([elsewhere, Promise.resolve('not struck')])).resolves.toBe('not struck');
  });

  it('refuses everybody until it accepts again', async () => {
    proxy.refuse();
    const late = rows().countDocuments({});
    proxy.accept();
    expect(await late).toBe(3);
  });
});
