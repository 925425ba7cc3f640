import type { Anchor, AuditEntry, AuditLogName, AuditPayload, ChainLink } from '../domain/audit.ts';

/** A link with what it should lead to. Nothing is repaired here: verification must see what is stored. */
export interface LinkedEntry {
  link: ChainLink;
  /** Null when it was removed; `unreadable` when what stands there is no entry any more. */
  entry: AuditEntry | 'unreadable' | null;
  /** Null when it was erased, as it is after its term. */
  payload: AuditPayload | null;
}

export interface AuditLog {
  /**
   * Appends an entry that belongs to no other transaction, with the payload its digest covers.
   * Appending the same again is harmless. @throws Conflict when the id stands for another entry
   */
  append(entry: NewAuditEntry): Promise<void>;

  /**
   * Links up to `limit` unlinked entries, oldest first, in one transaction.
   * @param fence the lease's token: a token older than one already seen is refused with Conflict
   * @returns how many were linked
   */
  linkPending(fence: number, limit: number): Promise<number>;

  /** Every chain that has a link or an anchor, by name. */
  listChains(): Promise<string[]>;

  /** The head of a chain, or null for an empty one. */
  findHead(chain: string): Promise<ChainLink | null>;

  /** Links in order, after `afterSeq`. */
  readChain(chain: string, afterSeq: number, limit: number): Promise<LinkedEntry[]>;

  countUnlinked(log: AuditLogName): Promise<number>;

  /** Entries marked as linked that no chain holds: their link was removed, or they were slipped in. Oldest first. */
  listStray(limit: number): Promise<Pick<ChainLink, 'chain' | 'entryId'>[]>;

  /** Saving the same again is harmless. */
  saveAnchor(anchor: Anchor): Promise<void>;
  /** The one with the highest `seq`. */
  findLastAnchor(chain: string): Promise<Anchor | null>;
  /** By `seq`. */
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
