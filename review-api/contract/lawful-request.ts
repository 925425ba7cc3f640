import { z } from 'zod';
import {
  LawfulRequest,
  LawfulState,
  mostRequestedItems,
  Sha256,
} from '../../pipeline/domain/lawful-request.ts';
import { LegalBasis } from '../../pipeline/domain/statute.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { EntryDetailOf, EntryOf, listing, ReceiptOf, reason, seen } from './docket.ts';
import { IdText, PageOf, TypedText } from './fields.ts';

/** One by one, by number; there is no field for a person, a word or a period (R20). */
export const LawfulRequestForm = z
  .strictObject({
    commandId: z.uuid(),
    organ: TypedText(2, 80),
    documentNumber: TypedText(2, 60),
    receivedAt: Instant,
    basis: LegalBasis,
    items: z
      .array(z.strictObject({ kind: z.enum(['post', 'case']), id: IdText }))
      .min(1)
      .max(mostRequestedItems),
    scope: TypedText(4, 500),
    scanSha256: Sha256,
    paperPlace: TypedText(2, 80),
  })
  .meta({ id: 'LawfulRequestForm' });
export type LawfulRequestForm = z.input<typeof LawfulRequestForm>;

export const LawfulRefusal = z.strictObject({ ...seen, reason }).meta({ id: 'LawfulRefusal' });

export const LawfulListQuery = z.strictObject({ state: LawfulState.optional(), ...listing });
export const LawfulEntry = EntryOf(LawfulRequest).meta({ id: 'LawfulEntry' });
export type LawfulEntry = z.infer<typeof LawfulEntry>;
export const LawfulPage = PageOf(LawfulEntry).meta({ id: 'LawfulPage' });
export const LawfulDetail = EntryDetailOf(LawfulRequest).meta({ id: 'LawfulDetail' });
export type LawfulDetail = z.infer<typeof LawfulDetail>;
export const LawfulReceipt = ReceiptOf(LawfulRequest).meta({ id: 'LawfulReceipt' });

/** A page to be printed. It can be fetched for a day after it was made. */
export const LawfulFile = z
  .object({ fileName: z.string(), content: z.string(), sha256: z.string() })
  .meta({ id: 'LawfulFile' });
