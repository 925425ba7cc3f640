import type { EndStandIn, Maker, MakeStandIn, StandIn } from '../domain/stand-in.ts';
import type { Page, PageRequest } from './page.ts';

export interface RecordedStandIn {
  standIn: StandIn;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

export interface StandInQuery extends PageRequest {
  /** `open`: going on or to come. */
  state: 'open' | 'over';
  at: string;
}

/** Stand-ins 代理. Each change bumps both accounts' versions, so that nobody changes their roles at the same moment. */
export interface StandInStore {
  /**
   * One transaction: the stand-in and its audit entry, after the rules of domain/stand-in.ts over what is stored.
   * Repeating the same command returns what was recorded. @throws Conflict for other content under the same id; InvalidInput,
   * NotPermitted
   */
  make(command: MakeStandIn, maker: Maker, at: string): Promise<RecordedStandIn>;

  /** As `make`, for ending one early. @throws NotFound, Conflict */
  end(command: EndStandIn, maker: Maker, at: string): Promise<RecordedStandIn>;

  /** Whom this person stands in for at this instant. Asked at every request. */
  listActive(standInId: string, at: string): Promise<StandIn[]>;

  /** Given and received; the last to end first, at most 200. */
  listOf(personId: string): Promise<StandIn[]>;

  /** Of everybody; the last to end first. */
  list(query: StandInQuery): Promise<Page<StandIn>>;
}
