import { z } from 'zod';
import { CaseState } from '../../pipeline/domain/case.ts';
import { LeadSource } from '../../pipeline/domain/lead.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

const summaryLength = 2000;

/** Of a lead, without its text: what stays when that has expired. */
export const LeadFacts = z.object({
  id: z.string(),
  source: LeadSource,
  documentNumber: z.string().nullable(),
  /** By when the superior wants an answer. */
  deadline: Instant.nullable(),
  receivedAt: Instant,
  /** Whoever changes it names the one they saw. */
  revision: z.int().positive(),
  withdrawnAt: Instant.nullable(),
});
export type LeadFacts = z.infer<typeof LeadFacts>;

const facts = {
  source: LeadSource,
  documentNumber: TypedText(0, 60).nullable().default(null),
  deadline: Instant.nullable().default(null),
  receivedAt: Instant,
  /** Public, http or https; kept as it is and never fetched. Not the page of a person. */
  link: TypedText(0, 1000).nullable().default(null),
};
const reason = TypedText(2, 200);

/** One at a time. There is no field for who said it; `commandId` is chosen once per intention. */
export const LeadRequest = z
  .strictObject({ commandId: z.uuid(), ...facts, summary: TypedText(5, summaryLength) })
  .meta({ id: 'LeadRequest' });
export type LeadRequest = z.input<typeof LeadRequest>;

/** Without `summary` the text stays as it is. */
export const LeadChangeRequest = z
  .strictObject({
    ...{ commandId: z.uuid(), revision: z.int().positive(), reason, ...facts },
    summary: TypedText(5, summaryLength).nullable().default(null),
  })
  .meta({ id: 'LeadChangeRequest' });
export type LeadChangeRequest = z.input<typeof LeadChangeRequest>;

export const LeadWithdrawalRequest = z
  .strictObject({ commandId: z.uuid(), revision: z.int().positive(), reason })
  .meta({ id: 'LeadWithdrawalRequest' });
export type LeadWithdrawalRequest = z.input<typeof LeadWithdrawalRequest>;

export const LeadView = LeadFacts.extend({
  registeredAt: Instant,
  /** Null for an account that is gone. */
  registeredByName: z.string().nullable(),
  /** Null until it is judged, which takes seconds. */
  case: z.object({ id: IdText, state: CaseState }).nullable(),
}).meta({ id: 'LeadView' });
export type LeadView = z.infer<typeof LeadView>;

export const LeadReceipt = z
  .object({
    lead: LeadFacts,
    repeated: z.boolean(),
    /** Names of people on platforms stood in the summary and were masked. */
    masked: z.boolean(),
    /** Earlier ones of the same number: perhaps it was registered already. */
    sameNumber: z.array(LeadView),
  })
  .meta({ id: 'LeadReceipt' });
export type LeadReceipt = z.infer<typeof LeadReceipt>;

export const LeadAnswer = z.object({ lead: LeadFacts, repeated: z.boolean() }).meta({ id: 'LeadAnswer' });

/** With `documentNumber` only those of that number, however it is written. */
export const LeadListQuery = z.strictObject({
  documentNumber: TypedText(1, 60).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(20),
});
export const LeadPage = PageOf(LeadView).meta({ id: 'LeadPage' });
export type LeadPage = z.infer<typeof LeadPage>;

export const LeadCountQuery = z.strictObject({ year: z.coerce.number().int().min(2000).max(2200) });

/** Leads registered in a year on a Shanghai calendar, by source. */
export const LeadCounts = z
  .object({
    year: z.int(),
    items: z.array(
      z.object({
        source: LeadSource,
        registered: z.int().nonnegative(),
        withdrawn: z.int().nonnegative(),
      }),
    ),
  })
  .meta({ id: 'LeadCounts' });
export type LeadCounts = z.infer<typeof LeadCounts>;
