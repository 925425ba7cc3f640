import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from '../../test/harness/office.ts';

let office: Office;

beforeEach(async () => {
  // Behind a proxy that says where a request comes from.
  office = await openOffice({ trustedProxyHops: 1 });
});
afterEach(() => office.close());

const ask = (address: string) =>
  fetch(new URL('/public/request', office.url), {
    method: 'POST',
    headers: { 'x-forwarded-for': address },
    body: new URLSearchParams({
      ...{ formId: randomUUID(), wish: 'object', platform: 'weibo', link: '', contact: '', website: '' },
      ...{ quote: '那条评论的原话', statement: '请不要再采集我的评论。' },
    }),
  });

test('one address that floods the form takes nothing from the others', async () => {
  const statuses = new Set<number>();
  for (let sent = 0; sent < 210; sent += 1) statuses.add((await ask('203.0.113.7')).status);
  expect([...statuses].sort()).toEqual([200, 429]);
  expect((await ask('203.0.113.8')).status).toBe(200);
});
