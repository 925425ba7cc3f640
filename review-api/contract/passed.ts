import { z } from 'zod';
import { PassedAs } from '../../pipeline/domain/passed.ts';
import { Instant, PublishedPrecision } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf } from './fields.ts';

const Count = z.object({
  /** In Shanghai, YYYY-MM-DD. */
  day: z.string(),
  channel: z.object({ id: z.string(), name: z.string() }),
  passedAs: PassedAs,
  count: z.int().positive(),
});

/** Praise and noise of today and the six days before, by day and channel: counted, and in no queue. */
export const PassedCounts = z
  .object({
    today: z.string(),
    praiseToday: z.int().nonnegative(),
    noiseToday: z.int().nonnegative(),
    praiseWeek: z.int().nonnegative(),
    noiseWeek: z.int().nonnegative(),
    items: z.array(Count),
  })
  .meta({ id: 'PassedCounts' });
export type PassedCounts = z.infer<typeof PassedCounts>;

export const PassedListQuery = z.strictObject({
  passedAs: PassedAs.default('noise'),
  cursor: Cursor.optional(),
  limit: PageLimit.max(50).default(20),
});

const PassedPost = z.object({
  postId: z.string(),
  textVersion: z.int().positive(),
  channel: z.object({ id: z.string(), name: z.string() }),
  excerpt: z.string().nullable(),
  publishedAt: Instant.nullable(),
  publishedPrecision: PublishedPrecision.nullable(),
  gatheredAt: Instant,
});
export const PassedPage = PageOf(PassedPost).meta({ id: 'PassedPage' });
export type PassedPage = z.infer<typeof PassedPage>;

export const RaiseRequest = z.strictObject({
  commandId: z.uuid(),
  postId: IdText,
  textVersion: z.int().positive(),
});
export const RaiseAnswer = z
  .object({ caseId: z.string(), repeated: z.boolean() })
  .meta({ id: 'RaiseAnswer' });
