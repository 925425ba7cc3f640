import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Office, officePassword, openOffice } from '../../test/harness/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

describe('a request from another site', () => {
  test.each<[string, Record<string, string>]>([
    ['without the token', { 'x-csrf-token': '' }],
    ['with another token', { 'x-csrf-token': 'A'.repeat(43) }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from an opaque origin', { origin: 'null' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('%s changes nothing', async (_name, headers) => {
    const visitor = await office.visitAs('reviewer');
    const reply = await visitor.send('DELETE', '/api/session', { headers });
    expect(reply.json).toMatchObject({ status: 403, code: 'foreign-request' });
    expect((await visitor.get('/api/session')).status).toBe(200);
  });

  test('cannot sign a browser in', async () => {
    const login = await office.hire(['reviewer']);
    const body = { login, password: officePassword };
    const headers = { origin: 'https://evil.example' };
    const reply = await office.visit().send('POST', '/api/session', { body, headers });
    expect(reply.status).toBe(403);
    const form = { raw: JSON.stringify(body), headers: { 'content-type': 'text/plain' } };
    expect((await office.visit().send('POST', '/api/session', form)).status).toBe(415);
  });

  test.each<[string, Record<string, string>]>([
    ['by its origin', {}],
    ['by the word of the browser', { 'sec-fetch-site': 'same-origin' }],
    ['whose origin a referrer policy hides', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ])('our own page passes, known %s', async (_name, given) => {
    const visitor = await office.visitAs('reviewer');
    const headers = { origin: office.url, ...given };
    expect((await visitor.send('DELETE', '/api/session', { headers })).status).toBe(204);
  });
});
