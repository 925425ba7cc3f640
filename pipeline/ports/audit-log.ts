import type { Anchor, AuditEntry, AuditLogName, ChainLink } from '../domain/audit.ts';

export interface LinkedEntry {
  entry: AuditEntry;
  link: ChainLink;
}

export interface AuditLog {
  /** Appends an entry that belongs to no other transaction, with the payload its digest covers. */
  append(entry: NewAuditEntry): Promise<void>;

  /**
   * Links up to `limit` unlinked entries, oldest first, in one transaction.
   * @param fence the lease's token: a token older than one already seen is refused with Conflict
   * @returns how many were linked
   */
  linkPending(fence: number, limit: number): Promise<number>;

  listChains(): Promise<string[]>;

  /** The head of a chain, or null for an empty one. */
  findHead(chain: string): Promise<ChainLink | null>;

  /** Links in order, after `afterSeq`. An entry that was tampered away is missing here and found so by verification. */
  readChain(chain: string, afterSeq: number, limit: number): Promise<LinkedEntry[]>;

  countUnlinked(log: AuditLogName): Promise<number>;

  saveAnchor(anchor: Anchor): Promise<void>;
  listAnchors(chain: string): Promise<Anchor[]>;
}

export interface NewAuditEntry {
  id: string;
  log: AuditLogName;
  at: string;
  actorId: string | null;
  action: string;
  subject: string;
  /** What the digest covers; erased after the audit term. Never text of a post. */
  payload: Record<string, unknown>;
}
