import type { Page, PageRequest } from './page.ts';
import type { ReadRecord } from './read-log.ts';

export interface ReadQuery extends PageRequest {
  actorId?: string;
  /** Instants: from this one on, until before that one. */
  from?: string;
  until?: string;
  /** Part of the purpose; those whose purpose was erased with its term are none. */
  purpose?: string;
}

/** What one person read and did in a stretch of time. */
export interface ReadingCount {
  actorId: string;
  reads: number;
  /** Different texts among them. */
  texts: number;
  /** Entries of the audit log: what the person decided, wrote or changed. */
  actions: number;
}

export interface AuditQuery extends PageRequest {
  actorId?: string;
  /** Instants: from this one on, until before that one. */
  from?: string;
  until?: string;
  /** What stands before the dot of an action: `case`, `draft`, `user` … */
  family?: string;
  /** What was acted on, by its whole id. */
  subject?: string;
}

/** One entry of the audit log as its reader sees it: ids, and nothing of what lies beside the entry. */
export interface AuditRecord {
  id: string;
  at: string;
  /** Null for the machine. */
  actorId: string | null;
  action: string;
  subject: string;
  chain: string;
  /** False until the chainer has come by: not covered by a verification yet. */
  linked: boolean;
  /** What lay beside it has gone with its term. */
  erased: boolean;
}

/** What was last written under an action of the audit log. */
interface AuditFact {
  at: string;
  actorId: string | null;
  /** Null when it was erased with its term. */
  payload: unknown;
}

/** Text-free figures of a Shanghai year, recomputed from what is stored. */
export interface YearFigures {
  /** Published in the year, by kind. */
  items: Record<'article' | 'status' | 'comment' | 'lead', number>;
  /** Opened in the year. */
  cases: number;
  /** Of them: decided to be answered, handed over or corrected, and that decision holds. */
  answered: number;
  /** Half of those answered had their decision within so long after opening; null for none. */
  medianHours: number | null;
}

/** What the independent reviewer and the public are shown of how the tool is used: ids, times and counts, never a text (R14, R23). */
export interface Oversight {
  /** Newest first. */
  listReads(query: ReadQuery): Promise<Page<ReadRecord>>;

  /** The audit log without the readings, newest first. */
  listAudit(query: AuditQuery): Promise<Page<AuditRecord>>;

  /** Everybody who read anything in this stretch, those who read most first. */
  countReading(from: string, until: string): Promise<ReadingCount[]>;

  findLastFact(action: string): Promise<AuditFact | null>;

  countYear(year: number): Promise<YearFigures>;
}
