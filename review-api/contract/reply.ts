import { z } from 'zod';
import { ServiceTopic } from '../../pipeline/domain/category.ts';
import { ReplyState } from '../../pipeline/domain/reply.ts';
import { StockAnswerKind } from '../../pipeline/domain/stock-answer.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { IdText, TypedText } from './fields.ts';

const ReplyHint = z.enum(['mobile', 'identity-number', 'mention']);

export const ReplyView = z.object({
  version: z.int().positive(),
  /** Masked for who sees the case masked, but for whoever wrote it. */
  text: z.string(),
  isMasked: z.boolean(),
  stockAnswerId: z.string().nullable(),
  stockAnswerVersion: z.int().positive().nullable(),
  state: ReplyState,
  changedByName: z.string().nullable(),
  changedAt: Instant,
  postedByName: z.string().nullable(),
  postedAt: Instant.nullable(),
  address: z.string().nullable(),
  hints: z.array(ReplyHint),
});
export type ReplyView = z.infer<typeof ReplyView>;

export const ReplyAnswer = z
  .object({
    reply: ReplyView.nullable(),
    /** Whether this person may draft one now. */
    mayWrite: z.boolean(),
    /** Characters that the platform takes; null where its documents name no limit. */
    limit: z.int().positive().nullable(),
    /** What the crawler saw of our own account, beside the draft. */
    seen: z
      .object({
        url: z.string(),
        at: Instant,
        text: z.string(),
        match: z.enum(['same', 'differs']).nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ReplyAnswer' });
export type ReplyAnswer = z.infer<typeof ReplyAnswer>;

/** `version` is the one seen; null where there is no draft yet. Mentions are masked. */
export const ReplyRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive().nullable().default(null),
    text: TypedText(1, 2000),
    stockAnswerId: IdText.nullable().default(null),
    stockAnswerVersion: z.int().positive().nullable().default(null),
  })
  .meta({ id: 'ReplyRequest' });
export type ReplyRequest = z.input<typeof ReplyRequest>;

/** `posted`: a person has published it with the official account, at `address`. */
export const ReplyMoveRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    to: ReplyState,
    address: TypedText(0, 1000).nullable().default(null),
  })
  .meta({ id: 'ReplyMoveRequest' });

export const SuggestionList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        version: z.int().positive(),
        kind: StockAnswerKind,
        title: z.string(),
        unitName: z.string(),
        body: z.string(),
        shortBody: z.string().nullable(),
        validUntil: z.iso.date(),
        /** Why: the topic shared, and its words that stand in the text. */
        topic: ServiceTopic.nullable(),
        words: z.array(z.string()),
        /** Of help: the numbers were not called within the month. */
        checkOverdue: z.boolean(),
        checkedOn: z.iso.date().nullable(),
      }),
    ),
  })
  .meta({ id: 'SuggestionList' });
export type SuggestionList = z.infer<typeof SuggestionList>;
