import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';
import { CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { until } from '../../../test/harness/until.ts';
import { watchHeartbeats } from './heartbeat-watch.ts';

describeWithMongo('a client with a watch on its heartbeats', (uri) => {
  it('finds the server again when every line broke while it was idle but for one question', async () => {
    const proxy = await CuttingProxy.open(uri);
    const client = new MongoClient(proxy.uri, { serverSelectionTimeoutMS: 1000 });
    watchHeartbeats(client, 1500);
    await client.connect();
    // The driver sends no heartbeat within half a second of the last.
    const idleUntil = performance.now() + 700;
    await until('the next heartbeat may be sent', () => performance.now() > idleUntil);
    const ask = () =>
      client
        .db('guanlan_none')
        .collection<{ _id: string }>('none')
        .findOne({ _id: '1' })
        .then(
          () => true,
          () => false,
        );
    const struck = proxy.cutAt({ command: 'find', side: 'before' });
    await ask();
    await struck;
    await until('an answer', ask, 15_000);
    await client.close();
    await proxy.close();
    expect(await ask()).toBe(false);
  }, 30_000);
});
