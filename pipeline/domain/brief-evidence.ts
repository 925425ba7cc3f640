import { z } from 'zod';
import { BurstState } from './burst.ts';
import { DecisionKind, ReasonCode } from './case.ts';
import { Category, ServiceKind, ServiceTopic } from './category.ts';
import { FactLevel, ItemKind, Speaker } from './item-fact.ts';
import { LiveResult } from './live-match.ts';
import { Instant } from './time.ts';

/** From one instant on, until before another. Items are known by the hour: one counts where its hour begins within. */
const span = { from: Instant, until: Instant };

/** What an item, case or slip is about; what is left out does not narrow, and within one field any of the values will do. */
const about = {
  channelIds: z.array(z.string()).optional(),
  /** '' for nobody's. */
  unitIds: z.array(z.string()).optional(),
  topics: z.array(ServiceTopic).optional(),
};
const judged = {
  ...about,
  serviceKinds: z.array(ServiceKind).optional(),
  categories: z.array(Category).optional(),
  levels: z.array(FactLevel).optional(),
};

const ItemEvidence = z.strictObject({
  of: z.literal('items'),
  ...span,
  ...judged,
  speaker: Speaker.optional(),
  kinds: z.array(ItemKind).optional(),
});

/** `open-at`: not decided at the end of the span, whenever it was opened. `replied`: a reply of ours was seen in the span. */
const CaseEvidence = z.strictObject({
  of: z.literal('cases'),
  ...span,
  ...judged,
  moment: z.enum(['opened', 'decided', 'open-at', 'replied']),
  decisions: z.array(DecisionKind).optional(),
  reasons: z.array(ReasonCode).optional(),
  lifeSafety: z.boolean().optional(),
});

/** What went to those on duty in the span: only how many (R19). */
const ReferredEvidence = z.strictObject({ of: z.literal('referred'), ...span });

/** `with-unit-at`, `late-at`: at the end of the span. `answered-late`: answered in the span, after it was due. */
const HandoverEvidence = z.strictObject({
  of: z.literal('handovers'),
  ...span,
  ...about,
  moment: z.enum(['sent', 'received', 'answered', 'answered-late', 'closed', 'with-unit-at', 'late-at']),
});

/** Stretches not read in full that reach into the span. `open`: not filled at its end. */
const GapEvidence = z.strictObject({
  of: z.literal('gaps'),
  ...span,
  channelIds: z.array(z.string()).optional(),
  state: z.enum(['open', 'any']),
});

/** `waiting-at`: under review at the end of the span. */
const DraftEvidence = z.strictObject({
  of: z.literal('drafts'),
  ...span,
  moment: z.enum(['submitted', 'approved', 'published', 'correcting', 'recalled', 'returned', 'waiting-at']),
});

/** 发后核查: the result became what it is in the span; with `openOnly` whenever, and it still asks for an answer. */
const LiveEvidence = z.strictObject({
  of: z.literal('live'),
  ...span,
  results: z.array(LiveResult),
  openOnly: z.boolean(),
});

/** Channels that are read; `needing`: whose way in asks for a person at the end of the span. */
const ChannelEvidence = z.strictObject({ of: z.literal('channels'), ...span, needing: z.boolean() });

/** `over`: that began in the span, or before it and reached into it. Left out: that began in it. */
const BurstEvidence = z.strictObject({
  of: z.literal('bursts'),
  ...span,
  moment: z.literal('over').optional(),
  /** Null for all. */
  state: BurstState.nullable(),
});

/** Items of the public that belong to a topic. */
const TopicItemEvidence = z.strictObject({ of: z.literal('topic-items'), ...span, topicId: z.string() });

/** Entries of the registers that came in, or were settled, in the span. */
const DocketEvidence = z.strictObject({
  of: z.literal('docket'),
  ...span,
  register: z.enum(['lawful-request', 'removal', 'public-request']),
  moment: z.enum(['received', 'settled']),
});

/** Readings of texts (R23). */
const ReadEvidence = z.strictObject({ of: z.literal('reads'), ...span });

/** Made of other numbers of the same brief, named by id. `difference`: the first less the second. */
const DerivedEvidence = z.strictObject({
  of: z.literal('derived'),
  how: z.enum(['difference']),
  numbers: z.array(z.string()).min(2),
});

/**
 * What a number was counted from. A closed list: the code that counts a number when a brief is made is the code that opens it
 * later. All but `derived` have ids.
 */
export const EvidenceQuery = z.discriminatedUnion('of', [
  ...([ItemEvidence, CaseEvidence, ReferredEvidence, HandoverEvidence, GapEvidence] as const),
  ...([DraftEvidence, LiveEvidence, ChannelEvidence, BurstEvidence, TopicItemEvidence] as const),
  ...([DocketEvidence, ReadEvidence, DerivedEvidence] as const),
]);
export type EvidenceQuery = z.infer<typeof EvidenceQuery>;
export type QueryOf<K extends EvidenceQuery['of']> = Extract<EvidenceQuery, { of: K }>;

/** `median-…`: half of them took no longer, in minutes; null for none. `days`: on how many Shanghai days there were any. */
export const Measure = z.enum(['count', 'days', 'median-decided', 'median-received', 'median-answered']);
export type Measure = z.infer<typeof Measure>;

/** How many ids of a number are kept word for word; the digest covers all of them. */
export const mostFrozenIds = 1000;

/** What stands under a number, as it was frozen when the brief was made. */
export const FrozenEvidence = z.object({
  query: EvidenceQuery,
  measure: Measure,
  /** How many ids; null where the number itself is not told (R16). */
  total: z.int().nonnegative().nullable(),
  /** SHA-256, hex, over all ids, sorted, one a line. */
  digest: z.string(),
});
export type FrozenEvidence = z.infer<typeof FrozenEvidence>;
