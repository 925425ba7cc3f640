import { z } from 'zod';
import { GapCause } from '../../pipeline/domain/completeness.ts';
import { Instant } from '../../pipeline/domain/time.ts';

export const Named = z.object({ id: z.string(), name: z.string() });
export const Count = z.int().nonnegative();

/** A query of `GET /api/trends/evidence`, without the `?`: what the figure beside it was counted from. */
export const EvidenceText = z.string();
export const Counted = z.object({ count: Count, evidence: EvidenceText });

/** `pending`: not over, or not looked at yet; `unobserved`: before the channel was read at all, or after. */
const Why = z.enum(['gap', 'pending', 'unobserved']);

/** Whether the figures beside it are all there was; of what is not, the channel, the cause and how long. */
export const CoverView = z
  .object({
    complete: z.boolean(),
    shortfalls: z.array(
      z.object({
        channel: Named,
        why: Why,
        cause: GapCause.nullable(),
        hours: z.number(),
        whole: z.boolean(),
      }),
    ),
    /** Gaps that were made good. */
    filled: z.array(z.object({ channel: Named, cause: GapCause, hours: z.number() })),
  })
  .meta({ id: 'TrendCover' });

/** Channels that the figures come from, and when they were read. */
const ChannelCoverageView = z
  .object({
    channel: Named,
    kind: z.enum(['watched', 'ended', 'by-hand']),
    /** From the first closed window to the end of the last. */
    readFrom: Instant.nullable(),
    readTo: Instant.nullable(),
    /** Over the time asked for, newest first; at most 100. */
    gaps: z.array(
      z.object({ from: Instant, to: Instant, cause: GapCause, state: z.enum(['open', 'filled']) }),
    ),
    moreGaps: z.boolean(),
  })
  .meta({ id: 'ChannelCoverage' });

export const BehindView = z
  .object({
    /** Changes that wait to be counted, up to 1,000. */
    waiting: Count,
    /** All that was noted until then is counted; null while something waits, or all is counted anew. */
    countedTo: Instant.nullable(),
  })
  .meta({ id: 'TrendBehind' });

/** With every answer. */
export const standing = { coverage: z.array(ChannelCoverageView), behind: BehindView };
