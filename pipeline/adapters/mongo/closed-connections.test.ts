import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';
import { CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { until } from '../../../test/harness/until.ts';
import { mendClosedConnections } from './closed-connections.ts';

describeWithMongo('a client whose lines all broke at once', (uri) => {
  it('finds the server again at once, with nobody watching over it', async () => {
    mendClosedConnections();
    mendClosedConnections();
    const proxy = await CuttingProxy.open(uri);
    const client = new MongoClient(proxy.uri, { serverSelectionTimeoutMS: 5000 });
    await client.connect();
    for (let time = 1; time <= 3; time++) {
      // The driver sends no heartbeat within half a second of the last; sooner, it would not be caught sending one.
      const idleUntil = performance.now() + 700;
      await until('the next heartbeat may be sent', () => performance.now() > idleUntil);
      const struck = proxy.cutAt({ command: 'find', side: 'before' });
      const answer = client.db('guanlan_none').collection<{ _id: string }>('none').findOne({ _id: '1' });
      await struck;
      expect(await answer, 'the driver asks again by itself').toBeNull();
    }
    expect(proxy.cuts).toBe(3);
    await client.close();
    await proxy.close();
  });
});
