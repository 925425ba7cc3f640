import { z } from 'zod';
import { EditorialCategory } from '../../pipeline/domain/check.ts';
import { StepName } from '../../pipeline/domain/review-chain.ts';
import { Named } from './draft.ts';

/** First and last day, in Shanghai; else this year so far. */
export const DraftStatisticsQuery = z.strictObject({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
});

const Count = z.int().nonnegative();

/** How the work went: nothing in it ranks units by tone, and nothing gets better by publishing less (R7). */
export const DraftStatistics = z
  .object({
    from: z.iso.date(),
    until: z.iso.date(),
    submitted: Count,
    approved: Count,
    published: Count,
    corrected: Count,
    recalled: Count,
    /** Sent back at least once before the approval, of those that were submitted. */
    returned: Count,
    urgent: Count,
    /** 补审 after its two hours. */
    late: Count,
    /** Findings that the final reviewer let through. */
    allowed: Count,
    months: z.array(z.object({ month: z.string(), submitted: Count, approved: Count })),
    units: z.array(z.object({ unit: Named, submitted: Count, approved: Count, returned: Count })),
    channels: z.array(z.object({ channel: Named, approved: Count })),
    /** Errors that people found, and how long a step took, in hours; null where none was decided. */
    steps: z.array(
      z.object({ step: StepName, passed: Count, errorsFound: Count, medianHours: z.number().nullable() }),
    ),
    /** Of the checks, at submissions. */
    findings: z.array(z.object({ category: EditorialCategory, found: Count })),
    /** Ever, over all units: what a rule showed, and how much of it was said to be no mistake; the most doubtful first. */
    rules: z.array(z.object({ rule: z.string(), shown: Count, notMistake: Count })),
  })
  .meta({ id: 'DraftStatistics' });
export type DraftStatistics = z.infer<typeof DraftStatistics>;
