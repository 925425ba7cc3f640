/** What one channel may be asked for: host (with port, unless it is the scheme's own) and path prefixes. */
export interface EgressAllowance {
  hosts: readonly { host: string; paths: readonly string[] }[];
  /** May an allowed host stand at a private address? */
  privateAddress: boolean;
  requestsPerMinute: number;
}

/** What one request asks for and carries. */
export interface EgressCall {
  /** May hold a credential in its query: no message repeats a query. */
  url: string;
  /** GET unless told. */
  method?: 'GET' | 'POST';
  /**
   * Lower-case names; for credentials, content-type, accept, referer. Never logged, and never sent on to another origin. What says
   * who is asking (user-agent, forwarding headers) is the egress' own.
   */
  headers?: Readonly<Record<string, string>>;
  /** Of a POST. Never logged, and never sent on to another origin. */
  body?: string | Uint8Array;
  /** `return`: a redirect is an answer, so that its reader sees where to (a login page). `follow` unless told. */
  redirects?: 'follow' | 'return';
  /** `not-asked`: for official interfaces, asked with the own account's credential (docs/decisions/0019). */
  robots?: 'respect' | 'not-asked';
  /** Of the unpacked body; the egress' own limit unless told. */
  maxBytes?: number;
}

export interface EgressRequest extends EgressCall {
  /** Read as a browser shows it, after its scripts have built it. */
  rendered?: boolean;
  allowance: EgressAllowance;
  /** For a conditional request. */
  etag?: string | null;
  lastModified?: string | null;
  signal?: AbortSignal;
}

export interface EgressResponse {
  /** After redirects; with the credential, where the request had one in its address. */
  url: string;
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** Of a page that a browser built: what it asked for meanwhile. */
  rendering?: Rendering;
}

export interface Rendering {
  /** Parts that were asked for, the page itself not counted. */
  requests: number;
  /** By host: how often a page wanted what its channel does not allow, or robots.txt closes. */
  refused: Record<string, number>;
  /** false: it was still changing when its time was over. */
  settled: boolean;
}

/** A proxy that everything goes through. Never logged whole: `authorization` is a secret. */
export interface EgressProxy {
  /** http or https, with port where it is not the scheme's own. */
  origin: string;
  /** The header's value; null where the proxy wants none. */
  authorization: string | null;
}

/**
 * The one way out. Enforces allow-list (on every redirect too), pinned public addresses, robots.txt, rate, size and time.
 * @throws NotPermitted (allow-list, address guard, robots), Permanent (too large), RetryLater (rate); network errors as Error.
 *   No message holds a query, a header or a body.
 */
export interface Egress {
  fetch(request: EgressRequest): Promise<EgressResponse>;
  close(): Promise<void>;
}
