import type { AccessClass } from '../domain/access-class.ts';
import type { Actor, Case, CaseState } from '../domain/case.ts';
import type { CaseFilter, CaseSort } from '../domain/case-filter.ts';
import type { QueueName } from '../domain/category.ts';
import type { PassedAs } from '../domain/passed.ts';
import type { Post, PostText } from '../domain/post.ts';
import type { RaiseCommand } from '../domain/raising.ts';
import type { Finding } from '../domain/verdict.ts';
import type { CaseVisibility, QueueQuery, RecordedDecision } from './case-store.ts';
import type { Page, PageRequest } from './page.ts';

/** Words of the index that one of the case's texts must hold, all of them, in a class that is searched. */
export interface WordsFilter {
  words: readonly string[];
  /** Those that the reader sees in full: a hit on what is masked would give it away. */
  accessClasses: readonly AccessClass[];
}

export interface FilteredQuery extends CaseVisibility {
  queue: QueueName;
  states: readonly CaseState[];
  filter: CaseFilter;
  words: WordsFilter | null;
  /** As in a queue's listing; with any order. */
  due?: NonNullable<QueueQuery['due']>;
  /** Whose claims are one's own, and when. */
  reader: { actorId: string; now: string };
}

export interface FacetCounts {
  /** Cases found. */
  total: number;
  /** False where there are more than are counted: then every number is "at least". */
  complete: boolean;
  /** `topic:canteen` → how many of them. */
  counts: Record<string, number>;
}

export interface PassedCount {
  /** In Shanghai, YYYY-MM-DD: of publication, else of gathering. */
  day: string;
  channelId: string;
  passedAs: PassedAs;
  count: number;
}

export interface PassedQuery extends CaseVisibility, PageRequest {
  passedAs: PassedAs;
}

export interface AddressQuery extends CaseVisibility {
  /** As they may be written. */
  urls: readonly string[];
  idPrefixes: readonly string[];
  now: string;
  limit: number;
}

/** What a list shows a few words of, with what masks them: the findings of that version's verdict, null where it has none. */
export interface JudgedText {
  text: PostText;
  findings: Finding[] | null;
}

/** What finds work at the desk. The access class is filtered before anything is listed or counted. */
export interface DeskStore {
  /**
   * Cases of a queue that the filter leaves, in the order asked for, with id as tie-breaker; `deadline` lists only what has one.
   * Words, and what is gone at its source, are looked for among the newest 5,000 texts that match.
   * @throws InvalidInput for a cursor of another listing
   */
  listFiltered(query: FilteredQuery & PageRequest & { sort: CaseSort }): Promise<Page<Case>>;

  /** Of the first 2,000 cases that the filter leaves. */
  countFacets(query: FilteredQuery): Promise<FacetCounts>;

  /** By post: its newest case, where that may be seen. */
  findNewestCases(postIds: readonly string[], visibility: CaseVisibility): Promise<Map<string, Case>>;

  /** By id; what is not there is left out. One question, however many. */
  loadPosts(ids: readonly string[]): Promise<Map<string, Post>>;

  /** In the order asked for, null where erased, expired or of another class. As many questions for one as for many. */
  loadTexts(
    wanted: readonly { postId: string; textVersion: number }[],
    sight: CaseVisibility & { now: string },
  ): Promise<(JudgedText | null)[]>;

  /** Newest first: posts under one of these addresses, or whose id begins so. Expired ones are none. */
  findByAddress(query: AddressQuery): Promise<Post[]>;

  /** What was judged and went to no queue, from text-free rows; from this day in Shanghai on. */
  countPassed(query: { fromDay: string } & CaseVisibility): Promise<PassedCount[]>;

  /** Newest gathered first. Texts may have expired. */
  listPassed(query: PassedQuery): Promise<Page<Post>>;

  /**
   * In one transaction: a case in the queue of the office with the event `raised` by this person, audit and outbox entry; the text
   * is kept for the term of a comment again. Repeating the same command returns what was recorded.
   * @throws NotFound, Conflict (its text has changed, or it waits already); then nothing was written
   */
  raise(
    command: RaiseCommand,
    actor: Actor,
    sight: CaseVisibility & { at: string },
  ): Promise<RecordedDecision>;
}
