import { z } from 'zod';
import { Burst, BurstAnswer, BurstState, DismissReason } from '../../pipeline/domain/burst.ts';
import { ItemFact } from '../../pipeline/domain/item-fact.ts';
import { SchoolCalendar, SchoolPeriod } from '../../pipeline/domain/school-calendar.ts';
import { DayKind } from '../../pipeline/domain/school-period.ts';
import { Cursor, PageLimit, PageOf, TypedText } from './fields.ts';

/** 异常增长: one wave of items on a channel. `topic` null: all matters together. */
export const BurstView = Burst.extend({ channelName: z.string(), mayAnswer: z.boolean() }).meta({
  id: 'Burst',
});
export type BurstView = z.infer<typeof BurstView>;

export const BurstQuery = z.strictObject({
  /** All states unless told. */
  state: BurstState.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});
export const BurstPage = PageOf(BurstView).meta({ id: 'BurstPage' });

/** One hour beside what was to be expected of it. `count` null: not all of it was read. */
const BurstHour = z.object({
  hour: z.string(),
  count: z.int().nullable(),
  expected: z.number(),
  high: z.int(),
  calendar: z.array(DayKind),
});
export const BurstDetail = z
  .object({ burst: BurstView, hours: z.array(BurstHour) })
  .meta({ id: 'BurstDetail' });

export const BurstItemsQuery = z.strictObject({ cursor: Cursor.optional(), limit: PageLimit.default(50) });
/** What it was counted from: text-free; the texts are read where texts are read. */
export const BurstItems = PageOf(ItemFact.omit({ tone: true, accessClass: true })).meta({ id: 'BurstItems' });

export const AnswerBurstRequest = z.strictObject({ answer: BurstAnswer }).meta({ id: 'AnswerBurstRequest' });

export const BurstFiguresQuery = z.strictObject({ fromDay: z.iso.date(), toDay: z.iso.date() });
/** How often the machine was wrong, as people say. */
export const BurstFigures = z
  .object({
    began: z.int(),
    dismissed: z.int(),
    /** Of those that began; null where there were none. */
    dismissedShare: z.number().nullable(),
    /** Told only after their items were gathered late. */
    late: z.int(),
    reasons: z.partialRecord(DismissReason, z.int()),
  })
  .meta({ id: 'BurstFigures' });

/** 校历. */
export const CalendarView = z
  .object({ version: z.int().nonnegative(), calendar: SchoolCalendar, mayEdit: z.boolean() })
  .meta({ id: 'CalendarView' });
export type CalendarView = z.infer<typeof CalendarView>;

/** The whole calendar anew, by whoever saw this version of it. */
export const SaveCalendarRequest = z
  .strictObject({ calendar: SchoolCalendar, seenVersion: z.int().nonnegative() })
  .meta({ id: 'SaveCalendarRequest' });

export const CalendarFileQuery = z.strictObject({
  fileName: TypedText(1, 200).meta({ description: 'As it is called on the sender’s disk' }),
});

/** What a file would make of the calendar. `next` is what is saved, with `version` as the version seen. */
export const CalendarPreview = z
  .object({
    version: z.int().nonnegative(),
    periods: z.array(
      z.object({
        ...{ place: z.string(), ...SchoolPeriod.shape },
        change: z.enum(['new', 'changed', 'same']),
        before: z.object({ from: z.string(), to: z.string() }).nullable(),
        /** The words of the name that the kind was read from. */
        guessedFrom: z.string().nullable(),
      }),
    ),
    ignored: z.array(z.object({ place: z.string(), name: z.string(), reason: z.string() })),
    problems: z.array(z.object({ place: z.string(), field: z.string(), message: z.string() })),
    next: z.array(SchoolPeriod),
  })
  .meta({ id: 'CalendarPreview' });
