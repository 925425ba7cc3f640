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
  for (let round = 0; round < 7; round += 1) {
    const sent = await Promise.all(Array.from({ length: 30 }, () => ask('203.0.113.7')));
    for (const { status } of sent) statuses.add(status);
  }
  expect([...statuses].sort()).toEqual([200, 429]);
  expect((await ask('203.0.113.8')).status).toBe(200);
});

test('one address that asks for the pages without end is told to wait, and nobody else', async () => {
  const read = (address: string) =>
    fetch(new URL('/public/corrections', office.url), { headers: { 'x-forwarded-for': address } });
  let last = 200;
  for (let round = 0; round < 30 && last === 200; round += 1) {
    const asked = await Promise.all(Array.from({ length: 50 }, () => read('203.0.113.7')));
    last = Math.max(...asked.map(({ status }) => status));
  }
  expect(last).toBe(429);
  expect((await read('203.0.113.8')).status).toBe(200);
});

test('a look-up that finds nothing says so at the look-up, with what was typed', async () => {
  const typed = { number: '异议〔2026〕99号', code: '"><b>wrong' };
  const reply = await fetch(new URL('/public/state', office.url), {
    ...{ method: 'POST', body: new URLSearchParams(typed) },
  });
  expect(reply.status).toBe(404);
  const [form = '', lookUp = ''] = (await reply.text()).split('<h2 id="look-up">');
  expect(form).not.toContain('role="alert"');
  expect(lookUp).toContain('role="alert"');
  expect(lookUp).toContain(`value="${typed.number}"`);
  expect(lookUp).toContain('value="&quot;&gt;&lt;b&gt;wrong"');
});

test('who has a whole network of addresses comes from one', async () => {
  const statuses = [];
  for (let last = 1; last <= 6; last += 1) statuses.push((await ask(`2001:db8:1:2::${last}`)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect((await ask('2001:db8:1:3::1')).status).toBe(200);
});

const sendForm = (more: Record<string, string>) =>
  fetch(new URL('/public/request', office.url), {
    method: 'POST',
    body: new URLSearchParams({
      ...{ formId: randomUUID(), wish: 'object', platform: 'weibo', link: '', contact: '', website: '' },
      ...{ quote: '那条评论的原话', statement: '请不要再采集我的评论。', ...more },
    }),
  });

test('every field that is wrong is told beside it, all at once, and in the language of the form', async () => {
  const chinese = await sendForm({ statement: '删', contact: '9'.repeat(101) });
  expect(chinese.status).toBe(400);
  const page = await chinese.text();
  for (const field of ['statement', 'contact']) {
    expect(page).toContain(`href="#f-${field}"`);
    expect(page).toMatch(new RegExp(`id="f-${field}"[^>]*aria-describedby="w-${field}"`));
    expect(page).toContain(`id="w-${field}"`);
  }
  expect(page.match(/autofocus/g)).toHaveLength(1);
  const english = await (await sendForm({ lang: 'en', statement: 'x' })).text();
  expect(english).toContain('<html lang="en">');
  expect(english).toContain('write between 5 and 2,000 characters');
  const received = await (await sendForm({ lang: 'en', statement: 'Please leave my comments out.' })).text();
  expect(received).toMatch(/class="code">异议〔/);
  expect(received).toContain('without a login');
});

test('who has sent too many is told when to try again, with everything typed still there', async () => {
  let reply = await sendForm({});
  for (let round = 0; round < 6 && reply.status === 200; round += 1)
    reply = await sendForm({ contact: '12345' });
  expect(reply.status).toBe(429);
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  const page = await reply.text();
  expect(page).toMatch(/约 \d+ 分钟后再试/);
  expect(page).toContain('请不要再采集我的评论。');
  expect(page).toContain('value="12345"');
});
