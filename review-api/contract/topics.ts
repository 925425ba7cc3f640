import { z } from 'zod';
import { ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { ItemKind, Speaker } from '../../pipeline/domain/item-fact.ts';
import {
  longestTopicName,
  mostSplitItems,
  TopicEvent,
  TopicPhrase,
  TopicState,
} from '../../pipeline/domain/topic.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';
import { CompareView } from './trends.ts';
import { Count } from './trends-cover.ts';

/** Of people outside, in the days asked for; `GET /api/topics/:id`: in all its life. */
const TopicCounts = z.object({
  items: z.int(),
  /** Near copies once. */
  units: z.int(),
  days: z.array(z.object({ day: z.iso.date(), items: z.int(), units: z.int() })),
  channels: z.array(z.object({ channelId: z.string(), items: z.int() })),
});

const Grown = z.object({
  now: Count,
  before: Count,
  change: CompareView.shape.total.shape.change,
  reason: CompareView.shape.total.shape.reason,
});
/** Of 24 hours and of seven days, up to the instant until which every channel was read. */
const TopicGrowthView = z.object({ until: z.string(), day: Grown, week: Grown });

export const TopicView = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  namedBy: z.enum(['machine', 'person']),
  state: TopicState,
  isDismissed: z.boolean(),
  firstSeenAt: z.string(),
  noticedAt: z.string(),
  lastItemAt: z.string(),
  phrases: z.array(TopicPhrase).meta({
    description:
      'What marks it: in how many of its different items, of all its life, each phrase stands. The school’s own posts count here, and in no figure, so that a phrase may stand in more than `counts` says',
  }),
  counts: TopicCounts,
  growth: TopicGrowthView,
});
export type TopicView = z.infer<typeof TopicView>;

export const TopicListQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(365).default(7),
  channel: z.string().min(1).max(60).optional(),
  unit: z.string().min(1).max(60).optional(),
  state: TopicState.optional(),
  sort: z.enum(['size', 'growth']).default('size'),
});
/** `days`: only what the list of topics counts for so many. */
export const TopicItemsQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
  speaker: Speaker.optional(),
  days: z.coerce.number().int().min(1).max(365).optional(),
});

export const TopicList = z.object({ items: z.array(TopicView) });

const ValueCount = z.object({ value: z.string(), items: Count });
/** A merge or a split that it was part of stands in `events`, with the other topic. */
export const TopicDetail = TopicView.extend({
  events: z.array(TopicEvent),
  /** Every day, the last ninety at most; `complete` where all channels were read in full. */
  series: z.array(z.object({ day: z.iso.date(), items: Count, complete: z.boolean() })),
  /** Different items of people outside, near copies once. */
  units: Count,
  /** The school's own posts among its items: in no other figure. */
  schoolItems: Count,
  /** `value` is a unit, '' nobody. */
  answerable: z.array(ValueCount.extend({ name: z.string() })),
  services: z.array(z.object({ kind: ServiceKind, topic: ServiceTopic, items: Count })),
  levels: z.array(ValueCount),
  /** Described, never ranked (R7). */
  tones: z.array(ValueCount),
  /** The official post that most of its items stand under. */
  hangsOn: z.object({ postId: z.string(), url: z.string(), kind: ItemKind, items: Count }).nullable(),
  /** That the reader may open, of the latest items first. */
  caseIds: z.array(z.string()),
});
export const TopicItems = PageOf(
  z.object({ postId: z.string(), at: z.string(), channelId: z.string(), speaker: z.string() }),
);

export const MoveTopicRequest = z.strictObject({
  version: z.int().positive(),
  reason: TypedText(1, 200),
  move: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rename'), name: TypedText(1, 40) }),
    z.strictObject({ kind: z.literal('dismiss') }),
    z.strictObject({ kind: z.literal('restore') }),
    z.strictObject({ kind: z.literal('merge'), intoId: IdText }),
    z.strictObject({ kind: z.literal('remove-item'), postId: IdText }),
    z.strictObject({
      kind: z.literal('split'),
      name: TypedText(1, longestTopicName),
      postIds: z.array(IdText).min(1).max(mostSplitItems),
    }),
  ]),
});
/** The topic that was moved, and of a split the one that began. */
export const MovedTopic = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  begunId: z.string().nullable(),
});
