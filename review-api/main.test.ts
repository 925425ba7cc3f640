import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import { createApp } from './app.ts';
import { startApi } from './main.ts';

test('closing lets a running request end and refuses new ones', async () => {
  const office = await openOffice();
  const reviewer = await office.visitAs('reviewer');
  const { caseId } = await fileCase(office, {});
  let release = () => {};
  let arrived = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const findCase = office.stores.cases.findCase.bind(office.stores.cases);
  office.stores.cases.findCase = async (id, visibility) => {
    arrived();
    await held;
    return findCase(id, visibility);
  };
  const running = reviewer.get(`/api/cases/${caseId}`);
  await reached;
  const closed = office.closeApi();
  await expect(office.visit().get('/healthz')).rejects.toThrow();
  release();
  expect((await running).status).toBe(200);
  await closed;
  await office.close();
});

test('a store that does not answer: not ready, still alive, and no detail leaves', async () => {
  const office = await openOffice();
  expect((await office.visit().get('/readyz')).json).toEqual({ status: 'ok' });
  await office.stores.close();
  const reply = await office.visit().get('/readyz');
  expect(reply.json).toMatchObject({ status: 503, code: 'retry-later', retryAfterSeconds: 5 });
  expect(reply.text).not.toMatch(/database|sqlite|detail/i);
  expect((await office.visit().get('/healthz')).status).toBe(200);
  await office.close();
});

test('an address in use is an error at once', async () => {
  const office = await openOffice();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(startApi(office.deps, { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE');
  taken.close();
  await office.close();
});

test('an application can be made twice over the same stores', async () => {
  const office = await openOffice();
  expect(createApp(office.deps)).not.toBe(createApp(office.deps));
  await office.close();
});
