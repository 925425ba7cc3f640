import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../test/harness/office.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import type { WebhookView } from './contract/webhook.ts';

let office: Office;
let operator: Visitor;
beforeAll(async () => {
  office = await openOffice();
  operator = await office.visitAs('operator');
});
afterAll(() => office.close());

const content = { name: '办公系统', url: 'https://oa.example.edu.cn/hooks', topics: ['case.opened'] };
interface Answer {
  endpoint: WebhookView;
  secret: string | null;
}
const add = async (more: object = {}) =>
  operator.post('/api/webhooks', { commandId: randomUUID(), ...content, ...more });
const change = async (one: WebhookView, what: object) =>
  operator.post(`/api/webhooks/${one.id}`, { commandId: randomUUID(), version: one.version, change: what });

test('the secret is shown once, and again only when a new one is made', async () => {
  const commandId = randomUUID();
  const { endpoint, secret } = (await add({ commandId })).json as Answer;
  expect(secret).toMatch(/^whsec_/);
  expect(((await add({ commandId })).json as Answer).secret).toBeNull();
  const listed = await operator.get('/api/webhooks');
  expect(listed.text).toContain(endpoint.id);
  expect(listed.text).not.toContain('whsec_');
  expect(listed.text).not.toContain('sealed');
  const rotated = (await change(endpoint, { kind: 'rotate-secret' })).json as Answer;
  expect(rotated.secret).not.toBe(secret);
  expect(office.log()).not.toContain('whsec_');
});

test('it is changed, stopped, tried and forgotten; an older version is refused', async () => {
  let { endpoint } = (await add()).json as Answer;
  endpoint = ((await change(endpoint, { kind: 'pause' })).json as Answer).endpoint;
  expect(endpoint).toMatchObject({ state: 'paused', version: 2 });
  expect((await change({ ...endpoint, version: 1 }, { kind: 'resume' })).status).toBe(409);
  const renamed = { kind: 'content', ...content, name: '值班大屏', topics: ['handover.changed'] };
  expect((await change(endpoint, renamed)).json).toMatchObject({ endpoint: { name: '值班大屏' } });
  const trial = await operator.post(`/api/webhooks/${endpoint.id}/test`, { commandId: randomUUID() });
  expect(trial.json).toMatchObject({ topic: 'webhook.test', state: 'waiting' });
  const { id } = trial.json as { id: string };
  const retried = await operator.post(`/api/webhooks/${endpoint.id}/retry`, { deliveryId: id });
  expect(retried.json).toMatchObject({ id, attempts: 0 });
  expect((await operator.get(`/api/webhooks/${endpoint.id}/deliveries`)).json).toMatchObject({
    items: [{ id }],
  });
  expect((await operator.post('/api/webhooks/none/retry', { deliveryId: id })).status).toBe(404);
  const gone = await operator.post(`/api/webhooks/${endpoint.id}/remove`, { commandId: randomUUID() });
  expect(gone.status).toBe(204);
  expect((await operator.get(`/api/webhooks/${endpoint.id}/deliveries`)).status).toBe(404);
});

test.each([
  ['url', { url: 'http://oa.example.edu.cn/' }],
  ['url', { url: 'https://name:word@oa.example.edu.cn/' }],
  ['topics', { topics: [] }],
  ['topics.0', { topics: ['page.changed'] }],
  ['name', { name: '' }],
])('a wrong %s is named: %j', async (field, more) => {
  expect((await add(more)).json).toMatchObject({ code: 'invalid-input', field });
});
