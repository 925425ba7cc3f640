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

  /** Everybody who read anything in this stretch, those who read most first. */
  countReading(from: string, until: string): Promise<ReadingCount[]>;

  findLastFact(action: string): Promise<AuditFact | null>;

  countYear(year: number): Promise<YearFigures>;
}
