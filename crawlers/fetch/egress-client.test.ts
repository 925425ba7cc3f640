import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Egress, EgressCall, EgressRequest } from '../../pipeline/ports/egress.ts';
import { EgressHttpClient } from './egress-client.ts';

const allowance = { hosts: [], privateAddress: false, requestsPerMinute: 1 };
const { signal } = new AbortController();

function clientFor(body: string, calls: Record<string, EgressCall> = {}, after = 'after') {
  const asked: EgressRequest[] = [];
  const egress: Egress = {
    fetch: async (request) => {
      asked.push(request);
      return { url: `${request.url}${after}`, status: 200, headers: { 'x-a': '1' }, body: Buffer.from(body) };
    },
    close: async () => {},
  };
  return { client: new EgressHttpClient({ egress, allowance, signal, callOf: (url) => calls[url] }), asked };
}

describe('EgressHttpClient', () => {
  it('sends the address and the validators, and nothing else that Crawlee may have added', async () => {
    const { client, asked } = clientFor('x');
    const headers = { 'if-none-match': '"a"', 'if-modified-since': 'now', cookie: 'c', 'user-agent': 'u' };
    await client.sendRequest({
      url: 'http://a.example/',
      method: 'POST',
      headers,
      proxyUrl: 'http://proxy.example',
    });
    expect(asked).toEqual([
      { url: 'http://a.example/', allowance, etag: '"a"', lastModified: 'now', signal },
    ]);
  });

  it('sends what the call of an address carries, and names the answer by the address alone', async () => {
    const url = 'https://api.example/statuses';
    const call: EgressCall = {
      url: `${url}?access_token=SECRET`,
      method: 'POST',
      headers: { cookie: 'SUB=SECRET' },
      body: '{}',
      redirects: 'return',
      robots: 'not-asked',
    };
    const { client, asked } = clientFor('x', { [url]: call }, '');
    const response = await client.sendRequest({ url, headers: { cookie: 'of Crawlee' } });
    expect(asked).toEqual([{ ...call, allowance, etag: null, lastModified: null, signal }]);
    expect(JSON.stringify(response)).not.toContain('SECRET');
    expect(response.url).toBe(url);
  });

  it('gives the body in the form that was asked for', async () => {
    const { client } = clientFor('{"名":1}');
    const url = 'http://a.example/';
    expect((await client.sendRequest({ url })).body).toBe('{"名":1}');
    expect((await client.sendRequest({ url, responseType: 'json' })).body).toEqual({ 名: 1 });
    const { body, statusCode, url: after } = await client.sendRequest({ url, responseType: 'buffer' });
    expect([body.toString(), statusCode, after]).toEqual(['{"名":1}', 200, 'http://a.example/after']);
  });

  it('or as a stream', async () => {
    const { stream, headers, complete } = await clientFor('观澜').client.stream({ url: 'http://a.example/' });
    expect([await text(stream), headers, complete]).toEqual(['观澜', { 'x-a': '1' }, true]);
  });
});
