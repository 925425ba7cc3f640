import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { buildCase } from '../../test/builders/case.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openMemoryKeys } from '../../test/harness/memory-keys.ts';
import { seedSqliteCase } from '../../test/harness/sqlite-case-fixture.ts';
import { openCaseStore } from '../adapters/sqlite/case-store.ts';
import { openDatabase, type SqliteDatabase } from '../adapters/sqlite/database.ts';
import { openHandoverStore } from '../adapters/sqlite/handover-store.ts';
import { openInstructionStore } from '../adapters/sqlite/instruction-store.ts';
import { openWebhookStore } from '../adapters/sqlite/webhook-store.ts';
import type { Egress } from '../ports/egress.ts';
import { openFanOut, type SendingPorts, sendWebhooks } from './send-webhooks.ts';
import { addWebhook, changeWebhook, tryWebhook } from './webhook-endpoints.ts';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let db: SqliteDatabase;
let clock: FakeClock;
let egress: Egress;
let receiver: Server;
let received: Received[];
let status: number;
let ports: SendingPorts;
let url: string;

beforeEach(async () => {
  db = openDatabase(':memory:');
  clock = new FakeClock('2026-11-23T01:00:00.000Z');
  received = [];
  status = 204;
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    received.push({ headers: request.headers, body });
    response
      .writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/elsewhere' } : {})
      .end('secret words');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/guanlan`;
  egress = openEgress({ clock });
  ports = {
    ...{ clock, egress, keys: openMemoryKeys() },
    stores: {
      webhooks: openWebhookStore(db),
      cases: openCaseStore(db, clock),
      handovers: openHandoverStore(db),
      instructions: openInstructionStore(db),
    },
  };
});
afterEach(async () => {
  await egress.close();
  receiver.close();
  db.close();
});

const add = async (more: object = {}) => {
  const content = { name: 'OA', url, privateAddress: true, topics: ['case.decided' as const], ...more };
  return addWebhook(clock.newId(), content, 'operator-1', ports);
};
const tell = (subject: string, id = clock.newId()) =>
  openFanOut(ports)({ id, topic: 'case.decided', subject, createdAt: clock.now() });
const fileCase = (more: object = {}) => {
  const one = buildCase({ id: clock.newId(), ...more });
  seedSqliteCase(db, one);
  return one.id;
};
const deliveries = async (endpointId: string) =>
  (await ports.stores.webhooks.listDeliveries(endpointId, { cursor: null, limit: 10 })).items;

describe('a delivery', () => {
  it('carries ids only, signed so that the receiver can check it', async () => {
    const { endpoint, secret } = await add();
    const caseId = fileCase();
    await tell(caseId, 'entry-1');
    await tell(caseId, 'entry-1');
    expect(await sendWebhooks(ports)).toBe(1);
    const [one] = received;
    if (one === undefined || secret === null) throw new Error('nothing came');
    const id = `${endpoint.id}/entry-1`;
    expect(JSON.parse(one.body)).toEqual({
      ...{ id, type: 'case.decided', timestamp: clock.now() },
      data: { id: caseId },
    });
    const timestamp = String(one.headers['webhook-timestamp']);
    expect(timestamp).toBe(String(Date.parse(clock.now()) / 1000));
    expect(one.headers['webhook-id']).toBe(id);
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${one.body}`).digest('base64');
    expect(one.headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(await deliveries(endpoint.id)).toMatchObject([{ state: 'delivered', lastStatus: 204 }]);
  });

  it('comes again until it is taken; nothing of the answer is kept', async () => {
    const { endpoint } = await add();
    await tell(fileCase());
    status = 500;
    await sendWebhooks(ports);
    expect(await sendWebhooks(ports)).toBe(0);
    expect(await deliveries(endpoint.id)).toMatchObject([{ state: 'waiting', lastFailure: 'status 500' }]);
    expect((await ports.stores.webhooks.find(endpoint.id))?.failingSince).toBe(clock.now());
    status = 200;
    clock.advance(60_000);
    await sendWebhooks(ports);
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([
      received[0]?.headers['webhook-id'],
      received[0]?.headers['webhook-id'],
    ]);
    expect((await ports.stores.webhooks.find(endpoint.id))?.failingSince).toBeNull();
  });

  it('follows no redirect, and reaches no address inside unless it was said to stand there', async () => {
    status = 302;
    const { endpoint } = await add();
    await tell(fileCase());
    await sendWebhooks(ports);
    expect(await deliveries(endpoint.id)).toMatchObject([{ lastStatus: 302, lastFailure: 'status 302' }]);
    const outside = await add({ url: url.replace('http:', 'https:'), privateAddress: false });
    await tell(fileCase());
    await sendWebhooks(ports);
    const [refused] = await deliveries(outside.endpoint.id);
    expect(refused).toMatchObject({ state: 'waiting', lastStatus: null });
    expect(refused?.lastFailure).toMatch(/not public|private|address/);
  });
});

describe('who is told', () => {
  it('nobody of what went to the people on duty (R19)', async () => {
    const { endpoint } = await add({ topics: ['case.opened', 'case.decided', 'handover.changed'] });
    await tell(fileCase({ accessClass: 'safety', queues: ['safety'] }));
    await tell(clock.newId());
    const fanOut = openFanOut(ports);
    for (const topic of ['handover.changed', 'instruction.changed', 'page.changed'] as const) {
      await fanOut({ id: clock.newId(), topic, subject: clock.newId(), createdAt: clock.now() });
    }
    expect(await deliveries(endpoint.id)).toEqual([]);
    expect(await sendWebhooks(ports)).toBe(0);
  });

  it('only who asked for the topic, and nobody while stopped; a trial goes anyway', async () => {
    const { endpoint } = await add({ topics: ['settings.changed'] });
    await tell(fileCase());
    expect(await deliveries(endpoint.id)).toEqual([]);
    const pause = {
      commandId: clock.newId(),
      id: endpoint.id,
      version: 1,
      change: { kind: 'pause' as const },
    };
    await changeWebhook(pause, 'operator-1', ports);
    await openFanOut(ports)({ id: 'e', topic: 'settings.changed', subject: 'rules', createdAt: clock.now() });
    expect(await deliveries(endpoint.id)).toEqual([]);
    await tryWebhook({ commandId: clock.newId(), id: endpoint.id }, ports);
    await sendWebhooks(ports);
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(['webhook.test']);
  });

  it('with a new secret the old one signs no more', async () => {
    const { endpoint, secret } = await add();
    const rotate = { commandId: clock.newId(), id: endpoint.id, version: 1 };
    const rotated = await changeWebhook(
      { ...rotate, change: { kind: 'rotate-secret' } },
      'operator-1',
      ports,
    );
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(JSON.stringify(await ports.stores.webhooks.list())).not.toContain(String(rotated.secret));
    // Sent again it shows none: another one would sign nothing.
    const again = { ...rotate, change: { kind: 'rotate-secret' as const } };
    expect(await changeWebhook(again, 'operator-1', ports)).toMatchObject({ secret: null });
  });
});
