import type { AccessClass } from '../domain/access-class.ts';
import type { CaseFact, HandoverFact } from '../domain/case-fact.ts';
import type { Category, ServiceKind, ServiceTopic } from '../domain/category.ts';
import type { DayCube, Plane } from '../domain/item-cube.ts';
import type { FactLevel, ItemFact, ItemKind, Speaker, Tone } from '../domain/item-fact.ts';
import type { DayTally, RollupFamily } from '../domain/rollup.ts';
import type { Page, PageRequest } from './page.ts';

/** Other classes are left out before anything is counted or listed (R19). Days in Shanghai, both ends included. */
export interface FactPeriod {
  fromDay: string;
  toDay: string;
  accessClasses: readonly AccessClass[];
}

/** What is left out does not narrow. Within one field any of the values will do; `unitIds` may have '' for nobody's. */
export interface ItemFilter {
  speaker?: Speaker;
  kinds?: readonly ItemKind[];
  channelIds?: readonly string[];
  unitIds?: readonly string[];
  tones?: readonly Tone[];
  levels?: readonly FactLevel[];
  categories?: readonly Category[];
  serviceKinds?: readonly ServiceKind[];
  topics?: readonly ServiceTopic[];
  /** Of the Shanghai clock, 0–23. */
  hours?: readonly number[];
}

export interface CaseFilter {
  channelIds?: readonly string[];
  unitIds?: readonly string[];
  topics?: readonly ServiceTopic[];
  categories?: readonly Category[];
  levels?: readonly FactLevel[];
}

/** Of slips: `unitIds` are the responsible units, `topics` those of their cases. */
export type HandoverFilter = Pick<CaseFilter, 'channelIds' | 'unitIds' | 'topics'>;

/** By which of its instants a case or a slip falls into a period. */
export type CaseMoment = 'opened' | 'decided' | 'undecided-now';
export type HandoverMoment = 'sent' | 'received' | 'answered' | 'with-unit-now';

/**
 * Facts without texts, and what is added up from them, kept up to date as posts, verdicts, cases and slips change. No figure is
 * read from a post. A change is noted in the transaction that makes it, and counted soon after by `refresh`.
 */
export interface RollupStore {
  /**
   * Counts up to `limit` noted changes, the oldest first; in one transaction their facts are built anew and the rollups changed by
   * the difference. Two at once, or one that is cut off, are harmless.
   * @returns how many it looked at; 0: nothing is left
   */
  refresh(limit: number): Promise<number>;

  /** How many changes wait to be counted, up to `most`. */
  countWaiting(most: number): Promise<number>;

  /** In which layout (`rollupLayout`) everything was last counted from the beginning; 0: never. */
  readLayout(): Promise<number>;

  /**
   * Begins from the beginning: forgets every sum, and notes every post, case and slip, so that `refresh` counts all of them. Goes
   * page by page and keeps nobody waiting; until `refresh` has nothing left, figures are too small. The layout is kept at the end,
   * so that one that was cut off is begun again.
   */
  noteAll(layout: number): Promise<void>;

  /**
   * Figures over cases and slips. In no order; days on which there was nothing never come.
   * @param query `keys`: of the family; all when left out
   */
  readDays(query: FactPeriod & { family: RollupFamily; keys?: readonly string[] }): Promise<DayTally[]>;

  /**
   * Figures over items, in no order; days on which there was nothing never come.
   * @param query `hours`: whether the plane's hours are needed too, which not every plane has
   */
  readCubes(query: FactPeriod & { plane: Plane; hours: boolean; speaker?: Speaker }): Promise<DayCube[]>;

  /** What a figure over items was counted from: newest hour first, then by post id. */
  listItems(query: FactPeriod & ItemFilter & PageRequest): Promise<Page<ItemFact>>;

  /** Newest first by the moment, then by id. `undecided-now` looks at no period; newest opened first. */
  listCases(query: FactPeriod & CaseFilter & PageRequest & { moment: CaseMoment }): Promise<Page<CaseFact>>;

  /** As `listCases`. `with-unit-now` looks at no period; newest sent first. */
  listHandovers(
    query: FactPeriod & HandoverFilter & PageRequest & { moment: HandoverMoment },
  ): Promise<Page<HandoverFact>>;

  /** Of these posts, by id; those of other classes, and those not counted yet, do not come. At most 1000. */
  findItems(postIds: readonly string[], accessClasses: readonly AccessClass[]): Promise<ItemFact[]>;
}
