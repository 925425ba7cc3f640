import { Readable } from 'node:stream';
import type {
  BaseHttpClient,
  HttpRequest,
  HttpResponse,
  ResponseTypes,
  StreamingHttpResponse,
} from 'crawlee';
import type { Egress, EgressAllowance, EgressResponse } from '../../pipeline/ports/egress.ts';

type HeaderValue = string | string[] | undefined;

function headerOf(headers: Record<string, HeaderValue> | undefined, name: string): string | null {
  const value = headers?.[name];
  return typeof value === 'string' ? value : null;
}

function bodyAs<T extends keyof ResponseTypes>(body: Uint8Array, type: T | undefined): ResponseTypes[T] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const forms: { [K in keyof ResponseTypes]: () => ResponseTypes[K] } = {
    buffer: () => bytes,
    text: () => bytes.toString('utf8'),
    json: () => JSON.parse(bytes.toString('utf8')),
  };
  return forms[type ?? ('text' as T)]();
}

/**
 * Crawlee's way to the network, which is the egress and nothing else: its redirects, cookies, proxies and header generators
 * are not used. Of a request only the address and the validators go out.
 */
export class EgressHttpClient implements BaseHttpClient {
  readonly #egress: Egress;
  readonly #allowance: EgressAllowance;
  readonly #signal: AbortSignal;

  constructor(egress: Egress, allowance: EgressAllowance, signal: AbortSignal) {
    this.#egress = egress;
    this.#allowance = allowance;
    this.#signal = signal;
  }

  async sendRequest<T extends keyof ResponseTypes = 'text'>(
    request: HttpRequest<T>,
  ): Promise<HttpResponse<T>> {
    const response = await this.#fetch(request);
    return { ...this.#describe(request, response), body: bodyAs(response.body, request.responseType) };
  }

  async stream(request: HttpRequest): Promise<StreamingHttpResponse> {
    const response = await this.#fetch(request);
    const size = response.body.length;
    return {
      ...this.#describe(request, response),
      stream: Readable.from([response.body]),
      downloadProgress: { percent: 1, transferred: size, total: size },
      uploadProgress: { percent: 1, transferred: 0 },
    };
  }

  #fetch(request: HttpRequest<keyof ResponseTypes>): Promise<EgressResponse> {
    return this.#egress.fetch({
      url: String(request.url),
      allowance: this.#allowance,
      etag: headerOf(request.headers, 'if-none-match'),
      lastModified: headerOf(request.headers, 'if-modified-since'),
      signal: this.#signal,
    });
  }

  #describe<T extends keyof ResponseTypes>(request: HttpRequest<T>, response: EgressResponse) {
    return {
      request,
      url: response.url,
      redirectUrls: [],
      statusCode: response.status,
      headers: response.headers,
      trailers: {},
      complete: true,
    };
  }
}
