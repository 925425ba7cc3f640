import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';
import { CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { HalfReplicaSet } from '../../../test/harness/half-replica-set.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { until } from '../../../test/harness/until.ts';
import { openMongo } from './connection.ts';
import { watchHeartbeats } from './heartbeat-watch.ts';

it('leaves a client alone whose primary is well while another member says nothing', async () => {
  const members = await HalfReplicaSet.open();
  const { client, db } = await openMongo(members.uri, 'any', { connectMs: 400 });
  let failures = 0;
  let reopenings = 0;
  client.on('serverHeartbeatFailed', ({ connectionId }) => {
    if (connectionId === members.hungAddress) failures += 1;
  });
  client.on('topologyClosed', () => {
    reopenings += 1;
  });
  await until('the silent member has failed three heartbeats', () => failures >= 3, 10_000);
  expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  expect(reopenings).toBe(0);
  await client.close();
  await members.close();
}, 20_000);

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
