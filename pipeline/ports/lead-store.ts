import type { AccessClass } from '../domain/access-class.ts';
import type { Actor, CaseState } from '../domain/case.ts';
import type { ChangeLead, Lead, LeadSource, RegisterLead, WithdrawLead } from '../domain/lead.ts';
import type { Post } from '../domain/post.ts';
import type { Page, PageRequest } from './page.ts';

/** A lead without its text. */
export interface ListedLead {
  post: Post & { lead: Lead };
  /** The newest case opened on it; null while it waits to be judged. */
  case: { id: string; state: CaseState } | null;
}

export interface RecordedLead {
  post: Post & { lead: Lead };
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

export interface LeadQuery extends PageRequest {
  accessClasses: readonly AccessClass[];
  /** Only those of this number (`documentKeyOf`). */
  documentKey?: string;
}

export interface LeadCount {
  source: LeadSource;
  registered: number;
  /** Of them. */
  withdrawn: number;
}

/** Leads 线索, entered by a person, one at a time (R1). They are posts, and are judged and queued as posts are. */
export interface LeadStore {
  /**
   * One transaction: the post with its text, due at once, and the audit entry.
   * Repeating the same command returns what was recorded. @throws Conflict for other content under the same id
   */
  register(command: RegisterLead, actor: Actor, at: string): Promise<RecordedLead>;

  /**
   * One transaction: the facts, a new version of the text where that differs, the case's deadline with an event and its note, the
   * audit entry. @throws NotFound outside the classes; Conflict for another revision, or while another person holds the case
   */
  change(
    command: ChangeLead,
    actor: Actor,
    sight: { accessClasses: readonly AccessClass[]; at: string },
  ): Promise<RecordedLead>;

  /** As `change`: the lead stays, and its case is closed; one not judged yet opens none. */
  withdraw(
    command: WithdrawLead,
    actor: Actor,
    sight: { accessClasses: readonly AccessClass[]; at: string },
  ): Promise<RecordedLead>;

  /** Newest registered first. */
  list(query: LeadQuery): Promise<Page<ListedLead>>;

  /** Of those registered in a year on a Shanghai calendar, by source; of the classes listed. */
  countYear(year: number, accessClasses: readonly AccessClass[]): Promise<LeadCount[]>;
}
