/** What one channel may be asked for: host (with port, unless it is the scheme's own) and path prefixes. */
export interface EgressAllowance {
  hosts: readonly { host: string; paths: readonly string[] }[];
  /** May an allowed host stand at a private address? */
  privateAddress: boolean;
  requestsPerMinute: number;
}

export interface EgressRequest {
  url: string;
  allowance: EgressAllowance;
  /** For a conditional request. */
  etag?: string | null;
  lastModified?: string | null;
  signal?: AbortSignal;
}

export interface EgressResponse {
  /** After redirects. */
  url: string;
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * The one way out. Enforces allow-list (on every redirect too), pinned public addresses, robots.txt, rate, size and time.
 * @throws NotPermitted (allow-list, address guard, robots), Permanent (too large), RetryLater (rate); network errors as Error
 */
export interface Egress {
  fetch(request: EgressRequest): Promise<EgressResponse>;
  close(): Promise<void>;
}
