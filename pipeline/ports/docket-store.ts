import type { AccessClass } from '../domain/access-class.ts';
import type {
  DocketEntry,
  DocketFacts,
  DocketKind,
  DocketMove,
  DocketStep,
  DocketText,
} from '../domain/docket.ts';
import type { Page, PageRequest } from './page.ts';

interface DocketCommand extends Omit<DocketMove, 'id' | 'kind'> {
  /** Chosen once per intention. */
  commandId: string;
  /** What was asked, in full: tells a repeated command from another one under the same id. */
  asked: object;
}

export interface DocketOpening<K extends DocketKind = DocketKind> extends DocketCommand {
  kind: K;
  facts: DocketFacts[K];
  texts: readonly DocketText[];
}

export interface DocketMoveCommand<K extends DocketKind = DocketKind> extends DocketCommand {
  kind: K;
  entryId: string;
  /** What is done, as the history names it. */
  move: string;
  /** The version that the person saw. */
  version: number;
}

export interface RecordedEntry<K extends DocketKind = DocketKind> {
  entry: DocketEntry<K>;
  /** True when this very command had been recorded before: nothing was written now. */
  repeated: boolean;
}

export interface DocketQuery<K extends DocketKind = DocketKind> extends PageRequest {
  kind: K;
  /** Of the facts; every state for none. */
  states: readonly string[];
}

/** The registers 登记簿 of R10, R13 and R20. What may be done to an entry is pure and stands in domain/. */
export interface DocketStore {
  /**
   * One transaction: the entry under the next number of its Shanghai year, its texts, the audit entry. The entry's id is the
   * command's. @throws Conflict for other content under the same id
   */
  open<K extends DocketKind>(opening: DocketOpening<K>): Promise<RecordedEntry<K>>;

  /**
   * One transaction: what `step` makes of the entry (compare-and-swap on the version), the move, the texts, the audit entry.
   * `step` is pure and may run more than once. @throws NotFound; Conflict for another version, or other content under the same
   * id; what `step` throws. Then nothing was written
   */
  move<K extends DocketKind>(
    command: DocketMoveCommand<K>,
    step: (entry: DocketEntry<K>) => DocketStep<K>,
  ): Promise<RecordedEntry<K>>;

  find<K extends DocketKind>(kind: K, entryId: string): Promise<DocketEntry<K> | null>;

  findByNumber<K extends DocketKind>(kind: K, number: string): Promise<DocketEntry<K> | null>;

  /** Those that have not expired, of the classes listed, by name. */
  readTexts(
    entryId: string,
    sight: { accessClasses: readonly AccessClass[]; now: string },
  ): Promise<DocketText[]>;

  /** Newest first. */
  list<K extends DocketKind>(query: DocketQuery<K>): Promise<Page<DocketEntry<K>>>;

  /** All that were opened in a Shanghai year, by number: for the yearly counts. */
  listYear<K extends DocketKind>(kind: K, year: number): Promise<DocketEntry<K>[]>;
}
