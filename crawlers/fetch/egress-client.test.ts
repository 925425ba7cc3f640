import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Egress, EgressRequest } from '../../pipeline/ports/egress.ts';
import { EgressHttpClient } from './egress-client.ts';

const allowance = { hosts: [], privateAddress: false, requestsPerMinute: 1 };
const { signal } = new AbortController();

function clientFor(body: string) {
  const asked: EgressRequest[] = [];
  const egress: Egress = {
    fetch: async (request) => {
      asked.push(request);
      return { url: `${request.url}after`, status: 200, headers: { 'x-a': '1' }, body: Buffer.from(body) };
    },
    close: async () => {},
  };
  return { client: new EgressHttpClient(egress, allowance, signal), asked };
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
