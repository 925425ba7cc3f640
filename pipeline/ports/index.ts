import type { Announcer } from './announcer.ts';
import type { AuditLog } from './audit-log.ts';
import type { BaselineStore } from './baseline-store.ts';
import type { BlobStore } from './blob-store.ts';
import type { BriefStore } from './brief-store.ts';
import type { BurstStore } from './burst-store.ts';
import type { CaseStore } from './case-store.ts';
import type { CheckMemory } from './check-memory.ts';
import type { Clock } from './clock.ts';
import type { CredentialStore } from './credential-store.ts';
import type { DeskStore } from './desk-store.ts';
import type { DocketStore } from './docket-store.ts';
import type { DraftComments } from './draft-comments.ts';
import type { DraftFiles } from './draft-files.ts';
import type { DraftLinks, DraftStore, SealedDrafts } from './draft-store.ts';
import type { FilterStore } from './filter-store.ts';
import type { HandoverStore } from './handover-store.ts';
import type { InstructionStore } from './instruction-store.ts';
import type { JobQueue } from './job-queue.ts';
import type { LeadStore } from './lead-store.ts';
import type { LeaseStore } from './lease.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { LiveMatchStore } from './live-match-store.ts';
import type { ObjectionList } from './objection-list.ts';
import type { Outbox } from './outbox.ts';
import type { Oversight } from './oversight.ts';
import type { PostStore } from './post-store.ts';
import type { RateStore } from './rate-store.ts';
import type { ReadLog } from './read-log.ts';
import type { ReplyStore } from './reply-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { RollupStore } from './rollup-store.ts';
import type { RuleEvidence } from './rule-evidence.ts';
import type { SessionStore } from './session-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { SetupStore } from './setup-store.ts';
import type { StandInStore } from './stand-in-store.ts';
import type { StockAnswerStore } from './stock-answer-store.ts';
import type { TopicStore } from './topic-store.ts';
import type { UserStore } from './user-store.ts';
import type { WebhookStore } from './webhook-store.ts';
import type { CalendarSource } from './work-calendar.ts';

/** Everything that is stored. One adapter folder implements all of it. */
export interface Stores {
  posts: PostStore;
  cases: CaseStore;
  leads: LeadStore;
  handovers: HandoverStore;
  answers: StockAnswerStore;
  replies: ReplyStore;
  settings: SettingsStore;
  setup: SetupStore;
  users: UserStore;
  sessions: SessionStore;
  standIns: StandInStore;
  instructions: InstructionStore;
  webhooks: WebhookStore;
  credentials: CredentialStore;
  objections: ObjectionList;
  docket: DocketStore;
  oversight: Oversight;
  ledger: LedgerStore;
  audit: AuditLog;
  reads: ReadLog;
  outbox: Outbox;
  leases: LeaseStore;
  rates: RateStore;
  retention: RetentionStore;
  evidence: RuleEvidence;
  baselines: BaselineStore;
  bursts: BurstStore;
  rollups: RollupStore;
  topics: TopicStore;
  briefs: BriefStore;
  desk: DeskStore;
  filters: FilterStore;
  checkMemory: CheckMemory;
  drafts: DraftStore & SealedDrafts;
  draftLinks: DraftLinks;
  draftFiles: DraftFiles;
  draftComments: DraftComments;
  live: LiveMatchStore;
  /** Twice is harmless. */
  close(): Promise<void>;
}

/** What commands ask for: each takes the few it needs. */
export interface Ports {
  stores: Stores;
  blobs: BlobStore;
  queue: JobQueue;
  announcer: Announcer;
  clock: Clock;
  /** Which days are worked. */
  calendar: CalendarSource;
}
