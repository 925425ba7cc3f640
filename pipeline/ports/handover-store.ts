import type { Handover, HandoverEvent } from '../domain/handover.ts';
import type { HandoverFilter } from '../domain/handover-filter.ts';
import type { HandoverLink } from '../domain/handover-link.ts';
import type { MoveCommand, Mover, Nudge } from '../domain/handover-moves.ts';
import type { RetentionClass } from '../domain/retention-class.ts';
import type { Page, PageRequest } from './page.ts';

/** Whose slips, filtered before anything is counted or listed: of all units, or where one of these has a part. */
export interface HandoverSight {
  units: 'all' | readonly string[];
}

/** `near`: due from `now` until `until`; `overdue`: before `now`. */
export interface HandoverQuery extends HandoverSight, PageRequest {
  filter: HandoverFilter;
  now: string;
  until: string;
}

/** An event with its text, while the text lives. */
export interface HandoverEventWithText extends HandoverEvent {
  text: string | null;
  /** `record`: kept with the case record; `comment`: 90 days. Null where there is no text. */
  kept: RetentionClass | null;
}

export interface RecordedMove {
  handover: Handover;
  event: HandoverEvent;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

/**
 * Slips 转办单. They are made, numbered without a gap and taken back by the case store, in the transaction of the decision. What
 * went to `safety` is in nobody's sight here (R19).
 */
export interface HandoverStore {
  /** Soonest due first, unless the filter says otherwise. */
  list(query: HandoverQuery): Promise<Page<Handover>>;

  count(sight: HandoverSight & Pick<HandoverQuery, 'now' | 'until'>): Promise<Record<HandoverFilter, number>>;

  find(id: string, sight: HandoverSight): Promise<Handover | null>;
  findByNumber(number: string, sight: HandoverSight): Promise<Handover | null>;
  /** Newest first. */
  listOfCase(caseId: string): Promise<Handover[]>;

  /** Oldest first. Texts that have expired are null. */
  listEvents(id: string, now: string): Promise<HandoverEventWithText[]>;

  /**
   * In one transaction: the slip (compare-and-swap on `version`), its event and text, the case with an event of its own where the move
   * touches it, audit and outbox entries. Repeating the same command returns what was recorded; other content under its id is a
   * Conflict. @throws NotFound, Conflict, NotPermitted, InvalidInput (domain/handover-moves.ts); then nothing was written
   */
  recordMove(command: MoveCommand, mover: Mover, at: string): Promise<RecordedMove>;

  /** As `recordMove`, by the machine. @returns false where the slip has moved on, or the cause was told already */
  recordNudge(nudge: Nudge, at: string): Promise<boolean>;

  /** @throws Conflict when the digest is known */
  addLink(link: HandoverLink): Promise<void>;

  /** The first device that opens it keeps it. Null for a link that is none, is over, or is another device's: not told apart. */
  openLink(asked: {
    digest: string;
    deviceDigest: string;
    at: string;
  }): Promise<{ link: HandoverLink; handover: Handover } | null>;

  /** Of one slip, newest first. */
  listLinks(handoverId: string): Promise<HandoverLink[]>;
}
