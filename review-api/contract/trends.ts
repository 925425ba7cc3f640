import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { CaseState, DecisionKind, ReasonCode } from '../../pipeline/domain/case.ts';
import { Category } from '../../pipeline/domain/category.ts';
import { HandoverState, Urgency } from '../../pipeline/domain/handover.ts';
import { FactLevel, FactService, ItemKind, Speaker } from '../../pipeline/domain/item-fact.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { TrendDimension, TrendGrain } from '../../pipeline/domain/trend.ts';
import { EvidenceAbout, EvidenceMoment } from '../../pipeline/domain/trend-evidence.ts';
import { Cursor, PageLimit } from './fields.ts';
import { Count, Counted, CoverView, EvidenceText, Named, standing } from './trends-cover.ts';
import { AnyOf, days, itemQuestion, narrowing } from './trends-filter.ts';

/** As a file. */
const inFile = { format: z.enum(['csv', 'xlsx']) };
const Split = z.enum(['none', ...TrendDimension.options]).default('none');
const Share = z.number().min(0).max(1);
const Day = z.iso.date();

/** A value of a dimension; `name` of a channel or a unit, null for a code. `-`: of no unit, or without a service. */
const ValueName = z.object({ value: z.string(), name: z.string().nullable() });

export const SeriesQuery = z.strictObject({
  ...itemQuestion,
  grain: TrendGrain.default('day'),
  split: Split,
});
export const SeriesFileQuery = z.strictObject({ ...SeriesQuery.shape, ...inFile });

const SeriesPointView = z
  .object({
    /** `2026-03-05T14`, `2026-03-05`, the Monday of a week, `2026-03`. */
    at: z.string(),
    fromDay: Day,
    toDay: Day,
    /** Null where no crawled channel was read in any of the time: unknown, and not zero. */
    count: Count.nullable(),
    /** Of the items of the same channels, units and kinds at this point. */
    share: Share.nullable(),
    /** Null for hours, and where the point is not complete. */
    perDay: z.number().nullable(),
    cover: CoverView,
    /** By the split; a value that is not here is zero. An item with two categories counts for both. */
    values: z.array(z.object({ value: z.string(), count: Count, share: Share, evidence: EvidenceText })),
    evidence: EvidenceText,
  })
  .meta({ id: 'TrendPoint' });

export const SeriesView = z
  .object({ values: z.array(ValueName), points: z.array(SeriesPointView), ...standing })
  .meta({ id: 'TrendSeries' });

export const CompareQuery = z.strictObject({
  ...itemQuestion,
  against: z.enum(['previous', 'last-year', 'other']).default('previous'),
  /** With `other`: where the period of the same length begins. */
  againstFromDay: Day.optional(),
  split: Split,
});
export const CompareFileQuery = z.strictObject({ ...CompareQuery.shape, ...inFile });

const SideView = z.object({ ...Counted.shape, perDay: z.number().nullable() });
const PeriodView = z.object({ fromDay: Day, toDay: Day, cover: CoverView });

/** `chance`: that two counts lie so far apart, or further, if nothing has changed. `unclear`: it may well be chance. */
const ChangeView = z
  .object({
    difference: z.int(),
    ratio: z.number().nullable(),
    chance: Share,
    direction: z.enum(['more', 'fewer', 'unclear']),
  })
  .meta({ id: 'TrendChange' });

const ComparedLineView = z.object({
  now: SideView,
  before: SideView,
  change: ChangeView.nullable(),
  /** Why nothing is said of a change; null where something is. */
  reason: z.enum(['not-observed', 'gap', 'unfinished', 'too-few']).nullable(),
});

export const CompareView = z
  .object({
    now: PeriodView,
    before: PeriodView,
    /** How much more days differ than single items would make them; counts are weighed by it. Null for too few days. */
    spread: z.number().nullable(),
    total: ComparedLineView,
    lines: z.array(z.object({ ...ValueName.shape, ...ComparedLineView.shape })),
    ...standing,
  })
  .meta({ id: 'TrendCompare' });

export const HoursQuery = z.strictObject(itemQuestion);
export const HoursFileQuery = z.strictObject({ ...itemQuestion, ...inFile });

export const HoursView = z
  .object({
    /** 168 of them, from Monday 00 to Sunday 23. */
    hours: z.array(
      z.object({
        /** 1 for Monday. */
        weekday: z.int().min(1).max(7),
        hour: z.int().min(0).max(23),
        count: Count,
        /** Such hours of the period that were read in full; the mean is of their items alone. */
        observedHours: Count,
        mean: z.number().nullable(),
        evidence: EvidenceText,
      }),
    ),
    cover: CoverView,
    ...standing,
  })
  .meta({ id: 'TrendHours' });

