import type { ServiceTopic } from '../domain/category.ts';
import type { ItemKind } from '../domain/item-fact.ts';
import type { PhraseBackground } from '../domain/key-phrase.ts';
import type { Topic, TopicBar, TopicChange, TopicEvent, TopicMember } from '../domain/topic.ts';
import type { Page, PageRequest } from './page.ts';

/** A post that topics may be made of: judged, `open`, no noise, its newest text alive. */
export interface TopicText {
  postId: string;
  /** When it was published, else gathered. */
  at: string;
  channelId: string;
  kind: ItemKind;
  rootId: string | null;
  parentId: string | null;
  title: string;
  text: string;
}

export interface TopicTextScan {
  /** In Shanghai, as `2026-03-05T14`; the first hour. */
  fromHour: string;
  /** Exclusive; without end when left out. */
  toHour?: string;
  channelIds?: readonly string[];
  kinds?: readonly ItemKind[];
  /** As its fact says: what is not counted yet does not come. */
  serviceTopic?: ServiceTopic;
  now: string;
}

/** A change that was computed on what stood at that version of the board. */
export interface TopicWrite {
  change: TopicChange;
  expectedVersion: number;
  /** Were looked at, and are due no more. */
  seen?: readonly string[];
  /** YYYY-MM-DD: the upkeep of that day is done. */
  tidiedOn?: string;
}

/** What is read for heavier work, also on a connection that cannot write. */
export interface TopicTexts {
  /** Latest hour first, a page at a time. @param page `limit` up to 5000 */
  scanTexts(
    scan: TopicTextScan,
    page: { cursor: string | null; limit: number },
  ): Promise<{ items: TopicText[]; nextCursor: string | null }>;
}

/** Topics, what belongs to them and what became of them, and what is usual at the school. */
export interface TopicStore extends TopicTexts {
  readBoard(): Promise<{ version: number; tidiedOn: string }>;

  /**
   * One transaction: the board's version (compare-and-swap), topics, members, bars and events; what was seen is due no more. An empty change
   * raises no version.
   * @returns the board's version now
   * @throws Conflict when somebody else was faster
   */
  write(write: TopicWrite): Promise<number>;

  /** Ids of posts to be looked at, those first that have waited longest. */
  listDue(limit: number): Promise<string[]>;

  /** Of those posts that topics may be made of now. At most 1000. */
  findTexts(postIds: readonly string[], now: string): Promise<TopicText[]>;

  /** Those with an item at or after that instant, and those of which other topics may still be read (`mergedInto`). */
  listTopics(query: { lastItemFrom: string }): Promise<Topic[]>;

  findTopic(topicId: string): Promise<Topic | null>;

  /** Of posts that are `open` now (R19), latest first: what every figure of a topic is counted from. */
  listMembers(topicId: string, page: PageRequest): Promise<Page<TopicMember>>;

  /** As they are stored, whatever the class of their post: for the machine. */
  findMembers(
    query: { topicIds: readonly string[]; from: string } | { postIds: readonly string[] },
  ): Promise<TopicMember[]>;

  /** Public members of posts that are `open` now, by topic, day (in Shanghai) and channel; different items, and all of them. */
  countMembers(query: {
    topicIds: readonly string[];
    from: string;
  }): Promise<{ topicId: string; day: string; channelId: string; items: number; units: number }[]>;

  listBars(topicIds: readonly string[]): Promise<TopicBar[]>;

  /** In their order. */
  listEvents(topicId: string): Promise<TopicEvent[]>;

  /** Erases topics whose last item lies before. @returns how many */
  purge(lastItemBefore: string, limit: number): Promise<number>;

  readPhraseVersion(): Promise<Pick<PhraseBackground, 'version' | 'builtAt'>>;
  readPhrases(): Promise<PhraseBackground>;
  /** All at once, in place of those before. @throws Conflict when `expectedVersion` is stale */
  savePhrases(
    counted: { items: number; phrases: ReadonlyMap<string, number> },
    change: { expectedVersion: number; at: string },
  ): Promise<number>;
}
