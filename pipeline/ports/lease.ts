/** An exclusive, expiring right to do one thing. `token` only grows: who writes with an older one has lost the lease. */
export interface Lease {
  name: string;
  token: number;
  expiresAt: string;
}

/**
 * A lease that ends later than the asker's own `ttlMs` and `clockToleranceMs` from its now is void: a process whose clock was
 * ahead left it, and nobody waits for that. Should its holder live still, the next token fences it. So whoever asks for one
 * name asks for about one time.
 */
export interface LeaseStore {
  /** Null while another owner holds it. The same owner gets its own lease again, with the same token. */
  acquire(name: string, owner: string, now: string, ttlMs: number): Promise<Lease | null>;
  /** Null when the lease was lost. */
  renew(lease: Lease, owner: string, now: string, ttlMs: number): Promise<Lease | null>;
  release(lease: Lease, owner: string): Promise<void>;
}
