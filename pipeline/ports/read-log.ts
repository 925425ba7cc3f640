import type { Page, PageRequest } from './page.ts';

/** Who read which text, when, and what for (R23). `purpose` is derived from the action; outside one's queue it is asked for. */
export interface ReadRecord {
  id: string;
  at: string;
  actorId: string;
  caseId: string | null;
  postId: string;
  textVersion: number;
  purpose: string;
}

export interface ReadLog {
  /** Must be durable before the text leaves the server. */
  record(read: ReadRecord): Promise<void>;

  /** As `record`, for all texts of one answer: one transaction, one wait for the disk. All are recorded, or none. */
  recordAll(reads: readonly ReadRecord[]): Promise<void>;

  /** Newest first, for the auditor. */
  list(page: PageRequest): Promise<Page<ReadRecord>>;
}
