import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../test/harness/office.ts';
import type { Visitor } from '../test/harness/visitor.ts';

let office: Office;
let reviewer: Visitor;
beforeAll(async () => {
  office = await openOffice();
  reviewer = await office.visitAs('reviewer');
});
afterAll(() => office.close());

const lead = () => ({ source: 'other', receivedAt: office.clock.now(), summary: '来电反映操场夜间照明不足' });
const send = (body: object, key?: string) =>
  reviewer.send('POST', '/api/leads', {
    body,
    ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
  });

test('a key in the header serves as the command’s id: sent again, nothing is written twice', async () => {
  const key = randomUUID();
  const first = await send(lead(), key);
  expect(first.json).toMatchObject({ repeated: false });
  expect((await send(lead(), `"${key}"`)).json).toMatchObject({ repeated: true });
  expect((await send({ ...lead(), commandId: key })).json).toMatchObject({ repeated: true });
  expect((await reviewer.get('/api/leads')).json).toMatchObject({ items: [{}] });
});

test('a key that is none, or is not the body’s, is named', async () => {
  const field = 'Idempotency-Key';
  expect((await send(lead(), 'again')).json).toMatchObject({ status: 400, field });
  expect((await send({ ...lead(), commandId: randomUUID() }, randomUUID())).json).toMatchObject({ field });
});

test('every answer says what is left; who asks too much is told when to come back', async () => {
  const visitor = await office.visitAs('reviewer');
  const first = await visitor.get('/api/session');
  expect(first.headers.get('ratelimit-limit')).toBe('1200');
  const left = Number(first.headers.get('ratelimit-remaining'));
  expect(left).toBeGreaterThan(1000);
  const heavy = { body: { items: [{ text: '消息' }] } };
  let refused = await visitor.send('POST', '/api/judge', heavy);
  for (let n = 0; n < 400 && refused.status !== 429; n += 1)
    refused = await visitor.send('POST', '/api/judge', heavy);
  expect(refused.json).toMatchObject({ status: 429, code: 'too-many-attempts', retryAfterSeconds: 1 });
  expect(refused.headers.get('retry-after')).toBe('1');
  expect((await reviewer.get('/api/session')).status).toBe(200);
});

test('the description has every route with its right, and what is sent out', async () => {
  const { json } = await office.visit().get('/api/openapi.json');
  expect(json).toMatchObject({
    openapi: '3.1.0',
    paths: {
      '/api/leads': {
        post: {
          tags: ['leads'],
          description: 'Right: `lead.register`',
          parameters: [{ in: 'header', name: 'Idempotency-Key' }],
        },
      },
    },
    webhooks: { fact: { post: { requestBody: {} } } },
  });
});
