import { z } from 'zod';
import { Comparison } from '../../pipeline/domain/live-compare.ts';
import { ExplainLive, LiveNote, LiveResult } from '../../pipeline/domain/live-match.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Named } from './draft.ts';
import { Cursor, PageLimit, PageOf, TypedText } from './fields.ts';

/** 发后核查: what is live, held against what was approved. */
export const LiveView = z
  .object({
    id: z.string(),
    revision: z.int().positive(),
    channel: Named,
    /** Null where nothing was found. */
    url: z.string().nullable(),
    publishedAt: Instant.nullable(),
    draft: z.object({ id: z.string(), number: z.string().nullable(), title: z.string() }).nullable(),
    sealedVersion: z.int().nullable(),
    result: LiveResult,
    notes: z.array(LiveNote),
    foundBy: z.enum(['address', 'text']).nullable(),
    comparison: Comparison.nullable(),
    checkedAt: Instant,
    changedAt: Instant,
    explanation: z
      .object({
        reason: ExplainLive.shape.reason,
        text: z.string(),
        byName: z.string().nullable(),
        at: Instant,
      })
      .nullable(),
    /** It asks somebody for an answer. */
    isOpen: z.boolean(),
  })
  .meta({ id: 'LiveView' });
export type LiveView = z.infer<typeof LiveView>;

export const LiveListQuery = z.strictObject({
  result: LiveResult.optional(),
  /** `open`: those that ask for an answer. */
  state: z.enum(['open', 'all']).default('open'),
  channelId: TypedText(1, 100).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(30),
});
export const LivePage = PageOf(LiveView).meta({ id: 'LivePage' });
export const LiveOfDraft = z.object({ items: z.array(LiveView) }).meta({ id: 'LiveOfDraft' });
/** Those that ask for an answer. */
export const LiveCounts = z
  .object({ items: z.array(z.object({ result: LiveResult, count: z.int().nonnegative() })) })
  .meta({ id: 'LiveCounts' });

export const ExplainLiveRequest = z
  .strictObject({
    commandId: z.uuid(),
    /** The one seen. */
    revision: z.int().positive(),
    reason: ExplainLive.shape.reason,
    text: TypedText(0, 500).default(''),
  })
  .meta({ id: 'ExplainLiveRequest' });

const mostSpotChecks = 500;
const Addresses = z.array(TypedText(1, 2000)).min(1).max(mostSpotChecks);
export const SpotCheckRequest = z.strictObject({ addresses: Addresses }).meta({ id: 'SpotCheckRequest' });

/** 抽查: what the record says of each address, in the order given. */
export const SpotCheckAnswer = z
  .object({
    items: z.array(
      z.object({
        address: z.string(),
        answer: z.enum(['approved', 'no-record', 'not-read', 'not-an-address']),
        result: LiveResult.nullable(),
        draft: z
          .object({
            id: z.string(),
            number: z.string().nullable(),
            title: z.string(),
            unit: Named,
            approvedAt: Instant.nullable(),
          })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'SpotCheckAnswer' });

/** The forms of all drafts that stand at these addresses. */
export const FormsRequest = z
  .strictObject({ addresses: Addresses, as: z.enum(['docx', 'pdf']).default('pdf') })
  .meta({ id: 'FormsRequest' });
