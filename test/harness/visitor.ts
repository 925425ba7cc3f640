import { type Me, Me as MeSchema } from '../../review-api/contract/session.ts';

export interface Reply {
  status: number;
  headers: Headers;
  /** The body as it came, and parsed where it is JSON. */
  text: string;
  bytes: Uint8Array;
  json: unknown;
}

export interface Sending {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** A browser as the API sees one: keeps the cookie, sends the session's token back. */
export class Visitor {
  readonly jar = new Map<string, string>();
  csrfToken: string | null = null;
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** What is sent along; null for nothing. */
  get cookie(): string | null {
    return this.jar.size === 0 ? null : [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  set cookie(header: string | null) {
    this.jar.clear();
    for (const pair of header?.split('; ') ?? []) this.put(pair);
  }

  async send(method: string, path: string, sending: Sending = {}): Promise<Reply> {
    const headers = new Headers();
    if (this.cookie !== null) headers.set('cookie', this.cookie);
    if (this.csrfToken !== null && method !== 'GET') headers.set('x-csrf-token', this.csrfToken);
    const body = sending.raw ?? (sending.body === undefined ? null : JSON.stringify(sending.body));
    if (body !== null) headers.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(sending.headers ?? {})) headers.set(name, value);
    const response = await fetch(new URL(path, this.url), { method, headers, body, redirect: 'manual' });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    this.keepCookie(response.headers.getSetCookie());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      ...{ text, bytes },
      json: isJson ? JSON.parse(text) : null,
    };
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }

  post(path: string, body?: unknown): Promise<Reply> {
    return this.send('POST', path, body === undefined ? {} : { body });
  }

  async signIn(login: string, password: string): Promise<Me> {
    const reply = await this.post('/api/session', { login, password });
    if (reply.status !== 200) throw new Error(`Sign-in answered ${reply.status}: ${reply.text}`);
    const me = MeSchema.parse(reply.json);
    this.csrfToken = me.csrfToken;
    return me;
  }

  private keepCookie(lines: readonly string[]): void {
    for (const line of lines) this.put(line.split(';', 1)[0] ?? '');
  }

  private put(pair: string): void {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === '') this.jar.delete(name);
    else this.jar.set(name, value);
  }
}
