import { describe, expect, it } from 'vitest';
import { InvalidInput } from './errors.ts';
import {
  buildBody,
  buildDelivery,
  noteOutcome,
  parseWebhookUrl,
  settleDelivery,
  type WebhookDelivery,
  WebhookEndpoint,
} from './webhook.ts';

const at = '2026-11-23T01:00:00.000Z';
const later = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
const entry = { id: 'e-1', topic: 'case.decided', subject: 'c-1', createdAt: at } as const;
const endpoint = WebhookEndpoint.parse({
  ...{ id: 'w-1', version: 1, name: 'OA', url: 'https://oa.example/', privateAddress: false },
  ...{ topics: ['case.decided'], state: 'active', secret: { kid: 'k', sealed: 's' } },
  ...{ createdAt: at, createdBy: 'u', failingSince: null },
});

describe('a delivery', () => {
  it('says which, what and when, and nothing of what it is about', () => {
    expect(JSON.parse(buildBody(buildDelivery(endpoint, entry)))).toEqual({
      ...{ id: 'w-1/e-1', type: 'case.decided', timestamp: at },
      data: { id: 'c-1' },
    });
  });

  it('is over with the first success', () => {
    const done = settleDelivery(buildDelivery(endpoint, entry), { status: 204, failure: null }, at);
    expect(done).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 204, settledAt: at });
  });

  it('comes again after longer and longer, and is given up after a day and a half', () => {
    let one: WebhookDelivery = buildDelivery(endpoint, entry);
    const dues: number[] = [];
    while (one.state === 'waiting') {
      dues.push((Date.parse(one.dueAt) - Date.parse(at)) / 60_000);
      one = settleDelivery(one, { status: 503, failure: 'status 503' }, one.dueAt);
    }
    expect(dues).toEqual([0, 1, 6, 36, 156, 516, 1236, 2676]);
    expect(one).toMatchObject({ state: 'given-up', attempts: 8, lastFailure: 'status 503' });
  });
});

describe('an endpoint', () => {
  const failed = { status: null, failure: 'no answer' };
  it('is failed after three days without one delivery, and well again after one', () => {
    const first = noteOutcome(endpoint, failed, at);
    expect(first).toMatchObject({ state: 'active', failingSince: at });
    expect(noteOutcome(first, failed, later(3 * 86_400_000 - 1))).toBe(first);
    expect(noteOutcome(first, failed, later(3 * 86_400_000))).toMatchObject({ state: 'failed' });
    expect(noteOutcome(first, { status: 200, failure: null }, at).failingSince).toBeNull();
    expect(noteOutcome(endpoint, { status: 200, failure: null }, at)).toBe(endpoint);
  });

  it.each([
    ['https://oa.example.edu.cn/hooks?x=1', false],
    ['http://10.1.2.3:8080/hooks', true],
  ])('may be %s', (url, inside) => {
    expect(parseWebhookUrl(url, inside)).toBe(url);
  });

  it.each([
    ['http://oa.example.edu.cn/', false],
    ['ftp://oa.example.edu.cn/', true],
    ['https://user:secret@oa.example.edu.cn/', false],
    ['https://oa.example.edu.cn/#a', false],
    ['校内系统', true],
  ])('may not be %s', (url, inside) => {
    expect(() => parseWebhookUrl(url, inside)).toThrow(InvalidInput);
  });
});
