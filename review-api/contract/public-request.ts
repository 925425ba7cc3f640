import { z } from 'zod';
import {
  PublicOutcome,
  PublicRequest,
  PublicState,
  PublicWish,
} from '../../pipeline/domain/public-request.ts';
import { RemovalPlatform } from '../../pipeline/domain/removal.ts';
import { EntryDetailOf, EntryOf, listing, ReceiptOf, seen } from './docket.ts';
import { IdText, PageOf, TypedText } from './fields.ts';

/** What the public form asks, and what is entered by hand; there is no field for a name. */
export const publicFields = {
  wish: PublicWish,
  platform: RemovalPlatform,
  statement: TypedText(5, 2000),
  quote: TypedText(0, 500).nullable().default(null),
  link: TypedText(0, 1000).nullable().default(null),
  contact: TypedText(0, 100).nullable().default(null),
};

export const PublicRequestForm = z
  .strictObject({
    commandId: z.uuid(),
    door: z.enum(['phone', 'letter', 'e-mail', 'visit']),
    ...publicFields,
  })
  .meta({ id: 'PublicRequestForm' });
export type PublicRequestForm = z.input<typeof PublicRequestForm>;

/** The code's digest stays inside. */
const PublicFacts = PublicRequest.omit({ codeDigest: true });

export const PublicListQuery = z.strictObject({ state: PublicState.optional(), ...listing });
export const PublicEntry = EntryOf(PublicFacts).meta({ id: 'PublicEntry' });
export type PublicEntry = z.infer<typeof PublicEntry>;
export const PublicPage = PageOf(PublicEntry).meta({ id: 'PublicPage' });
export const PublicDetail = EntryDetailOf(PublicFacts).meta({ id: 'PublicDetail' });
export type PublicDetail = z.infer<typeof PublicDetail>;
export const PublicReceipt = ReceiptOf(PublicFacts).meta({ id: 'PublicReceipt' });
/** With the code that is read out to whoever asked, once. */
export const PublicOpened = ReceiptOf(PublicFacts).extend({ code: z.string() }).meta({ id: 'PublicOpened' });

const mostMatches = 20;
export const PublicMatch = z
  .strictObject({ ...seen, postIds: z.array(IdText).min(1).max(mostMatches) })
  .meta({ id: 'PublicMatch' });
/** The number of the account, as the platform's public page shows it now: it goes into a keyed digest and nowhere else. */
export const PublicListing = z
  .strictObject({ ...seen, account: TypedText(1, 80) })
  .meta({ id: 'PublicListing' });
/** `leadId`: chosen once, as every id of a command. */
export const PublicCorrection = z
  .strictObject({
    ...seen,
    leadId: z.uuid(),
    text: TypedText(10, 500),
    link: TypedText(0, 1000).nullable().default(null),
  })
  .meta({ id: 'PublicCorrection' });
export const PublicAnswer = z
  .strictObject({ ...seen, outcome: PublicOutcome, answer: TypedText(10, 2000) })
  .meta({ id: 'PublicAnswer' });
export const PublicContact = z.object({ contact: z.string() }).meta({ id: 'PublicContact' });
