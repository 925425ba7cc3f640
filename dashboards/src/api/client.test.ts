import { describe, expect, it } from 'vitest';
import { ApiError, describeFailure, UnexpectedAnswer, Unreachable } from './api-error.ts';
import { createClient } from './client.ts';

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A client whose network is a function: what it was asked, and what comes back. */
function clientOver(answer: () => Response | Promise<Response>) {
  const seen: { url: string; init: RequestInit }[] = [];
  let signedOut = 0;
  const client = createClient({
    tabId: 'tab-0001',
    fetch: async (url, init) => {
      seen.push({ url, init });
      return answer();
    },
    onSignedOut: () => {
      signedOut += 1;
    },
  });
  return { client, seen, countSignedOut: () => signedOut };
}

describe('client', () => {
  it('fills the path, the query and the CSRF header from the route table', async () => {
    const { client, seen } = clientOver(() => new Response(null, { status: 204 }));
    client.setCsrfToken('t0ken');
    await client.call('releaseClaim', { params: { id: 'site:article/1' } });
    expect(seen[0]?.url).toBe('/api/cases/site%3Aarticle%2F1/claim');
    expect(seen[0]?.init.method).toBe('DELETE');
    expect(seen[0]?.init.headers).toMatchObject({ 'x-csrf-token': 't0ken', 'x-guanlan-tab': 'tab-0001' });
  });

  it('sends no CSRF header with a GET, and leaves out what is not asked for', async () => {
    const { client, seen } = clientOver(() => json({ items: [], nextCursor: null }));
    client.setCsrfToken('t0ken');
    await client.call('listCases', { query: { queue: 'review', cursor: undefined } });
    expect(seen[0]?.url).toBe('/api/cases?queue=review');
    expect(seen[0]?.init.headers).not.toHaveProperty('x-csrf-token');
  });

  it('says what the page asks by itself, so that it keeps no session alive', async () => {
    const { client, seen } = clientOver(() => json({ items: [], nextCursor: null }));
    await client.call('listHandovers', { query: {} }, { byItself: true });
    await client.call('listHandovers', { query: {} });
    expect(seen[0]?.init.headers).toHaveProperty('x-guanlan-background', '1');
    expect(seen[1]?.init.headers).not.toHaveProperty('x-guanlan-background');
  });

  it('brings a file as it is, and a refusal of it as any other', async () => {
    const { client } = clientOver(() => new Response('%PDF-', { status: 200 }));
    const body = { addresses: ['https://www.example.edu.cn/1.htm'], as: 'pdf' as const };
    expect(await (await client.download('printDraftForms', { body })).text()).toBe('%PDF-');
    const refusing = clientOver(() =>
      json({ title: 'x', status: 403, code: 'not-permitted', detail: '无权' }, 403),
    );
    await expect(refusing.client.download('printDraftForms', { body })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('hands on what the API said about the mistake', async () => {
    const problem = {
      title: 'x',
      status: 400,
      code: 'invalid-input',
      field: 'unitId',
      detail: '转办须选定负责单位。',
    };
    const { client } = clientOver(() => json(problem, 400));
    const refusal = await client.call('countQueues', {}).catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ status: 400, field: 'unitId', message: '转办须选定负责单位。' });
  });

  it('says that the session has ended on a 401, but not while signing in', async () => {
    const { client, countSignedOut } = clientOver(() => json({}, 401));
    await expect(client.call('countQueues', {})).rejects.toBeInstanceOf(ApiError);
    expect(countSignedOut()).toBe(1);
    await expect(client.call('login', { body: { login: 'a', password: 'b' } })).rejects.toBeInstanceOf(
      ApiError,
    );
    expect(countSignedOut()).toBe(1);
  });

  it('refuses an answer of another shape', async () => {
    const { client } = clientOver(() => json({ items: [{ queue: 'gossip', undecided: 1 }] }));
    await expect(client.call('countQueues', {})).rejects.toBeInstanceOf(UnexpectedAnswer);
  });

  it('tells a lost connection from a refusal', async () => {
    const { client } = clientOver(() => {
      throw new TypeError('network');
    });
    await expect(client.call('countQueues', {})).rejects.toBeInstanceOf(Unreachable);
  });

  it('names the request of a server error, for its keeper, and the wait of a lock-out', () => {
    expect(describeFailure(new ApiError(500, { instance: 'r-77' }))).toContain('r-77');
    expect(describeFailure(new ApiError(429, { retryAfterSeconds: 60 }))).toContain('60 秒');
    expect(describeFailure(new Error('x is undefined'))).toBe('页面出错，请刷新后再试。');
  });
});