export const TableQuery = z.strictObject({ ...itemQuestion, rows: TrendDimension, columns: TrendDimension });
export const TableFileQuery = z.strictObject({ ...TableQuery.shape, ...inFile });

const Margin = z.object({ ...ValueName.shape, ...Counted.shape });

export const TableView = z
  .object({
    /** In the order of their values, never of their counts. */
    rows: z.array(Margin),
    columns: z.array(Margin),
    /** Those that are not zero. */
    cells: z.array(z.object({ row: z.string(), column: z.string(), ...Counted.shape })),
    total: Counted,
    cover: CoverView,
    ...standing,
  })
  .meta({ id: 'TrendTable' });

export const ResponsesQuery = z.strictObject({ ...days, units: narrowing.units });
export const ResponsesFileQuery = z.strictObject({ ...ResponsesQuery.shape, ...inFile });

/** `count` of them were measured; null below three. */
const DurationsView = z.object({
  count: Count,
  medianMinutes: z.number().nullable(),
  p90Minutes: z.number().nullable(),
});

const responseFigures = {
  sent: Counted,
  received: Counted,
  toReceipt: DurationsView,
  answered: Counted,
  answeredLate: Counted,
  toAnswer: DurationsView,
  openNow: Counted,
  overdueNow: Counted,
  opened: Counted,
  decided: Counted,
  decidedShare: z.number().nullable(),
  toDecision: DurationsView,
};
const ResponseLineView = z.object({ ...ValueName.shape, ...responseFigures }).meta({ id: 'ResponseLine' });

export const ResponsesView = z
  .object({
    total: z.object(responseFigures),
    byUnit: z.array(ResponseLineView),
    /** Null for whoever sees single units only. */
    byTopic: z.array(ResponseLineView).nullable(),
    cover: CoverView,
    ...standing,
  })
  .meta({ id: 'TrendResponses' });

const HourOfDay = z
  .string()
  .regex(/^(?:1?\d|2[0-3])$/, '小时是 0 到 23')
  .transform(Number);
const Weekday = z
  .string()
  .regex(/^[1-7]$/, '星期是 1 到 7')
  .transform(Number);

const evidenceFields = {
  about: EvidenceAbout.default('items'),
  ...days,
  /** Of items. */
  speaker: Speaker.optional(),
  ...narrowing,
  hours: AnyOf(HourOfDay),
  weekdays: AnyOf(Weekday),
  /** Of cases and slips: by which of their instants they fall into the days. */
  moment: EvidenceMoment.optional(),
  /** Of slips: answered late, or overdue now. */
  late: z
    .literal('yes')
    .transform(() => true as const)
    .optional(),
};
export const EvidenceRequest = z.strictObject({
  ...evidenceFields,
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});
export const EvidenceFileQuery = z.strictObject({ ...evidenceFields, ...inFile });

/** No texts: opening one is a read of its own, and logged. */
const about = {
  channel: Named,
  accessClass: AccessClass,
  unit: Named.nullable(),
  service: FactService.nullable(),
};

const ItemEvidenceView = z.object({
  about: z.literal('items'),
  postId: z.string(),
  /** On a Shanghai clock, as `2026-03-05T14`. */
  hour: z.string(),
  kind: ItemKind,
  level: FactLevel,
  categories: z.array(Category),
  ...about,
  /** Its newest case, where the person may open that. */
  caseId: z.string().nullable(),
});
const CaseEvidenceView = z.object({
  about: z.literal('cases'),
  caseId: z.string(),
  openedAt: Instant,
  decidedAt: Instant.nullable(),
  decision: DecisionKind.nullable(),
  reason: ReasonCode.nullable(),
  state: CaseState,
  level: FactLevel,
  categories: z.array(Category),
  posts: z.int().positive(),
  ...about,
  mayOpen: z.boolean(),
});
const HandoverEvidenceView = z.object({
  about: z.literal('handovers'),
  handoverId: z.string(),
  number: z.string(),
  caseId: z.string().nullable(),
  state: HandoverState,
  urgency: Urgency,
  sentAt: Instant,
  receivedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  dueAt: Instant,
  ...about,
  mayOpen: z.boolean(),
});

/** A page may hold fewer than were asked for: only `nextCursor: null` is the end. */
export const EvidencePage = z
  .object({
    items: z.array(z.discriminatedUnion('about', [ItemEvidenceView, CaseEvidenceView, HandoverEvidenceView])),
    nextCursor: z.string().nullable(),
    behind: standing.behind,
  })
  .meta({ id: 'TrendEvidence' });
export type EvidencePage = z.infer<typeof EvidencePage>;
export type EvidenceView = EvidencePage['items'][number];
