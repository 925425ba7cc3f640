import { Readable } from 'node:stream';
import type {
  BaseHttpClient,
  HttpRequest,
  HttpResponse,
  ResponseTypes,
  StreamingHttpResponse,
} from 'crawlee';
import type { Egress, EgressAllowance, EgressCall, EgressResponse } from '../../pipeline/ports/egress.ts';

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

function withoutFragment(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

/**
 * Crawlee's way to the network, which is the egress and nothing else: its redirects, cookies, proxies and header generators
 * are not used. Of a request only the address and the validators go out; what else a task's call carries comes from the task
 * itself, so that Crawlee never holds a credential.
 */
export class EgressHttpClient implements BaseHttpClient {
  readonly #egress: Egress;
  readonly #allowance: EgressAllowance;
  readonly #signal: AbortSignal;
  readonly #callOf: (url: string) => EgressCall | undefined;
  readonly #rendered: boolean;

  /** @param plan `callOf`: what is really asked for in place of an address that Crawlee knows; undefined for the address itself */
  constructor(plan: {
    egress: Egress;
    allowance: EgressAllowance;
    signal: AbortSignal;
    callOf?: (url: string) => EgressCall | undefined;
    rendered?: boolean;
  }) {
    this.#egress = plan.egress;
    this.#allowance = plan.allowance;
    this.#signal = plan.signal;
    this.#callOf = plan.callOf ?? (() => undefined);
    this.#rendered = plan.rendered ?? false;
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

  async #fetch(request: HttpRequest<keyof ResponseTypes>): Promise<EgressResponse> {
    const url = String(request.url);
    const call = this.#callOf(url);
    const response = await this.#egress.fetch({
      url,
      ...(this.#rendered ? { rendered: true } : {}),
      ...call,
      allowance: this.#allowance,
      etag: headerOf(request.headers, 'if-none-match'),
      lastModified: headerOf(request.headers, 'if-modified-since'),
      signal: this.#signal,
    });
    // Not redirected: what was asked for, under the name that holds no credential.
    const isAsItWas = call !== undefined && response.url === withoutFragment(call.url);
    return isAsItWas ? { ...response, url } : response;
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
