import type { CheckResult } from '../domain/check.ts';
import type { Draft, DraftVersion, KeptSeal } from '../domain/draft.ts';
import type { DraftFilter } from '../domain/draft-filter.ts';
import type { DraftLink } from '../domain/draft-link.ts';
import type { DraftEvent, DraftMoveCommand, FoundForMove } from '../domain/draft-move-command.ts';
import type { CreateDraft, SaveDraft } from '../domain/draft-save.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import type { Page, PageRequest } from './page.ts';

/** Whose drafts, filtered before anything is listed or counted: of all units, of these, or with a step that names one of these. */
export interface DraftSight {
  units: 'all' | readonly string[];
  personIds: readonly string[];
}

export interface DraftQuery extends DraftSight, PageRequest {
  filter: DraftFilter;
  /** For `mine` and `to-review`. */
  mover: DraftMover;
  now: string;
  /** Part of a title, or a number; null for all. */
  words: string | null;
}

export interface RecordedDraftMove {
  draft: Draft;
  event: DraftEvent;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

/**
 * Drafts 稿件 with their versions, events, reports and seals. Each write is one transaction: draft (compare-and-swap on
 * `revision`), version, event, audit and outbox entry. Texts are in versions only; audit and outbox hold ids and digests.
 */
export interface DraftStore {
  /** The same command again returns the draft; other content under its id is a Conflict. @throws NotPermitted */
  create(command: CreateDraft, mover: DraftMover, at: string): Promise<Draft>;

  /**
   * As domain/draft-save.ts says. What stands already (an answer that got lost) changes nothing and returns the draft.
   * @throws NotFound, NotPermitted, Conflict
   */
  save(command: SaveDraft, mover: DraftMover, at: string): Promise<Draft>;

  /**
   * As domain/draft-change.ts says, asked again inside the transaction. The first submission gives the number; a submission freezes
   * the version and keeps `report`; an approval keeps the seal, and what ends one notes it.
   * @throws NotFound, NotPermitted, Conflict, InvalidInput; then nothing was written
   */
  recordMove(
    move: { command: DraftMoveCommand; found: FoundForMove; report?: CheckResult },
    mover: DraftMover,
    at: string,
  ): Promise<RecordedDraftMove>;

  find(id: string, sight: DraftSight): Promise<Draft | null>;
  findByNumber(number: string, sight: DraftSight): Promise<Draft | null>;

  /** Last changed first; `to-review` and tasks with the longest waiting first. */
  list(query: DraftQuery): Promise<Page<Draft>>;
  count(
    asked: Omit<DraftQuery, 'filter' | 'words' | keyof PageRequest>,
  ): Promise<Record<DraftFilter, number>>;

  /** The one that counts (`contentVersion`) unless one is named. */
  findVersion(id: string, version?: number): Promise<DraftVersion | null>;
  /** Oldest first, without the content. */
  listVersions(id: string): Promise<Omit<DraftVersion, 'content'>[]>;

  /** Of the newest submission unless a round is named. */
  findReport(id: string, round?: number): Promise<CheckResult | null>;

  /** In the order they were made. */
  listEvents(id: string): Promise<DraftEvent[]>;

  /** All that a draft ever had, oldest first. */
  listSeals(id: string): Promise<KeptSeal[]>;
}

/** For the live match: what is, or was, sealed for a channel. */
export interface SealedDrafts {
  /** Changed since, in the order of the changes: drafts that have or had a seal. */
  listSealed(
    query: { channelId: string | null; changedSince: string | null } & PageRequest,
  ): Promise<Page<Draft>>;
}

/** One-time links: show one draft on one device, without login; nothing can be done by them. */
export interface DraftLinks {
  /** @throws Conflict when the digest is known */
  addLink(link: DraftLink): Promise<void>;
  /** The first device that opens it keeps it. Null for a link that is none, is over, or is another device's: not told apart. */
  openLink(asked: { digest: string; deviceDigest: string; at: string }): Promise<DraftLink | null>;
  /** Newest first. */
  listLinks(draftId: string): Promise<DraftLink[]>;
  /** Ends it. Ending what is over is harmless. */
  endLink(id: string, at: string): Promise<void>;
}
