import { z } from 'zod';
import { Instant } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

/** Who read which text, when and why: ids and times, never a text. */
export const Reading = z
  .object({
    id: z.string(),
    at: Instant,
    actorId: z.string(),
    /** Null for an account that is gone. */
    actorName: z.string().nullable(),
    caseId: z.string().nullable(),
    postId: z.string(),
    textVersion: z.int().positive(),
    /** Empty when it was erased with its term. */
    purpose: z.string(),
  })
  .meta({ id: 'Reading' });
export type Reading = z.infer<typeof Reading>;

const filter = {
  actorId: IdText.optional(),
  /** Days on a Shanghai calendar, both of them with. */
  fromDay: z.iso.date().optional(),
  untilDay: z.iso.date().optional(),
  purpose: TypedText(1, 60).optional(),
};
const isInOrder = ({ fromDay, untilDay }: { fromDay?: string | undefined; untilDay?: string | undefined }) =>
  fromDay === undefined || untilDay === undefined || fromDay <= untilDay;
const reversed = { path: ['fromDay'], message: '起止日期颠倒' };

export const ReadingQuery = z
  .strictObject({ ...filter, cursor: Cursor.optional(), limit: PageLimit.default(50) })
  .refine(isInOrder, reversed);
export const ReadingExportQuery = z.strictObject(filter).refine(isInOrder, reversed);
export const OwnReadingQuery = z.strictObject({ cursor: Cursor.optional(), limit: PageLimit.default(50) });
export const ReadingPage = PageOf(Reading).meta({ id: 'ReadingPage' });
export type ReadingPage = z.infer<typeof ReadingPage>;

export const ReadingCountQuery = z.strictObject({
  lastDay: z.iso.date().optional(),
  days: z.coerce.number().int().min(1).max(31).default(7),
});
/** By person and day. `conspicuous`: many texts, few actions; nothing follows from it but that the reviewer sees it. */
export const ReadingCounts = z
  .object({
    threshold: z.int(),
    items: z.array(
      z.object({
        day: z.iso.date(),
        actorId: z.string(),
        actorName: z.string().nullable(),
        reads: z.int(),
        texts: z.int(),
        actions: z.int(),
        conspicuous: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ReadingCounts' });
export type ReadingCounts = z.infer<typeof ReadingCounts>;

export const ReadingFile = z.object({ fileName: z.string(), csv: z.string() }).meta({ id: 'ReadingFile' });

/** What walking through all chains of both logs found. */
export const LogVerification = z
  .object({
    at: Instant,
    byName: z.string().nullable(),
    chains: z.int(),
    entries: z.int(),
    /** Not linked yet, and so not covered. */
    unlinkedTail: z.int(),
    breakCount: z.int(),
    /** The first of them. */
    breaks: z.array(
      z.object({
        chain: z.string(),
        seq: z.int().nullable(),
        entryId: z.string().nullable(),
        what: z.string(),
      }),
    ),
  })
  .meta({ id: 'LogVerification' });
export type LogVerification = z.infer<typeof LogVerification>;
export const LastVerification = z
  .object({ last: LogVerification.nullable() })
  .meta({ id: 'LastVerification' });
