import { z } from 'zod';
import { ServiceTopic } from '../../pipeline/domain/category.ts';
import { ChannelKind } from '../../pipeline/domain/channel.ts';
import {
  longestBody,
  longestShortBody,
  StockAnswerKind,
  StockAnswerState,
  StockVersion,
} from '../../pipeline/domain/stock-answer.ts';
import { AnswerRuling, AnswerStep } from '../../pipeline/domain/stock-answer-change.ts';
import { IdText, TypedText } from './fields.ts';

export const AnswerListQuery = z.strictObject({
  kind: StockAnswerKind.optional(),
  topic: ServiceTopic.optional(),
  unitId: IdText.optional(),
  state: StockAnswerState.optional(),
  standing: z.enum(['valid', 'expired', 'attention']).optional(),
  q: TypedText(1, 60).optional(),
});
export type AnswerListQuery = z.input<typeof AnswerListQuery>;

export const AnswerHint = z.enum(['mobile', 'identity-number', 'mention', 'placeholder']);
export type AnswerHint = z.infer<typeof AnswerHint>;

const Standing = z.object({
  /** `none`: nothing approved; `coming`: approved, its first day lies ahead. */
  validity: z.enum(['none', 'coming', 'valid', 'expired']),
  /** To be renewed: within 7 or 30 days of its end, or past it. */
  renewal: z.union([z.literal(7), z.literal(30), z.literal('expired')]).nullable(),
  daysLeft: z.int().nullable(),
  /** Whether the numbers of a help text were called within the month. */
  check: z.enum(['not-needed', 'fresh', 'overdue']),
});

export const AnswerSummary = z
  .object({
    id: z.string(),
    revision: z.int().positive(),
    kind: StockAnswerKind,
    unit: z.object({ id: z.string(), name: z.string() }),
    /** Of the newest version. */
    title: z.string(),
    state: StockAnswerState,
    version: z.int().positive(),
    topics: z.array(ServiceTopic),
    validFrom: z.iso.date(),
    validUntil: z.iso.date(),
    standing: Standing,
    checkedOn: z.iso.date().nullable(),
    /** Replies drafted from it; of help, what was let out: null for all but those on duty. */
    uses: z.int().nonnegative().nullable(),
  })
  .meta({ id: 'AnswerSummary' });
export type AnswerSummary = z.infer<typeof AnswerSummary>;

export const AnswerList = z
  .object({
    items: z.array(AnswerSummary),
    /** For which this person may see and write answers. */
    units: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'AnswerList' });
export type AnswerList = z.infer<typeof AnswerList>;

export const AnswerVersionView = StockVersion.omit({ writtenBy: true, approvedBy: true, retiredBy: true })
  .extend({
    writtenByNames: z.array(z.string()),
    approvedByName: z.string().nullable(),
    retiredByName: z.string().nullable(),
    /** What may point to a private person, or is still to be filled in. */
    hints: z.array(AnswerHint),
  })
  .meta({ id: 'AnswerVersionView' });
export type AnswerVersionView = z.infer<typeof AnswerVersionView>;

export const AnswerDetail = AnswerSummary.extend({
  checkedByName: z.string().nullable(),
  /** The version that replies are drafted from today; null for none. */
  liveVersion: z.int().positive().nullable(),
  /** Newest first. */
  versions: z.array(AnswerVersionView),
  /** What this person may do with it now. */
  may: z.object({
    write: z.boolean(),
    steps: z.array(AnswerStep),
    rulings: z.array(AnswerRuling),
  }),
}).meta({ id: 'AnswerDetail' });
export type AnswerDetail = z.infer<typeof AnswerDetail>;

const Link = TypedText(0, 1000)
  .refine((text) => text === '' || /^https?:\/\/\S+$/.test(text), '链接应以 http:// 或 https:// 开头')
  .nullable()
  .default(null);

/** `id` null for a new one; else `revision` is the one seen. A change of an approved one is a new version. */
export const AnswerRequest = z
  .strictObject({
    commandId: z.uuid(),
    id: IdText.nullable().default(null),
    revision: z.int().positive().nullable().default(null),
    kind: StockAnswerKind,
    unitId: IdText,
    title: TypedText(2, 80),
    words: z.array(TypedText(2, 20)).max(20).default([]),
    topics: z.array(ServiceTopic).max(11).default([]),
    channelKinds: z.array(ChannelKind).default([]),
    body: TypedText(5, longestBody),
    shortBody: TypedText(0, longestShortBody).nullable().default(null),
    source: z.strictObject({ document: TypedText(1, 120), date: z.iso.date(), link: Link }),
    validFrom: z.iso.date(),
    validUntil: z.iso.date(),
  })
  .meta({ id: 'AnswerRequest' });
export type AnswerRequest = z.input<typeof AnswerRequest>;

const seen = { commandId: z.uuid(), revision: z.int().positive() };

/** `check`: the numbers were called today. */
export const AnswerStepRequest = z
  .strictObject({ ...seen, step: AnswerStep })
  .meta({ id: 'AnswerStepRequest' });

/** `reason` is needed to send back and to retire. */
export const AnswerRulingRequest = z
  .strictObject({ ...seen, ruling: AnswerRuling, reason: TypedText(0, 200).nullable().default(null) })
  .meta({ id: 'AnswerRulingRequest' });

export const AnswerExport = z.object({ fileName: z.string(), csv: z.string() }).meta({ id: 'AnswerExport' });
