import type { Burst, BurstAnswer, BurstState } from '../domain/burst.ts';
import type { Actor } from '../domain/case.ts';
import type { Page, PageRequest } from './page.ts';

/** By what copies of one text are known, without the text: those that fold into one case, else those with the same content. */
export interface Origin {
  postId: string;
  content: string;
}

/** Waves that were noticed, and what people said of them. Nothing here bears text, and all of it is of class `open`. */
export interface BurstStore {
  /**
   * One burst begun or changed. A new one is told to the outbox in the same transaction when `tell` says so. @returns false, and
   * nothing is written, when it is there already, or has another version by now: whoever found it meanwhile found the same
   */
  record(change: {
    burst: Burst;
    expectedVersion: number | null;
    tell: boolean;
    at: string;
  }): Promise<boolean>;

  /**
   * A person's answer, with the audit entry. The same command again gives the burst as it is.
   * @throws NotFound, Conflict for another version, InvalidInput
   */
  answer(
    id: string,
    answer: BurstAnswer,
    by: { actor: Actor; at: string; channelIds: readonly string[] | 'all' },
  ): Promise<Burst>;

  find(id: string): Promise<Burst | null>;

  /** Open ones first, then ended, then dismissed; in each the latest first hour first, then by id. */
  list(
    query: PageRequest & { states: readonly BurstState[]; channelIds: readonly string[] | 'all' },
  ): Promise<Page<Burst>>;

  /** That had not ended before `fromHour` and began by `toHour`; the earliest first. Hours on a Shanghai clock. */
  listOver(query: { fromHour: string; toHour: string; channelId?: string }): Promise<Burst[]>;

  /** Of at most 1000 posts, in no order; those that are gone do not come. */
  readOrigins(postIds: readonly string[]): Promise<Origin[]>;
}
