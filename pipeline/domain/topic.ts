import { z } from 'zod';
import { Speaker } from './item-fact.ts';
import { Instant } from './time.ts';

export const TopicState = z.enum(['active', 'quiet', 'ended']);
export type TopicState = z.infer<typeof TopicState>;

/**
 * A phrase that stands in `items` different items of the topic, near copies once: in three at least, so that it is nobody's own words.
 * Of all its life and of the school's own posts too, which figures of what people outside say leave out.
 */
export const TopicPhrase = z.object({ phrase: z.string(), items: z.int().min(1) });
export type TopicPhrase = z.infer<typeof TopicPhrase>;

/** 话题: items that speak of one matter. */
export const Topic = z.object({
  /** UUIDv7, for good. */
  id: z.string(),
  version: z.int().positive(),
  /** Given at birth from its best phrases; only a person changes it, unless what it was made of has gone. */
  name: z.string(),
  namedBy: z.enum(['machine', 'person']),
  state: TopicState,
  /** A person said that it is none. It goes on gathering what belongs to it, so that it is not found again. */
  isDismissed: z.boolean(),
  /** The topic that goes on in its place. */
  mergedInto: z.string().nullable(),
  /** A person parted them, or said so: never made one by the machine. */
  apartFrom: z.array(z.string()),
  /** The topic of which it was a part. */
  splitFrom: z.string().nullable().default(null),
  /** A person merged another one into it: the machine never parts it. */
  isJoined: z.boolean().default(false),
  /** Of its earliest item. */
  firstSeenAt: Instant,
  /** When the machine noticed it. */
  noticedAt: Instant,
  lastItemAt: Instant,
  /** Different items, near copies one, the school's own posts too: what the phrases are counted in. */
  units: z.int().nonnegative(),
  phrases: z.array(TopicPhrase),
});
export type Topic = z.infer<typeof Topic>;

/** That a post belongs to a topic: no text, nobody. A post belongs to one at most. */
export const TopicMember = z.object({
  postId: z.string(),
  topicId: z.string(),
  at: Instant,
  channelId: z.string(),
  speaker: Speaker,
  /** The status or article it stands under. */
  rootId: z.string().nullable(),
  /** The first of its near copies: itself, where it is none. */
  unitId: z.string(),
  /** A person put it here: the machine leaves it. */
  isPinned: z.boolean(),
});
export type TopicMember = z.infer<typeof TopicMember>;

/** A person took the post out of the topic: it never comes back by itself. */
export const TopicBar = z.object({ postId: z.string(), topicId: z.string() });
export type TopicBar = z.infer<typeof TopicBar>;

const TopicEventKind = z.enum([
  'noticed',
  'merged',
  'took-over',
  'split-off',
  'parted',
  'renamed',
  'item-removed',
  'dismissed',
  'restored',
  'quiet',
  'active-again',
  'ended',
]);

/** Never overwritten. */
export const TopicEvent = z.object({
  id: z.string(),
  topicId: z.string(),
  kind: TopicEventKind,
  at: Instant,
  /** Null for the machine. */
  actorId: z.string().nullable(),
  /** Of a person: why. Of the machine: what it saw, in words without any text. */
  reason: z.string(),
  otherTopicId: z.string().nullable(),
  /** How many items it was about. */
  items: z.int().nonnegative(),
});
export type TopicEvent = z.infer<typeof TopicEvent>;

/** What one run of the machine, or one step of a person, does: all of it or nothing. */
export interface TopicChange {
  /** New, or changed since they were read. */
  topics: Topic[];
  /** New, or now in another topic. */
  members: TopicMember[];
  /** Posts that belong nowhere now. */
  removed: string[];
  bars: TopicBar[];
  /** Bars that hold no more: a person brought together again what had been parted. */
  lifted: TopicBar[];
  events: TopicEvent[];
}

export const emptyChange = (): TopicChange => ({
  topics: [],
  members: [],
  removed: [],
  bars: [],
  lifted: [],
  events: [],
});

export const isEmptyChange = (change: TopicChange): boolean =>
  Object.values(change).every((part) => part.length === 0);

/** After so many days without an item. */
export const quietAfterDays = 5;
/** Until then a topic goes on when it is spoken of again; afterwards that is another one. */
export const endedAfterDays = 30;
/** A record without text: phrases stand in several items. */
export const topicKeptDays = 3 * 365;
/** What the machine sees at once: items that belong nowhere yet can become a topic for so long. */
export const windowDays = 4;

export const longestTopicName = 40;
/** That a person may say at once to be another matter. */
export const mostSplitItems = 500;
